import type { CallFacts } from "../../facts/callFacts.ts";
import type {
	AgentDoneEvent,
	AgentEvent,
	AgentMetaEvent,
	AgentResultEvent,
	AgentSpawnEvent,
	AgentStopEvent,
} from "../../model/events/events.ts";
import { livesText } from "./agentLives.ts";
import type { AgentTable } from "./agentTable.ts";

/** Notes what an event says of an agent, or of the call that launched one; nothing for others. */
export function noteAgentEvent(
	agents: AgentTable,
	session: string,
	event: AgentEvent,
	facts: CallFacts,
): void {
	switch (event.event) {
		case "agent_spawn":
			spawned(agents, session, event, facts);
			break;
		case "agent_start":
			agents.noteAgent(session, event.agent, {
				startedAt: event.ts,
				lastStartAt: event.ts,
				ownType: event.agentType || null,
				...(event.origin === "hook" ? { lives: livesText({ starts: [event.ts] }) } : {}),
			});
			break;
		case "agent_link":
			agents.noteSpawn(session, event.id, { agent: event.child });
			agents.noteAgent(session, event.child, { ownModel: event.model || null });
			break;
		case "agent_done":
			done(agents, session, event);
			break;
		case "agent_stop":
			// A stop without type and without start is no agent's: the client's own compaction.
			if (isPhantom(event) && !agents.has(event.agent)) break;
			agents.noteAgent(session, event.agent, {
				ownType: event.agentType || null,
				lastStopAt: event.ts,
				...(event.origin === "hook" ? { lives: livesText({ stops: [event.ts] }) } : {}),
				...verdict(event),
			});
			break;
		case "agent_meta":
			noted(agents, session, event);
			break;
		case "agent_result":
			if (event.child === "") break;
			if (event.id !== "") agents.noteSpawn(session, event.id, { agent: event.child });
			agents.noteAgent(session, event.child, {
				durationMs: event.durationMs,
				toolUseCount: event.toolUseCount,
				reportedAt: event.ts,
				lives: reportOf(event),
			});
			break;
		default:
	}
}

function spawned(
	agents: AgentTable,
	session: string,
	event: AgentSpawnEvent,
	{ argsHash }: CallFacts,
): void {
	agents.noteSpawn(session, event.id, {
		ts: event.ts,
		parent: event.parent || null,
		type: event.agentType || null,
		model: event.model || null,
		description: event.description || null,
		source: event.origin,
		argsHash,
		// v1 knows no agent ids: the launching call stands for the agent.
		...(event.v === 1 ? { agent: event.id } : {}),
	});
	if (event.v === 1) agents.noteAgent(session, event.id, { startedAt: event.ts });
}

/** A launch and a link in one; when the launch was, the line of the call says. */
function noted(agents: AgentTable, session: string, event: AgentMetaEvent): void {
	agents.noteAgent(session, event.child, { ownType: event.agentType || null });
	if (event.id === "") return;
	agents.noteSpawn(session, event.id, {
		agent: event.child,
		parent: event.parent || null,
		type: event.agentType || null,
		model: event.model || null,
		description: event.description || null,
	});
}

function done(agents: AgentTable, session: string, event: AgentDoneEvent): void {
	const agent = event.child || event.id;
	if (event.child !== "" && event.id !== "") {
		agents.noteSpawn(session, event.id, { agent });
	}
	agents.noteAgent(session, agent, {
		durationMs: event.durationMs,
		reportedCostUsd: event.costUsd,
		reportedAt: event.ts,
		toolUseCount: event.toolUseCount,
		toolStats: event.toolStats || null,
		...(event.v === 2 ? { lives: livesText({ reports: { [event.id]: event.ts } }) } : {}),
		...verdict(event),
	});
}

/** What a report tells of the life that ended. */
function reportOf({ id, status, ts }: AgentResultEvent): string {
	const told = { [id]: ts };
	// It was stopped by someone, or ended with its process.
	const isCut = status === "killed" || status === "stopped";
	return livesText({
		reports: told,
		kills: isCut ? told : {},
		failedAt: status === "failed" ? ts : null,
	});
}

/** A transcript's stop stands in its agent's own file. */
function isPhantom({ origin, agentType }: AgentStopEvent): boolean {
	return origin === "hook" && agentType === "";
}

function verdict({ outcome, stubs, ts }: Pick<AgentDoneEvent, "outcome" | "stubs" | "ts">): object {
	return outcome === null ? {} : { outcome, stubs, outcomeAt: ts };
}
