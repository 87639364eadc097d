import type { GraphNode } from "./graphNode.ts";
import type { GraphSession } from "./graphSession.ts";
import { parentOf } from "./parents.ts";

/** What waits for a permission is given this long: whoever may give it may have gone home. */
const WAITING_MS = 24 * 3_600_000;

/**
 * When each node was heard of last that is alive. A node is heard of when it or anything below it is: an agent
 * that waits for its own agents, or for a session that it started, says nothing for as long as they work.
 *
 * @param now ms since the epoch
 */
export function lastHeard(
	sessions: readonly GraphSession[],
	now: number,
): ReadonlyMap<GraphNode, number> {
	const heardAt = new Map<GraphNode, number>();
	for (const session of sessions) {
		if (session.remindedAt > 0) presumeAnswers(session, now);
		hearParts(session, now, heardAt);
	}
	return heardAt;
}

function hearParts(session: GraphSession, now: number, heardAt: Map<GraphNode, number>): void {
	for (const part of session.parts) {
		// A clock ahead of ours must not keep an agent alive for ever.
		session.state.heard.bound(part.number, now);
		const node = part.shownBy;
		if (!node.isAlive) continue;
		const since = part.waits.first?.since ?? Number.NEGATIVE_INFINITY;
		const heard = now - since < WAITING_MS ? now : part.lastHeardAt;
		for (let above: GraphNode | null = node; above !== null; above = parentOf(above)) {
			heardAt.set(above, Math.max(heardAt.get(above) ?? 0, heard));
		}
	}
}

/**
 * Tells by the time that has passed what no event tells: marks as lost what was silent for too long. Of
 * questions that the client does not remind of {@link lastHeard} has taken care.
 *
 * @returns true when nothing in the session is alive any more
 */
export function reapSession(
	session: GraphSession,
	now: number,
	silenceMs: number,
	heardAt: ReadonlyMap<GraphNode, number>,
): boolean {
	let isAnyAlive = false;
	for (const node of session.nodes()) {
		const heard = heardAt.get(node) ?? 0;
		if (!node.isAlive) continue;
		if (now - heard > silenceMs) {
			node.silentSince = heard;
			session.noteEnd(node);
			session.changes.touch(node);
		} else {
			isAnyAlive = true;
		}
	}
	return !isAnyAlive;
}

function presumeAnswers(session: GraphSession, now: number): void {
	let oldest = Number.POSITIVE_INFINITY;
	for (const { waits } of session.parts) {
		oldest = Math.min(oldest, waits.first?.since ?? Number.POSITIVE_INFINITY);
	}
	for (const node of session.parts) {
		if (node.waits.presumeAnswered(session.remindedAt, oldest, now)) session.changes.touch(node);
	}
}
