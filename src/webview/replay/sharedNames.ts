import type { GraphDescription } from "../../model/graph/told/graphDescription.ts";
import type { GraphPatch, GraphSnapshot, NodeView } from "../../model/views/view.ts";
import { identityOf } from "../state/identity.ts";

/**
 * Gives nodes of a replayed graph the ids that are known by now, and the keys that they have in the
 * live one: so nodes stay where they are, and what is selected stays selected, however one comes and
 * goes between the two.
 */
export class SharedNames {
	readonly #keyOf: (identity: string) => string | undefined;
	/** Ids that are known by now, by any id that the node ever had. */
	readonly #ids = new Map<string, string>();
	/** Keys in the picture by those in the replayed graph, and back. */
	readonly #shown = new Map<string, string>();
	readonly #replayed = new Map<string, string>();

	/** @param keyOf the key of a node in the live picture, by what it is known again by */
	constructor(keyOf: (identity: string) => string | undefined) {
		this.#keyOf = keyOf;
	}

	/** Takes note of all ids that are known of a session. */
	learn({ nodes }: GraphDescription): void {
		for (const { id, aliases } of nodes) for (const alias of aliases) this.#ids.set(alias, id);
	}

	/** Key in the replayed graph of a node in the picture. */
	replayed(key: string): string {
		return this.#replayed.get(key) ?? "";
	}

	snapshot({ nodes, counters }: GraphSnapshot): GraphSnapshot {
		return { nodes: nodes.map((view) => this.#view(view)), counters };
	}

	patch({ upserts, removes, pulses, counters }: GraphPatch): GraphPatch {
		return {
			upserts: upserts.map((view) => this.#view(view)),
			removes: removes.map((key) => this.#key(key)),
			pulses: pulses.map((pulse) => ({ ...pulse, key: this.#key(pulse.key) })),
			counters,
		};
	}

	#view(view: NodeView): NodeView {
		const id = this.#ids.get(view.id) ?? view.id;
		const named = { ...view, id };
		const key = this.#shown.get(view.key) ?? this.#name(view.key, identityOf(named));
		return { ...named, key, parent: view.parent === null ? null : this.#key(view.parent) };
	}

	#key(key: string): string {
		return this.#shown.get(key) ?? key;
	}

	/** A launch and its agent may be two nodes at first: one of them has the key that both have now. */
	#name(replayed: string, identity: string): string {
		const live = this.#keyOf(identity);
		const key = live === undefined || this.#replayed.has(live) ? `replayed ${replayed}` : live;
		this.#shown.set(replayed, key);
		this.#replayed.set(key, replayed);
		return key;
	}
}
