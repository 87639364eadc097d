import { sessionStateOf, tellSession } from "../../agents/sessionLife.ts";
import type { AgentEvent, SessionEndEvent, SessionStartEvent } from "../../events/events.ts";
import type { GraphSession } from "../graphSession.ts";

/** Takes note of what an event says of its session's turns, and what it waits for no longer. */
export function applyToSession(session: GraphSession, event: AgentEvent): void {
	const { root } = session;
	const before = sessionStateOf(root.sessionTold);
	tellSession(root.sessionTold, event);
	if (sessionStateOf(root.sessionTold) !== before) root.lifeChanged();
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
	const { root } = session;
	if (root.sessionEnds.includes(ts)) return;
	root.sessionEnds = [...root.sessionEnds, ts].sort((a, b) => a - b);
	for (const node of session.nodes()) {
		if (!node.isAlive && node !== root) continue;
		node.lifeChanged();
		session.noteEnd(node);
		session.changes.touch(node);
	}
}
