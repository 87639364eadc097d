import type { AgentEvent } from "../events/events.ts";
import { OVERTAKING_MS } from "../events/limits.ts";

/** The latest of each kind of thing that was told of a session, ms since the epoch; 0 for never. */
export interface SessionTold {
	/** It was started or resumed. */
	started: number;
	/** A turn began: somebody asked, or an agent's report was handed over. */
	asked: number;
	/** The orchestrator called something, which shows that a turn goes on. */
	acted: number;
	turnEnded: number;
	ended: number;
}

export function nothingTold(): SessionTold {
	return { started: 0, asked: 0, acted: 0, turnEnded: 0, ended: 0 };
}

/**
 * Adds what an event says of its session: the same in any order and with any repetition.
 *
 * @returns whether its state is another one now
 */
export function tellSession(told: SessionTold, event: AgentEvent): boolean {
	const what = whatIsTold(event);
	if (what === null) return false;
	const at = what === "acted" ? actedBy(event) : event.ts;
	if (at <= told[what]) return false;
	const before = sessionStateOf(told);
	told[what] = at;
	return sessionStateOf(told) !== before;
}

function whatIsTold(event: AgentEvent): keyof SessionTold | null {
	switch (event.event) {
		case "session_start":
			// A compaction starts the session anew in the middle of a turn.
			return event.source === "compact" ? null : "started";
		case "prompt":
			return "asked";
		case "agent_result":
			return event.isHandedOver ? "asked" : null;
		case "tool_use":
		case "permission_wait":
			// Version 1 does not know whose call it tells of.
			return event.agent === "" && event.v === 2 ? "acted" : null;
		case "agent_spawn":
			return event.parent === "" && event.v === 2 ? "acted" : null;
		case "turn_end":
			return "turnEnded";
		case "session_end":
			return "ended";
		default:
			return null;
	}
}

/** Whether the orchestrator is asked something: by a person, or by an agent's report. */
export function beginsTurn(event: AgentEvent): boolean {
	return whatIsTold(event) === "asked";
}

/** A call goes on with a turn as of then: a hook may lag behind, a transcript has all in its order. */
function actedBy({ origin, ts }: AgentEvent): number {
	return origin === "hook" ? ts : ts + OVERTAKING_MS + 1;
}

/**
 * Whether a session is at work, rests after a turn, or is over. Whatever was told last says so, except
 * that a call's hook, which nobody waits for, may come behind the session's end.
 */
export function sessionStateOf(told: SessionTold): "running" | "idle" | "done" {
	const { started, asked, acted, turnEnded, ended } = told;
	if (ended > 0 && ended >= Math.max(started, asked)) return "done";
	const rested = Math.max(started, turnEnded);
	return rested > 0 && rested >= Math.max(asked, acted - OVERTAKING_MS) ? "idle" : "running";
}
