import { failureIn } from "../../../model/agents/facts.ts";
import { type Life, type Span, spanOfLaunch } from "../../../model/agents/lifeOf.ts";
import { DENIED, INTERRUPTED } from "../../../model/calls/mergeCalls.ts";
import type { CallRow } from "../callRow.ts";
import { agentFunctionId } from "../functionId.ts";
import { type AgentRow, askedType, type LaunchRow } from "./agentRow.ts";

/** A launch as a call that has no end yet. @param ts ms since the epoch */
export function openCall(launch: LaunchRow, ts: number, type?: string | null): CallRow {
	return {
		id: launch.id,
		ts,
		session: launch.session,
		client: launch.client,
		v: launch.v === 1 ? 1 : 2,
		agent: launch.parent,
		functionId: agentFunctionId(type ?? askedType(launch) ?? ""),
		tool: "Agent",
		rawTool: null,
		argsHash: launch.argsHash,
		source: launch.source ?? "hook",
		durationFrom: null,
		durationMs: null,
		success: null,
		errorClass: null,
		cutOff: null,
	};
}

/** What the launch came to as a call: it failed itself, or its agent ended. */
export function answerOf(
	launch: LaunchRow,
	ts: number,
	agent: AgentRow | null,
	life: Life,
	spans: readonly Span[],
) {
	const failure = failureIn(launch.told);
	if (failure !== undefined) {
		const word = failure.status.slice("launch:".length) || "unknown";
		// Nobody was asked while it ran: a client that says no more has only cut it off.
		const hasRun = word === DENIED && (agent?.startedAt ?? failure.at) < failure.at;
		const errorClass = hasRun ? INTERRUPTED : word;
		return { success: 0, errorClass, durationMs: Math.max(0, failure.at - ts) } as const;
	}
	if (life.state !== "done" || life.endedAt === null) {
		return { success: null, errorClass: null, durationMs: null };
	}
	const durationMs = launch.durationMs ?? durationOf(ts, agent, spans);
	if (life.outcome !== "fail") return { success: 1, errorClass: null, durationMs } as const;
	return { success: 0, errorClass: "outcome_fail", durationMs } as const;
}

/** Each launch of an agent has its own, where the client does not say: that of the life it led to. */
function durationOf(ts: number, agent: AgentRow | null, spans: readonly Span[]): number | null {
	const isOnly = spans.length === 1;
	if (isOnly && agent?.durationMs != null) return agent.durationMs;
	const span = spanOfLaunch(spans, ts);
	if (span === null || span.endedAt === null) return null;
	return Math.max(0, span.endedAt - (span.began ?? (isOnly ? agent?.startedAt : null) ?? ts));
}
