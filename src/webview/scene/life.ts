import { isAlive, type NodeView } from "../../model/views/view.ts";
import { FADE_MS, FLASH_MS, LOST_MS } from "./curves.ts";
import { NEVER, type SceneNode } from "./sceneNode.ts";

/**
 * What the picture makes of a node's state.
 * - `stay`: shown as it is
 * - `dim`: shown dimmed, for a while
 * - `end`: flashes, fades and leaves
 * - `ghost`: ended, and shown small where it was; flashes before when it has just ended
 * - `away`: not shown at all
 */
export type Fate = "stay" | "dim" | "end" | "ghost" | "away";

/** @param isHeld of a session: some of its agents are shown, so that it has to be too */
export function fateOf(view: NodeView, passes: boolean, isHeld: boolean, isGhost: boolean): Fate {
	if (!passes) return "away";
	if (isAlive(view)) return "stay";
	if (isGhost) return "ghost";
	if (view.kind === "session") {
		if (isHeld) return view.state === "lost" ? "dim" : "stay";
		return "end";
	}
	return view.state === "lost" ? "dim" : "end";
}

/** Sets the signs of a fate on a node that is shown; `now` is the frame clock. */
export function applyFate(node: SceneNode, fate: Fate, now: number): void {
	const isEnding = node.endAt <= now;
	const wasGhost = node.isGhost;
	node.isGhost = fate === "ghost";
	if (fate === "end" || (fate === "ghost" && !wasGhost)) {
		if (!isEnding) node.endAt = now;
		node.lostAt = Number.POSITIVE_INFINITY;
		return;
	}
	if (fate === "ghost") return;
	if (isEnding || wasGhost) {
		// Resumed: it comes back to life from whatever is left of it.
		node.bornAt = now;
		node.endAt = Number.POSITIVE_INFINITY;
	}
	if (fate !== "dim") node.lostAt = Number.POSITIVE_INFINITY;
	else if (node.lostAt > now) node.lostAt = now;
}

/** Whether a node's end has been shown in full; what is left of a ghost then stays. */
export function isOver(node: SceneNode, now: number): boolean {
	if (node.isGhost) {
		if (now - node.endAt >= FLASH_MS + FADE_MS) node.endAt = Number.POSITIVE_INFINITY;
		return false;
	}
	if (now - node.endAt >= FLASH_MS + FADE_MS) return true;
	return node.view.kind === "agent" && now - node.lostAt >= LOST_MS + FADE_MS;
}

/**
 * Start on the frame clock of the dimming of an agent that a snapshot tells is lost; null when
 * that was too long ago to show it.
 */
export function lostSince(view: NodeView, hostNow: number, now: number): number | null {
	const age = view.endedAt === null ? LOST_MS : Math.max(0, hostNow - view.endedAt);
	return age < LOST_MS ? now - age : null;
}

/** Whether a patch tells of an end that just happened, of a node that was never seen before. */
export function isFreshEnd(view: NodeView, hostNow: number): boolean {
	return view.state === "done" && hostNow - (view.endedAt ?? NEVER) < 5000;
}
