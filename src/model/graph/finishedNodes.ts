import { FINISHED_AGENTS_SHOWN } from "../events/limits.ts";
import type { GraphNode } from "./graphNode.ts";

/** Puts away what is not shown of nodes that ended before others. */
interface Keeper {
	putAwayCallsOf(node: GraphNode): void;
}

/**
 * The nodes that ended last, of all sessions. Those that ended before them keep their totals but no
 * single calls: a snapshot no longer shows them.
 */
export class FinishedNodes {
	/** Each with its keeper, in the order of the ends. */
	readonly #nodes = new Map<GraphNode, Keeper>();

	add(node: GraphNode, keeper: Keeper): void {
		this.#nodes.delete(node);
		this.#nodes.set(node, keeper);
		if (this.#nodes.size <= FINISHED_AGENTS_SHOWN) return;
		for (const [oldest, itsKeeper] of this.#nodes) {
			this.#nodes.delete(oldest);
			itsKeeper.putAwayCallsOf(oldest);
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
