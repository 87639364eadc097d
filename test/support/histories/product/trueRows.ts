import type { TrueAgent, TrueCall, Truth } from "../truth.ts";

/** What the table of calls should say of one. */
export interface CallRow {
	readonly session_id: string;
	readonly agent_id: string | null;
	readonly success: 0 | 1 | null;
	readonly error_class: string | null;
}

/**
 * The table of calls: each call, and each launch as a call that lasts as long as its agent. A session's
 * end interrupts what is open then, and an agent's end what that runs; docs/telemetry.md has the rules.
 */
export function trueRows(truth: Truth): {
	readonly known: ReadonlyMap<string, CallRow>;
	/** Launches that are there, and nobody could say how they went. */
	readonly unsure: readonly string[];
} {
	const known = new Map<string, CallRow>();
	const unsure: string[] = [];
	for (const call of truth.calls) {
		const agent = truth.agents.find(({ id }) => id === call.agent);
		if (call.success === null && agent?.doubts.has("end")) unsure.push(call.id);
		else known.set(call.id, rowOfCall(call, truth, agent));
	}
	for (const agent of truth.agents) {
		if (agent.launchedAt === null) continue;
		const isOpenAgain =
			agent.launchError === null &&
			agent.isLinked &&
			agent.state === "running" &&
			wasCut(truth, agent.session, agent.launchedAt);
		// Its end is that of the agent that it is guessed to have launched.
		const isGuessed = agent.launchError === null && !agent.isLinked && agent.state === "done";
		const [id = ""] = agent.launches;
		if (isOpenAgain || isGuessed || agent.doubts.size > 0) unsure.push(id);
		else known.set(id, rowOfLaunch(agent, agent.launchedAt, truth));
	}
	return { known, unsure };
}

function rowOfCall(
	{ session, agent, at, success, errorClass }: TrueCall,
	truth: Truth,
	caller: TrueAgent | undefined,
): CallRow {
	const who = { session_id: session, agent_id: agent };
	if (success === null) {
		const hasEnded = caller?.ends.some((end) => end >= at) === true;
		return { ...who, ...(hasEnded ? INTERRUPTED : openRow(truth, session, at)) };
	}
	return { ...who, success: success ? 1 : 0, error_class: errorClass || null };
}

function rowOfLaunch(agent: TrueAgent, at: number, truth: Truth): CallRow {
	const who = { session_id: agent.session, agent_id: agent.parent };
	if (agent.launchError !== null) return { ...who, success: 0, error_class: agent.launchError };
	if (agent.state !== "done") return { ...who, ...openRow(truth, agent.session, at) };
	if (agent.outcome === "fail") return { ...who, success: 0, error_class: "outcome_fail" };
	return { ...who, success: 1, error_class: null };
}

const INTERRUPTED = { success: 0, error_class: "interrupted" } as const;

function openRow(truth: Truth, session: string, at: number) {
	return wasCut(truth, session, at) ? INTERRUPTED : ({ success: null, error_class: null } as const);
}

/** Whether a session said goodbye after a moment. */
function wasCut(truth: Truth, session: string, at: number): boolean {
	const ends = truth.sessions.find(({ id }) => id === session)?.ends ?? [];
	return ends.some((end) => end >= at);
}
