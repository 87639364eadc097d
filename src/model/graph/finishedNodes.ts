import { FINISHED_AGENTS_SHOWN } from "../events/limits.ts";
import type { GraphNode } from "./graphNode.ts";

/**
 * The nodes that ended last, of all sessions. Those that ended before them keep their totals but no
 * single calls: a snapshot no longer shows them.
 */
export class FinishedNodes {
	/** What to do when too many ended since, in the order of the ends. */
	readonly #nodes = new Map<GraphNode, () => void>();

	add(node: GraphNode, putAway: () => void): void {
		this.#nodes.delete(node);
		this.#nodes.set(node, putAway);
		if (this.#nodes.size <= FINISHED_AGENTS_SHOWN) return;
		for (const [oldest, putAwayOldest] of this.#nodes) {
			this.#nodes.delete(oldest);
			putAwayOldest();
			break;
		}
	}

	delete(node: GraphNode): void {
		this.#nodes.delete(node);
	}
}
