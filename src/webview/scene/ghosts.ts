import { isAlive, type NodeView } from "../../model/views/view.ts";
import type { GraphIndex } from "../state/graphIndex.ts";

/** Finished agents of one parent that are shown one by one; those that ended before are folded. */
const GHOSTS_PER_PARENT = 60;

/** Agents that ended and are to be in the picture all the same. */
export interface GhostPlan {
	/** Keys of those shown one by one. */
	readonly ghosts: ReadonlySet<string>;
	/** The others. */
	readonly folded: readonly NodeView[];
	/** Ids of the sessions that any of them belongs to. */
	readonly sessions: ReadonlySet<string>;
}

export function planGhosts(graph: GraphIndex, isWanted: (view: NodeView) => boolean): GhostPlan {
	const byParent = new Map<string | null, NodeView[]>();
	const sessions = new Set<string>();
	for (const view of graph.views()) {
		if (view.kind === "session" || isAlive(view) || !isWanted(view)) continue;
		sessions.add(view.session);
		const siblings = byParent.get(view.parent);
		if (siblings === undefined) byParent.set(view.parent, [view]);
		else siblings.push(view);
	}
	const ghosts = new Set<string>();
	const folded: NodeView[] = [];
	for (const siblings of byParent.values()) {
		siblings.sort((a, b) => (b.endedAt ?? b.startedAt) - (a.endedAt ?? a.startedAt));
		for (const { key } of siblings.slice(0, GHOSTS_PER_PARENT)) ghosts.add(key);
		folded.push(...siblings.slice(GHOSTS_PER_PARENT));
	}
	return { ghosts, folded, sessions };
}

/** Key of the node that stands for the folded agents below another one. */
export function foldKey(anchor: string): string {
	return `+${anchor}`;
}

export function isFoldKey(key: string): boolean {
	return key.startsWith("+");
}

/** A node of its own making for agents that are folded. */
export function foldView(anchor: NodeView, count: number): NodeView {
	return {
		...anchor,
		key: foldKey(anchor.key),
		id: foldKey(anchor.id),
		kind: "agent",
		parent: anchor.key,
		type: `+${count}`,
		description: "",
		model: "",
		state: "done",
		outcome: null,
		calls: 0,
		failures: 0,
		call: null,
		tools: [],
		waiting: null,
	};
}
