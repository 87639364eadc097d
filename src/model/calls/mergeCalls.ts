import type { Origin } from "../events/events.ts";

/** Class of a call that was open when its session ended: the end of the session gave it, no result. */
export const INTERRUPTED = "interrupted";

/** Whether a call failed: one that was cut off with its session or agent did not. */
export function isFailure({ success, errorClass }: Answer): boolean {
	return (success === false || success === 0) && errorClass !== INTERRUPTED;
}

/** Class of a call that the user did not allow. */
export const DENIED = "denied";

/** Tool of a result whose call nobody told of. */
export const UNTOLD_TOOL = "unknown";

/** Class of a failure of which no more is known. */
const UNKNOWN = "unknown";
/** Classes of which no more is known than what kind of call failed, or that it could not be made. */
const VAGUE: ReadonlySet<string | null> = new Set([
	"command_failed",
	"mcp_error",
	"tool_use_error",
]);

/** What a call came to, as one line says. */
interface Answer {
	/** null or absent while the call is open; numbers are a database's booleans */
	readonly success: boolean | 0 | 1 | null;
	/** Short stable word of a failure; null or empty on success. */
	readonly errorClass: string | null;
}

/** How long a call took, ms, and who measured it. */
export interface Timing {
	readonly durationMs: number | null;
	readonly durationFrom?: Origin | null;
}

/**
 * Of two answers the one to believe, the same whichever comes first. A result beats the end of the
 * session, which beats none; a failure beats a success. That the user denied a call beats all: only
 * the transcript knows, and for a hook it has just not ended. Words decide among answers of one rank.
 */
export function betterAnswer<T extends Answer>(a: T, b: T): T {
	const [rankA, rankB] = [answerRank(a), answerRank(b)];
	if (rankA !== rankB) return rankA > rankB ? a : b;
	return (a.errorClass ?? "") >= (b.errorClass ?? "") ? a : b;
}

function answerRank({ success, errorClass }: Answer): number {
	if (success === null) return 0;
	if (errorClass === INTERRUPTED) return 1;
	if (success) return 2;
	if (errorClass === DENIED) return 6;
	if (errorClass === UNKNOWN) return 3;
	return VAGUE.has(errorClass) ? 4 : 5;
}

/**
 * The client measures for its hooks; a transcript's is the difference of two times, with all that lay
 * between them. Of two of one source the longer one.
 */
export function betterTiming<T extends Timing>(a: T, b: T): T {
	const [rankA, rankB] = [timingRank(a), timingRank(b)];
	if (rankA !== rankB) return rankA > rankB ? a : b;
	return (a.durationMs ?? -1) >= (b.durationMs ?? -1) ? a : b;
}

function timingRank({ durationMs, durationFrom }: Timing): number {
	if (durationMs === null) return 0;
	return durationFrom === "hook" ? 2 : 1;
}
