/** What upkeep of the database consists of; each part says in a few words what it did. */
export interface MaintenanceTasks {
	/** Reads logs and transcripts to their present end; absent where that happens by itself. */
	readonly ingest?: (signal: AbortSignal) => Promise<string>;
	/** Indexes the functions of the source code; absent where there is none to index. */
	readonly snapshot?: (signal: AbortSignal) => Promise<string>;
	/** Searches for sequences and renews the proposals. */
	readonly sequences: (signal: AbortSignal) => Promise<string>;
}

/**
 * One part after the other, as each builds on the one before it.
 *
 * @returns what they did, in their order; ends early when cancelled
 * @throws what the first part throws that fails
 */
export async function runMaintenance(
	{ ingest, snapshot, sequences }: MaintenanceTasks,
	signal: AbortSignal,
): Promise<string[]> {
	const done: string[] = [];
	for (const task of [ingest, snapshot, sequences]) {
		if (signal.aborted) break;
		if (task !== undefined) done.push(await task(signal));
	}
	return done;
}
