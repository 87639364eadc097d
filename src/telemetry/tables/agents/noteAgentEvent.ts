import type { CallFacts } from "../../../facts/callFacts.ts";
import { type Fact, factOf } from "../../../model/agents/facts.ts";
import type {
	AgentDoneEvent,
	AgentEvent,
	AgentMetaEvent,
	AgentResultEvent,
	AgentSpawnEvent,
	AgentStopEvent,
	EventName,
	EventOf,
	ToolResultEvent,
} from "../../../model/events/events.ts";
import type { AgentTable } from "./agentTable.ts";

/** Notes what an event says of an agent, or of the call that launched one; nothing for others. */
export function noteAgentEvent(
	agents: AgentTable,
	session: string,
	event: AgentEvent,
	facts: CallFacts,
): void {
	const note = NOTES[event.event] as Note<AgentEvent> | undefined;
	note?.(agents, session, event, facts);
}

/** A call that launches an agent has failed. */
export function noteFailedLaunch(
	agents: AgentTable,
	session: string,
	event: ToolResultEvent,
): void {
	agents.noteLaunch(session, event, event.id, { told: toldBy(event) });
}

type Note<Event> = (agents: AgentTable, session: string, event: Event, facts: CallFacts) => void;

const NOTES: { readonly [Name in EventName]?: Note<EventOf<Name>> } = {
	agent_spawn: spawned,
	agent_start: (agents, session, event) => {
		const ownType = event.agentType || null;
		agents.noteAgent(session, event.agent, { startedAt: event.ts, ownType, told: toldBy(event) });
	},
	agent_link: (agents, session, event) => {
		const { id, child, ts, model } = event;
		agents.noteLaunch(session, event, id, { agent: child });
		agents.noteAgent(session, child, { heardAt: ts, ownModel: model || null });
	},
	agent_done: ended,
	agent_stop: stopped,
	agent_meta: noted,
	agent_result: ended,
};

function spawned(
	agents: AgentTable,
	session: string,
	event: AgentSpawnEvent,
	{ argsHash }: CallFacts,
): void {
	agents.noteLaunch(session, event, event.id, {
		...askedBy(event),
		ts: event.ts,
		source: event.origin,
		argsHash,
		// v1 knows no agent ids: the launching call stands for the agent.
		agent: event.v === 1 ? event.id : null,
	});
	if (event.v === 1) agents.noteAgent(session, event.id, { startedAt: event.ts });
}

/** A launch and a link in one; when the launch was, the line of the call says. */
function noted(agents: AgentTable, session: string, event: AgentMetaEvent): void {
	agents.noteAgent(session, event.child, { ownType: event.agentType || null });
	if (event.id === "") return;
	agents.noteLaunch(session, event, event.id, {
		...askedBy(event),
		agent: event.child,
	});
}

/** How an agent ended, with the result of its call or handed over later. */
function ended(
	agents: AgentTable,
	session: string,
	event: AgentDoneEvent | AgentResultEvent,
): void {
	const { id, child, durationMs, toolUseCount } = event;
	const told = toldBy(event);
	const isDone = event.event === "agent_done";
	// Only on version 1 the launching call stands for the agent.
	const agent = child || (isDone && event.v === 1 ? id : "");
	if (agent === "") {
		agents.noteLaunch(session, event, id, { told });
		return;
	}
	if (child !== "" && id !== "") agents.noteLaunch(session, event, id, { agent, durationMs });
	const own = isDone && { reportedCostUsd: event.costUsd, toolStats: event.toolStats || null };
	agents.noteAgent(session, agent, { durationMs, toolUseCount, told, ...own });
}

function stopped(agents: AgentTable, session: string, event: AgentStopEvent): void {
	const told = toldBy(event);
	// A stop without type and without start is no agent's: the client's own compaction. A
	// transcript's stop stands in its agent's own file.
	if (event.origin === "hook" && event.agentType === "") {
		agents.notePhantom(session, event.agent, told);
	} else {
		agents.noteAgent(session, event.agent, { ownType: event.agentType || null, told });
	}
}

function askedBy(event: AgentSpawnEvent | AgentMetaEvent) {
	return {
		v: event.v,
		parent: event.parent || null,
		type: event.agentType || null,
		model: event.model || null,
		description: event.description || null,
	};
}

function toldBy(event: AgentEvent): readonly Fact[] {
	const fact = factOf(event);
	return fact === null ? [] : [fact];
}
