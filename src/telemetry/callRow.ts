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
	/** null while the call is open */
	success: 0 | 1 | null;
	errorClass: string | null;
	argsHash: string | null;
	source: CallSource;
}

/** Class of a call that was open when its session ended: the end of the session gave it, no result. */
export const INTERRUPTED = "interrupted";

/** A call that has no result of its own, whether or not its session's end has closed it meanwhile. */
export function isUnanswered(row: CallRow): boolean {
	return row.success === null || (row.errorClass === INTERRUPTED && row.durationMs === null);
}

/**
 * Brings together what two lines or two sources say of one call. The same whichever comes first,
 * and the same again when one of them is repeated.
 */
export function mergeCalls(a: CallRow, b: CallRow): CallRow {
	const answered = pickAnswer(a, b);
	return {
		id: a.id,
		ts: Math.min(a.ts, b.ts),
		session: known(a.session, b.session, (id) => id === UNNAMED_SESSION) ?? UNNAMED_SESSION,
		agent: known(a.agent, b.agent, (id) => id.startsWith("toolu_")),
		functionId: moreSpecific(a.functionId, b.functionId),
		tool: a.tool === "unknown" ? b.tool : a.tool,
		durationMs: answered.durationMs,
		success: answered.success,
		errorClass: answered.errorClass,
		argsHash: a.argsHash ?? b.argsHash,
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
		a.success === b.success &&
		a.errorClass === b.errorClass &&
		a.argsHash === b.argsHash &&
		a.source === b.source
	);
}

/** A result beats none, a failure beats a success, and the longer duration beats the shorter. */
function pickAnswer(a: CallRow, b: CallRow): CallRow {
	if (isUnanswered(a) !== isUnanswered(b)) return isUnanswered(a) ? b : a;
	if (a.success !== b.success) return (a.success ?? 2) < (b.success ?? 2) ? a : b;
	if ((a.errorClass ?? "") !== (b.errorClass ?? "")) {
		return (a.errorClass ?? "") > (b.errorClass ?? "") ? a : b;
	}
	return (a.durationMs ?? -1) >= (b.durationMs ?? -1) ? a : b;
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
