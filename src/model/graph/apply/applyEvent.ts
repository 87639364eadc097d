import type { GraphNote } from "../../events/eventStats.ts";
import type { AgentEvent } from "../../events/events.ts";
import type { GraphSession } from "../graphSession.ts";
import type { Starters } from "../starters.ts";
import {
	agentDone,
	agentLinked,
	agentNoted,
	agentReported,
	agentSpawned,
	agentStarted,
	agentStopped,
} from "./applyAgents.ts";
import { permissionAsked, skillUsed, toolReturned, toolUsed, userReminded } from "./applyCalls.ts";
import { sessionEnded, sessionStarted } from "./applySessions.ts";
import { tokensUsed } from "./applyUsage.ts";

/**
 * What an event does to its session.
 *
 * @returns why it could not be taken at its word; null where it could
 */
export function applyEvent(
	session: GraphSession,
	event: AgentEvent,
	starters: Starters,
): GraphNote | null {
	switch (event.event) {
		case "tool_use":
			starters.note(session.root.id, event);
			return toolUsed(session, event);
		case "tool_result":
			starters.note(session.root.id, event);
			return toolReturned(session, event);
		case "session_start":
			sessionStarted(session, event);
			return null;
		case "session_end":
			sessionEnded(session, event);
			return null;
		case "agent_spawn":
			agentSpawned(session, event);
			return null;
		case "agent_start":
			agentStarted(session, event);
			return null;
		case "agent_link":
			agentLinked(session, event);
			return null;
		case "agent_meta":
			agentNoted(session, event);
			return null;
		case "agent_done":
			agentDone(session, event);
			return null;
		case "agent_stop":
			return agentStopped(session, event);
		case "agent_result":
			agentReported(session, event);
			return null;
		case "skill_use":
			return skillUsed(session, event);
		case "permission_wait":
			permissionAsked(session, event);
			return null;
		case "usage":
			tokensUsed(session, event);
			return null;
		case "notification":
			userReminded(session, event);
			return null;
		default:
			return null;
	}
}
