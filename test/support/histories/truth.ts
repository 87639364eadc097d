import type { Outcome } from "../../../src/model/views/view.ts";
import { doubtsOf } from "./doubts.ts";
import type { AgentFacts, CallFacts, Facts, SessionFacts, Source } from "./facts.ts";

/** Which sources are read. */
export type Mode = "hooks" | "transcripts" | "both";

export interface TrueSession {
	readonly id: string;
	readonly state: "idle" | "running" | "done";
	/** Whether it said goodbye and was not resumed since. */
	readonly hasEnded: boolean;
	/** Each time that it said goodbye, ms since the epoch. */
	readonly ends: readonly number[];
}

/**
 * What cannot be told of an agent:
 * - `identity`: whether this launch or another one of its kind is the one without an agent
 * - `launch`: which launch of its kind was its own
 * - `parent`, `end`: it hangs on that
 */
export type Doubt = "identity" | "launch" | "parent" | "end";

export interface TrueAgent {
	/** The tool_use_id of its launch as long as nothing has named the agent. */
	readonly id: string;
	readonly session: string;
	/** null for the orchestrator */
	readonly parent: string | null;
	readonly type: string;
	readonly state: "starting" | "running" | "done" | "lost";
	readonly outcome: Outcome | null;
	readonly stubs: number | null;
	readonly launches: readonly string[];
	/** Whether anything has named agent and launch together. */
	readonly isLinked: boolean;
	/** Each time that it ended, as far as that is told, ms since the epoch. */
	readonly ends: readonly number[];
	/** How its launch failed; null where it did not. */
	readonly launchError: string | null;
	/** When the launch was told, ms since the epoch; null where it was not. */
	readonly launchedAt: number | null;
	readonly doubts: ReadonlySet<Doubt>;
}

export interface TrueCall {
	readonly id: string;
	readonly session: string;
	/** null for the orchestrator */
	readonly agent: string | null;
	/** ms since the epoch */
	readonly at: number;
	/** null while open */
	readonly success: boolean | null;
	/** Empty for success, null while open. */
	readonly errorClass: string | null;
}

export interface Truth {
	readonly sessions: readonly TrueSession[];
	readonly agents: readonly TrueAgent[];
	readonly calls: readonly TrueCall[];
}

const SOURCES: Readonly<Record<Mode, readonly Source[]>> = {
	hooks: ["hook"],
	transcripts: ["transcript"],
	both: ["hook", "transcript"],
};

/**
 * What a perfect observer of some sources says of what happened: each thing counts that one of them
 * has told of, when it happened rather than when it was told, and nothing else.
 *
 * - A session's end is told by hooks alone. It cuts off what runs then as far as they know: `lost`.
 *   Transcripts leave such an agent running, and the session as its last turn left it.
 * - A process that was killed tells nothing. What it ran goes on running until the next process that
 *   resumes the session reports its agents in the background (`done`, as they were stopped) and answers
 *   its own open calls, which only transcripts tell: `lost` for an agent in the foreground.
 *   Beginning to listen again ends no agent: docs/events.md does not count it among the ends.
 * - An agent is `lost` when its launch was denied or interrupted, also where its own file says that a
 *   person interrupted it; `done` when it ended by itself, was stopped by a call (no outcome), or
 *   failed (outcome `fail`): an API error, a report that says so, a launch that failed otherwise.
 * - What no hook hears of is open for hooks alone: a call or a launch that was denied or refused, a call
 *   that ended with its agent, a turn that a person or an API error ended (it goes on until the next
 *   one), an agent's API error until it is reported.
 * - The report of an end belongs to the life that began with the call that it names, so one that comes
 *   late ends no later life. A message to an agent at work begins no life.
 * - Of a life that goes on, or was cut off, there is no outcome.
 */
