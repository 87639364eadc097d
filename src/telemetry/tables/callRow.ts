import { betterAnswer, betterTiming } from "../../model/calls/mergeCalls.ts";
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
	client: string;
	/** Of the lines that told of it. Version 1 knows agents by their launching calls, and not for sure. */
	v: 1 | 2;
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

/**
 * Brings together what two lines or two sources say of one call. The same whichever comes first,
 * and the same again when one of them is repeated: each part is the greatest of what was said, in
 * an order of its own.
 */
export function mergeCalls(a: CallRow, b: CallRow): CallRow {
	const answered = betterAnswer(a, b);
	const timed = betterTiming(a, b);
	return {
		id: a.id,
		ts: Math.min(a.ts, b.ts),
		session: known(a.session, b.session, (id) => id === UNNAMED_SESSION) ?? UNNAMED_SESSION,
		client: a.client >= b.client ? a.client : b.client,
		v: a.v >= b.v ? a.v : b.v,
		agent: a.v === b.v ? known(a.agent, b.agent, () => false) : a.v > b.v ? a.agent : b.agent,
		functionId: betterName(a, b),
		tool: known(a.tool, b.tool, (tool) => tool === "unknown") ?? "unknown",
		durationMs: timed.durationMs,
		durationFrom: timed.durationFrom ?? null,
		success: answered.success,
		errorClass: answered.errorClass,
		argsHash: known(a.argsHash, b.argsHash, () => false),
		source: a.source === b.source ? a.source : "both",
	};
}

/**
 * Who knows the arguments names the call by all of them; a hook names a shell call by the first word
 * of its command.
 */
function betterName(a: CallRow, b: CallRow): string {
	if ((a.argsHash === null) === (b.argsHash === null)) {
		return moreSpecific(a.functionId, b.functionId);
	}
	return a.argsHash === null ? b.functionId : a.functionId;
}

export function isSameCall(a: CallRow, b: CallRow): boolean {
	return (
		a.ts === b.ts &&
		a.session === b.session &&
		a.client === b.client &&
		a.v === b.v &&
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
