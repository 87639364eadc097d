import { FINISHED_AGENTS_SHOWN } from "../events/limits.ts";
import type { GraphNode } from "./graphNode.ts";

/** Puts away nodes that ended before others. */
interface Keeper {
	putAway(node: GraphNode): void;
}

/**
 * The nodes that ended last, of all sessions. Those that ended before them keep their totals but no
 * single calls, and nobody is told of them any longer.
 */
export class FinishedNodes {
	/** Each with its keeper, in the order of the ends. */
	readonly #nodes = new Map<GraphNode, Keeper>();

	add(node: GraphNode, keeper: Keeper): void {
		this.#nodes.delete(node);
		this.#nodes.set(node, keeper);
		node.isPast = false;
		if (this.#nodes.size <= FINISHED_AGENTS_SHOWN) return;
		for (const [oldest, itsKeeper] of this.#nodes) {
			this.#nodes.delete(oldest);
			itsKeeper.putAway(oldest);
			break;
		}
	}

	delete(node: GraphNode): void {
		this.#nodes.delete(node);
	}

	get all(): Iterable<GraphNode> {
		return this.#nodes.keys();
	}
}
