import type {
	PromptEvent,
	SessionEndEvent,
	SessionStartEvent,
	TurnEndEvent,
} from "../events/events.ts";
import type { GraphSession } from "../graph/graphSession.ts";

export function sessionStarted(session: GraphSession, event: SessionStartEvent): void {
	const { root } = session;
	if (event.model !== "") root.model = event.model;
	if (!root.lives.begins(event.origin, event.ts)) return;
	// A compaction starts the session anew in the middle of a turn.
	if (event.source === "compact" && root.isAlive) return;
	root.live("idle");
	root.waits.clear();
}

/** Nothing outlives its session: what still ran is lost. */
export function sessionEnded(session: GraphSession, { origin, ts }: SessionEndEvent): void {
	for (const node of session.nodes()) {
		if (!node.lives.cutOff(origin, ts)) continue;
		if (!node.isAlive && node.lossReason !== "silence") continue;
		if (node === session.root) session.end(node, "done", ts);
		else session.end(node, "lost", ts, "session");
		session.changes.touch(node);
	}
}

export function turnBegan(session: GraphSession, { origin, ts }: PromptEvent): void {
	if (!session.root.lives.begins(origin, ts)) return;
	session.root.live();
	session.root.waits.clear(origin === "hook" ? null : ts);
}

export function turnEnded(session: GraphSession, { origin, ts }: TurnEndEvent): void {
	if (!session.root.lives.endsAt(origin, ts)) return;
	if (session.root.phase === "running") session.root.live("idle");
	session.root.waits.clear(origin === "hook" ? null : ts);
}