export function truthOf(facts: Facts, mode: Mode): Truth {
	const sources = SOURCES[mode];
	const sessions = facts.sessions.filter(
		({ id, moments }) =>
			moments.some(({ fact }) => fact.isTold(sources)) ||
			facts.calls.some((call) => call.session === id && isKnown(call, sources)),
	);
	const agents = facts.agents.filter(
		(agent) => isLaunchKnown(agent, sources) || isNamed(agent, sources),
	);
	return {
		sessions: sessions.map((session) => sessionTruth(session, sources)),
		agents: agents.map((agent) => agentTruth(agent, facts, sources)),
		calls: facts.calls
			.filter((call) => isKnown(call, sources))
			.map((call) => callTruth(call, sources)),
	};
}

function sessionTruth({ id, moments }: SessionFacts, sources: readonly Source[]): TrueSession {
	const told = moments.filter(({ fact }) => fact.isTold(sources));
	let state: TrueSession["state"] = "idle";
	let hasEnded = false;
	for (const { kind } of told) {
		if (kind === "turns") state = "running";
		else state = kind === "ends" ? "done" : "idle";
		if (kind === "ends") hasEnded = true;
		// Only a process that begins to listen takes a goodbye back.
		if (kind === "rests") hasEnded = false;
	}
	const ends = told.filter(({ kind }) => kind === "ends").map(({ fact }) => fact.at);
	return { id, state, hasEnded, ends };
}

function agentTruth(agent: AgentFacts, facts: Facts, sources: readonly Source[]): TrueAgent {
	const { launchId, session, parent, launched } = agent;
	const told = agent.moments.filter(({ fact }) => fact.isTold(sources));
	const cuts = (facts.sessions.find(({ id }) => id === session)?.moments ?? [])
		.filter(({ kind, fact }) => kind === "ends" && fact.isTold(sources) && fact.at > launched.at)
		.map(({ fact }) => ({ kind: "cut" as const, fact }));
	const moments = [...told, ...cuts].sort((a, b) => a.fact.at - b.fact.at);
	let now: Pick<TrueAgent, "state" | "outcome" | "stubs"> = RUNNING;
	if (!told.some(({ kind }) => kind === "begin")) now = { ...RUNNING, state: "starting" };
	for (const moment of moments) {
		if (moment.kind === "begin") {
			now = RUNNING;
		} else if (moment.kind === "end") {
			now = { state: moment.state, outcome: moment.outcome, stubs: moment.stubs };
		} else if (now.state === "running" || now.state === "starting") {
			now = { ...RUNNING, state: "lost" };
		}
	}
	const failure = agent.launchFailed.find(({ fact }) => fact.isTold(sources));
	return {
		id: isNamed(agent, sources) ? (agent.id ?? launchId) : launchId,
		session,
		parent,

		type: agent.type,
		...now,
		launches: [launchId],
		ends: told.filter(({ kind }) => kind === "end").map(({ fact }) => fact.at),
		isLinked: isLinked(agent, sources),
		launchError: failure?.errorClass ?? null,
		launchedAt: isLaunchKnown(agent, sources) ? launched.at : null,
		doubts: doubtsOf(agent, facts, sources),
	};
}

function callTruth(call: CallFacts, sources: readonly Source[]): TrueCall {
	const { id, session, agent, used } = call;
	const result = call.result?.fact.isTold(sources) === true ? call.result : null;
	const { success = null, errorClass = null } = result ?? {};
	return { id, session, agent, at: used.at, success, errorClass };
}

function isKnown({ used, result }: CallFacts, sources: readonly Source[]): boolean {
	return used.isTold(sources) || result?.fact.isTold(sources) === true;
}

function isLaunchKnown({ launched }: AgentFacts, sources: readonly Source[]): boolean {
	return launched.isTold(sources);
}

function isLinked({ linked }: AgentFacts, sources: readonly Source[]): boolean {
	return sources.some((source) => linked.has(source));
}

/** Whether anything has told its own id. */
function isNamed(agent: AgentFacts, sources: readonly Source[]): boolean {
	const { id, moments } = agent;
	const hasBegun = moments.some(({ kind, fact }) => kind === "begin" && fact.isTold(sources));
	return id !== null && (hasBegun || isLinked(agent, sources));
}

const RUNNING = { state: "running", outcome: null, stubs: null } as const;
