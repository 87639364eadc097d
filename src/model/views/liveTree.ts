import { isAlive, type NodeView } from "./view.ts";
import { isInWorkspace } from "./workspace.ts";

/**
 * What lives, as a tree: every agent below the nearest one that lives, and so is a session that was started by
 * something of another; all other sessions are at the root.
 */
export class LiveTree {
	readonly roots: readonly NodeView[];
	readonly #children = new Map<string, NodeView[]>();
	readonly #parents = new Map<string, string>();

	/**
	 * @param nodes every node known, by key
	 * @param ownFolders folders whose sessions come first
	 */
	constructor(nodes: ReadonlyMap<string, NodeView>, ownFolders: readonly string[] = []) {
		const sessions = new Set<NodeView>();
		for (const node of nodes.values()) {
			if (isAlive(node)) this.#place(node, nodes, sessions);
		}
		this.roots = [...sessions].sort(
			(a, b) =>
				Number(isInWorkspace(b.cwd, ownFolders)) - Number(isInWorkspace(a.cwd, ownFolders)) ||
				a.startedAt - b.startedAt,
		);
	}

	children(key: string): readonly NodeView[] {
		return this.#children.get(key) ?? [];
	}

	parent(key: string): string | null {
		return this.#parents.get(key) ?? null;
	}

	#place(node: NodeView, nodes: ReadonlyMap<string, NodeView>, sessions: Set<NodeView>): void {
		if (this.#parents.has(node.key)) return;
		let parent = node.parent === null ? undefined : nodes.get(node.parent);
		while (parent !== undefined && parent.kind === "agent" && !isAlive(parent)) {
			parent = parent.parent === null ? undefined : nodes.get(parent.parent);
		}
		if (parent === undefined) {
			if (node.kind === "session") sessions.add(node);
			return;
		}
		// A session that ended stays for as long as something below it lives.
		if (parent.kind === "session") this.#place(parent, nodes, sessions);
		const siblings = this.#children.get(parent.key);
		if (siblings === undefined) this.#children.set(parent.key, [node]);
		else siblings.push(node);
		this.#parents.set(node.key, parent.key);
	}
}
