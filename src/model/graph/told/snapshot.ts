import { FINISHED_AGENTS_SHOWN } from "../../events/limits.ts";
import type { NodeView } from "../../views/view.ts";
import type { GraphNode } from "../graphNode.ts";
import type { GraphSession } from "../graphSession.ts";
import { parentOf } from "../parents.ts";
import { viewOf } from "./nodeView.ts";

/** What lives, and the agents that ended last, with every ancestor; parents before children. */
export function snapshotNodes(sessions: Iterable<GraphSession>): NodeView[] {
	const alive: GraphNode[] = [];
	const ended: GraphNode[] = [];
	for (const session of sessions) {
		for (const node of session.nodes()) (node.isAlive ? alive : ended).push(node);
	}
	ended.sort((a, b) => (b.life.endedAt ?? 0) - (a.life.endedAt ?? 0));
	const views = new Map<GraphNode, NodeView>();
	const include = (node: GraphNode): void => {
		if (views.has(node)) return;
		const parent = parentOf(node);
		if (parent !== null) include(parent);
		// Whoever is shown it is to be told when it turns out to be another one.
		node.isTold = true;
		views.set(node, viewOf(node));
	};
	for (const node of alive) include(node);
	for (const node of ended.slice(0, FINISHED_AGENTS_SHOWN)) include(node);
	return [...views.values()];
}
