import type { Origin } from "../../model/events/events.ts";
import { moreSpecific } from "./functionId.ts";

/** Session of v1 lines that name none. */
export const UNNAMED_SESSION = "main";

export type CallSource = "hook" | "transcript" | "both";

/** One row of `calls`, as far as it is known. */
export interface CallRow {
	readonly id: string;
	/** ms since the epoch */
	ts: number;
	session: string;
	/** Acting agent; null for the orchestrator. */
	agent: string | null;
	functionId: string;
	tool: string;
	durationMs: number | null;
	/** Who measured the duration; absent where nobody did, or it is an agent's. */
	durationFrom?: Origin | null;
	/** null while the call is open */
	success: 0 | 1 | null;
	errorClass: string | null;
	argsHash: string | null;
	source: CallSource;
}

/** Class of a call that was open when its session ended: the end of the session gave it, no result. */
export const INTERRUPTED = "interrupted";

/** Class of a call that the user did not allow. */
const DENIED = "denied";

/**
 * Brings together what two lines or two sources say of one call. The same whichever comes first,
 * and the same again when one of them is repeated: each part is the greatest of what was said, in
 * an order of its own.
 */
export function mergeCalls(a: CallRow, b: CallRow): CallRow {
	const answered = pickAnswer(a, b);
	const timed = pickDuration(a, b);
	return {
		id: a.id,
		ts: Math.min(a.ts, b.ts),
		session: known(a.session, b.session, (id) => id === UNNAMED_SESSION) ?? UNNAMED_SESSION,
		agent: known(a.agent, b.agent, (id) => id.startsWith("toolu_")),
		functionId: moreSpecific(a.functionId, b.functionId),
		tool: known(a.tool, b.tool, (tool) => tool === "unknown") ?? "unknown",
		durationMs: timed.durationMs,
		durationFrom: timed.durationFrom ?? null,
		success: answered.success,
		errorClass: answered.errorClass,
		argsHash: known(a.argsHash, b.argsHash, () => false),
		source: a.source === b.source ? a.source : "both",
	};
}

export function isSameCall(a: CallRow, b: CallRow): boolean {
	return (
		a.ts === b.ts &&
		a.session === b.session &&
		a.agent === b.agent &&
		a.functionId === b.functionId &&
		a.tool === b.tool &&
		a.durationMs === b.durationMs &&
		(a.durationFrom ?? null) === (b.durationFrom ?? null) &&
		a.success === b.success &&
		a.errorClass === b.errorClass &&
		a.argsHash === b.argsHash &&
		a.source === b.source
	);
}

/** The rows' own order decides among answers of one rank. */
function pickAnswer(a: CallRow, b: CallRow): CallRow {
	const [rankA, rankB] = [answerRank(a), answerRank(b)];
	if (rankA !== rankB) return rankA > rankB ? a : b;
	return (a.errorClass ?? "") >= (b.errorClass ?? "") ? a : b;
}

/**
 * A result beats the end of the session, which beats none; a failure beats a success. That the user
 * denied a call beats all: only the transcript knows, and for a hook it has just not ended.
 */
function answerRank({ success, errorClass }: CallRow): number {
	if (success === null) return 0;
	if (errorClass === INTERRUPTED) return 1;
	if (success === 1) return 2;
	return errorClass === DENIED ? 4 : 3;
}

/**
 * The client measures for its hooks; the transcript's is the difference of two times, with all that
 * lay between them. Of two of one source the longer one.
 */
function pickDuration(a: CallRow, b: CallRow): CallRow {
	const [rankA, rankB] = [durationRank(a), durationRank(b)];
	if (rankA !== rankB) return rankA > rankB ? a : b;
	return (a.durationMs ?? -1) >= (b.durationMs ?? -1) ? a : b;
}

function durationRank({ durationMs, durationFrom }: CallRow): number {
	if (durationMs === null) return 0;
	return durationFrom === "hook" ? 2 : 1;
}

/**
 * Of two ids the one that says more: v1 lines name an agent by the call that launched it, and no
 * session at all.
 */
function known(
	a: string | null,
	b: string | null,
	isVague: (id: string) => boolean,
): string | null {
	if (a === null || b === null) return a ?? b;
	if (isVague(a) !== isVague(b)) return isVague(a) ? b : a;
	return a >= b ? a : b;
}
