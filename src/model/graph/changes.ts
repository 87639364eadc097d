import { CallRecords } from "../calls/callRecords.ts";
import { MAX_PULSES_PER_PATCH } from "../events/limits.ts";
import type { Pulse } from "../views/view.ts";
import { FinishedNodes } from "./finishedNodes.ts";
import type { GraphNode } from "./graphNode.ts";
import { parentOf } from "./parents.ts";

/** Everything that happened to the graph since it was last asked. */
export class Changes {
	#dirty: GraphNode[] = [];
	#removed: string[] = [];
	#pulses: { readonly node: GraphNode; readonly tool: string; readonly kind: Pulse["kind"] }[] = [];
	readonly finished = new FinishedNodes();
	records = new CallRecords<GraphNode>();
	/** Single calls are kept of every node, however many it made and however long ago it ended. */
	readonly keepsAllCalls: boolean;
	readonly keyPrefix: string;
	#lastKey = 0;

	constructor(keyPrefix: string, keepsAllCalls: boolean) {
		this.keyPrefix = keyPrefix;
		this.keepsAllCalls = keepsAllCalls;
	}

	/** One that goes on with the same keys, and has nothing to tell. */
	copy(): Changes {
		const copy = new Changes(this.keyPrefix, this.keepsAllCalls);
		copy.#lastKey = this.#lastKey;
		copy.records = this.records.copy();
		return copy;
	}

	get isEmpty(): boolean {
		return this.#dirty.length === 0 && this.#removed.length === 0 && this.#pulses.length === 0;
	}

	/** Number of the next node; its key is that behind the prefix. */
	nextKey(): number {
		this.#lastKey++;
		return this.#lastKey;
	}

	touch({ shownBy }: GraphNode): void {
		if (shownBy.isDirty) return;
		shownBy.isDirty = true;
		this.#dirty.push(shownBy);
	}

	/** Whoever has heard of a node must forget it: it is no more, or shown by another one. */
	takeBack(node: GraphNode): void {
		node.isDirty = false;
		if (node.isTold) this.#removed.push(node.key);
		node.isTold = false;
	}

	/** A node is no more. */
	remove(node: GraphNode): void {
		this.finished.delete(node);
		this.takeBack(node);
	}

	pulse(node: GraphNode, tool: string, kind: Pulse["kind"]): void {
		if (this.#pulses.length < MAX_PULSES_PER_PATCH) this.#pulses.push({ node, tool, kind });
	}

	/** Hands out what happened, parents before children, and starts anew. */
	take(): { nodes: GraphNode[]; removes: string[]; pulses: Pulse[] } {
		const nodes: GraphNode[] = [];
		const write = (node: GraphNode): void => {
			if (!node.isDirty && node.isTold) return;
			node.isDirty = false;
			const parent = parentOf(node);
			if (parent !== null) write(parent);
			node.isTold = true;
			nodes.push(node);
		};
		for (const node of this.#dirty) {
			if (node.isPast && !node.isAlive && !node.isTold) node.isDirty = false;
			else if (node.isDirty) write(node);
		}
		const pulses = this.#pulses.map(({ node, tool, kind }) => ({
			key: node.shownBy.key,
			tool,
			kind,
		}));
		const taken = { nodes, removes: this.#removed, pulses };
		this.#dirty = [];
		this.#removed = [];
		this.#pulses = [];
		return taken;
	}
}
