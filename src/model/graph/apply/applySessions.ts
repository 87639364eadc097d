import { tellSession } from "../../agents/sessionLife.ts";
import type { AgentEvent, SessionEndEvent, SessionStartEvent } from "../../events/events.ts";
import type { GraphSession } from "../graphSession.ts";

/** Takes note of what an event says of its session's turns, and what it waits for no longer. */
export function applyToSession(session: GraphSession, event: AgentEvent): void {
	const { root, state } = session;
	if (tellSession(state.told, event)) root.lifeChanged();
	if (event.event !== "prompt" && event.event !== "turn_end") return;
	// Transcripts are read beside the log, and may tell of a turn before the one that waits.
	root.waits.clear(event.ts, event.origin === "hook" ? null : event.ts);
}

export function sessionStarted(
	{ root }: GraphSession,
	{ model, source, ts }: SessionStartEvent,
): void {
	root.answeredBy(model, ts);
	if (source !== "compact") root.waits.clear(ts);
}

/** Nothing outlives its session. */
export function sessionEnded(session: GraphSession, { ts }: SessionEndEvent): void {
	const { root, state } = session;
	if (state.ends.includes(ts)) return;
	state.ends = [...state.ends, ts].sort((a, b) => a - b);
	for (const node of session.nodes()) {
		if (!node.isAlive && node !== root) continue;
		node.lifeChanged();
		session.noteEnd(node);
		session.changes.touch(node);
	}
}
