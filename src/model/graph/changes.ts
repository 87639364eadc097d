import { MAX_PULSES_PER_PATCH } from "../events/limits.ts";
import type { NodeView, Pulse } from "../views/view.ts";
import { FinishedNodes } from "./finishedNodes.ts";
import type { GraphNode } from "./graphNode.ts";

/** Everything that happened to the graph since it was last asked. */
export class Changes {
	#dirty = new Set<GraphNode>();
	#removed: string[] = [];
	#pulses: Pulse[] = [];
	readonly finished = new FinishedNodes();
	readonly #keyPrefix: string;
	#lastKey = 0;

	constructor(keyPrefix: string) {
		this.#keyPrefix = keyPrefix;
	}

	get isEmpty(): boolean {
		return this.#dirty.size === 0 && this.#removed.length === 0 && this.#pulses.length === 0;
	}

	nextKey(): string {
		this.#lastKey++;
		return `${this.#keyPrefix}${this.#lastKey}`;
	}

	touch(node: GraphNode): void {
		this.#dirty.add(node);
	}

	/** A node is no more; whoever has heard of it must forget it. */
	remove(node: GraphNode): void {
		this.#dirty.delete(node);
		this.finished.delete(node);
		this.#removed.push(node.key);
	}

	pulse(node: GraphNode, tool: string, kind: Pulse["kind"]): void {
		if (this.#pulses.length < MAX_PULSES_PER_PATCH)
			this.#pulses.push({ key: node.key, tool, kind });
	}

	/** Hands out what happened, parents before children, and starts anew. */
	take(): { upserts: NodeView[]; removes: string[]; pulses: Pulse[] } {
		const upserts: NodeView[] = [];
		const written = new Set<GraphNode>();
		const write = (node: GraphNode): void => {
			if (written.has(node) || !this.#dirty.has(node)) return;
			written.add(node);
			if (node.parent !== null) write(node.parent);
			upserts.push(node.view());
		};
		for (const node of this.#dirty) write(node);
		const taken = { upserts, removes: this.#removed, pulses: this.#pulses };
		this.#dirty = new Set();
		this.#removed = [];
		this.#pulses = [];
		return taken;
	}
}
