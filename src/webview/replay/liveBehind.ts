import type { GraphPatch, GraphSnapshot, NodeView } from "../../model/views/view.ts";
import { GraphIndex } from "../state/graphIndex.ts";
import { identityOf } from "../state/identity.ts";

/** The live picture while another one is shown: it goes on, and is there again at once. */
export class LiveBehind {
	readonly #graph = new GraphIndex();
	/** Keys by identity, also of nodes that the page forgets meanwhile. */
	readonly #keys = new Map<string, string>();

	constructor(shown: GraphIndex) {
		this.reset({ nodes: [...shown.views()], counters: shown.mirror.counters });
	}

	reset(graph: GraphSnapshot): void {
		this.#graph.reset(graph);
		this.#keys.clear();
		this.#note(graph.nodes);
	}

	apply(patch: GraphPatch): void {
		this.#graph.apply(patch);
		this.#note(patch.upserts);
	}

	get snapshot(): GraphSnapshot {
		return { nodes: [...this.#graph.views()], counters: this.#graph.mirror.counters };
	}

	hasSession(id: string): boolean {
		return this.#graph.hasSession(id);
	}

	readonly keyOf = (identity: string): string | undefined => this.#keys.get(identity);

	#note(views: readonly NodeView[]): void {
		for (const view of views) this.#keys.set(identityOf(view), view.key);
	}
}
