import {
	betterAnswer,
	betterTiming,
	INTERRUPTED,
	UNTOLD_TOOL,
} from "../../model/calls/mergeCalls.ts";
import type { Origin } from "../../model/events/events.ts";
import { moreSpecific } from "./functionId.ts";
import { column, greatest, type RowOf, RowTable } from "./rowTable.ts";

/** Condition on a row of calls: it failed. One that was cut off with its session or agent did not. */
export const FAILED = `success = 0 AND error_class IS NOT '${INTERRUPTED}'`;

/** Session of v1 lines that name none. */
export const UNNAMED_SESSION = "main";

export type CallSource = "hook" | "transcript" | "both";

/** Calls, as far as they are known. */
export const CALLS = new RowTable("calls", 1, {
	id: column<string>("tool_use_id"),
	/** ms since the epoch */
	ts: column<number>("ts"),
	session: column<string>("session_id"),
	client: column<string>("client"),
	/** Of the lines that told of it. Version 1 knows agents by their launching calls, and not for sure. */
	v: column<1 | 2>("v"),
	/** Acting agent; null for the orchestrator. */
	agent: column<string | null>("agent_id"),
	functionId: column<string>("function_id"),
	tool: column<string>("tool_used"),
	/** As the client calls it; null where that is the same. */
	rawTool: column<string | null>("raw_tool"),
	durationMs: column<number | null>("duration_ms"),
	/** Who measured the duration; null where nobody did, or it is an agent's. */
	durationFrom: column<Origin | null>("duration_from"),
	/** null while the call is open */
	success: column<0 | 1 | null>("success"),
	errorClass: column<string | null>("error_class"),
	argsHash: column<string | null>("args_hash"),
	source: column<CallSource>("source"),
	/**
	 * Its session ended before its result: `open` where none was told, `answered` where one was that came
	 * later. The duration is that until then.
	 */
	cutOff: column<"open" | "answered" | null>("cut_off"),
});
export type CallRow = RowOf<typeof CALLS>;

/**
 * Brings together what two lines or two sources say of one call. The same whichever comes first,
 * and the same again when one of them is repeated: each part is the greatest of what was said, in
 * an order of its own.
 */
export function mergeCalls(a: CallRow, b: CallRow): CallRow {
	const launch = launchIn(a, b) ?? launchIn(b, a);
	if (launch !== null) return launch;
	const { success, errorClass } = betterAnswer(a, b);
	const { durationMs, durationFrom, cutOff } = timingOf(asTold(a), asTold(b));
	return {
		id: a.id,
		ts: Math.min(a.ts, b.ts),
		session: moreThan(UNNAMED_SESSION, a.session, b.session),
		client: greatest(a.client, b.client),
		v: greatest(a.v, b.v),
		agent: a.v === b.v ? surerAgent(a, b) : (a.v > b.v ? a : b).agent,
		functionId: betterName(a, b),
		tool: moreThan(UNTOLD_TOOL, a.tool, b.tool),
		rawTool: greatest(a.rawTool, b.rawTool),
		durationMs,
		durationFrom,
		success,
		errorClass,
		argsHash: greatest(a.argsHash, b.argsHash),
		source: a.source === b.source ? a.source : "both",
		cutOff,
	};
}

/** What a launch came to its agent says, and no result whose call nobody told of. */
function launchIn(a: CallRow, b: CallRow): CallRow | null {
	return a.tool === "Agent" && b.tool === UNTOLD_TOOL ? a : null;
}

interface ToldAgent {
	readonly agent: string | null;
	/** null where only a link told of it. */
	readonly source: CallSource | null;
}

/** Of two agents the one that a transcript names: what is received may know it by its launch alone. */
export function surerAgent(a: ToldAgent, b: ToldAgent): string | null {
	const isTold = ({ agent, source }: ToldAgent) =>
		agent !== null && source !== null && source !== "hook";
	if (isTold(a) === isTold(b)) return greatest(a.agent, b.agent);
	return (isTold(a) ? a : b).agent;
}

type Timed = Pick<CallRow, "durationMs" | "durationFrom" | "cutOff">;

/** What the end of its session gave an open call is found anew, once all is told of it. */
function asTold({ durationMs, durationFrom, cutOff }: CallRow): Timed {
	if (cutOff === "open") return { durationMs: null, durationFrom: null, cutOff: null };
	return { durationMs, durationFrom, cutOff };
}

function timingOf(a: Timed, b: Timed): Timed {
	const better = betterTiming(a, b);
	if (better.durationFrom !== "transcript") return better;
	// An answer that came after the end took longer than any that came in time.
	return [a, b].find(({ cutOff }) => cutOff !== null) ?? better;
}

/**
 * Who knows the arguments names the call by all of them; a hook names a shell call by the first word
 * of its command.
 */
function betterName(a: CallRow, b: CallRow): string {
	if (a.functionId === b.functionId) return a.functionId;
	if ((a.argsHash === null) === (b.argsHash === null)) {
		return moreSpecific(a.functionId, b.functionId);
	}
	return a.argsHash === null ? b.functionId : a.functionId;
}

/** Of two names the one that says more: v1 lines know no session at all. */
function moreThan(vague: string, a: string, b: string): string {
	if (a === vague || b === vague) return a === vague ? b : a;
	return greatest(a, b);
}
