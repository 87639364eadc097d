import { FINISHED_AGENTS_SHOWN } from "../events/limits.ts";
import type { GraphNode } from "./graphNode.ts";
import type { GraphSession } from "./graphSession.ts";

/**
 * The nodes that ended last, of all sessions. Those that ended before them keep their totals but no
 * single calls: a snapshot no longer shows them.
 */
export class FinishedNodes {
	/** In the order of their ends. */
	readonly #sessions = new Map<GraphNode, GraphSession>();

	add(node: GraphNode, session: GraphSession): void {
		this.#sessions.delete(node);
		this.#sessions.set(node, session);
		if (this.#sessions.size <= FINISHED_AGENTS_SHOWN) return;
		for (const [oldest, itsSession] of this.#sessions) {
			this.#sessions.delete(oldest);
			if (!oldest.isAlive) itsSession.putAwayCalls(oldest);
			break;
		}
	}

	delete(node: GraphNode): void {
		this.#sessions.delete(node);
	}
}
