/** What is said of a sequence, however its functions are named. */
export interface SequenceMeasures {
	readonly occurrences: number;
	readonly sessions: number;
	/** 0 to 1: occurrences without a failed call, of those whose end is known; null without any. */
	readonly successRate: number | null;
	/** ms that the calls of an occurrence take together; null where never all are known. */
	readonly meanDurationMs: number | null;
	/** How much more often than by chance: see `detectSequences`. */
	readonly lift: number;
	/** ms since the epoch: first call of the earliest, last call of the latest occurrence. */
	readonly firstTs: number;
	readonly lastTs: number;
}
