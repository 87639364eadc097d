import type { Counters, GraphPatch, GraphSnapshot, NodeView } from "./view.ts";

/** Counters of a graph that has seen nothing. */
export const EMPTY_COUNTERS: Counters = {
	alive: 0,
	waiting: 0,
	spawned: 0,
	toolCalls: 0,
	failedCalls: 0,
	done: 0,
	failed: 0,
	lost: 0,
	tokens: null,
	costUsd: null,
	isCostPartial: false,
	lastEventAt: null,
};

/** Keys a snapshot or patch touched, so that whoever draws does no more than that. */
export interface MirrorChange {
	readonly added: readonly string[];
	readonly changed: readonly string[];
	readonly removed: readonly string[];
}

/**
 * A copy of the live graph kept on the other side of a message channel by snapshots and patches.
 * The same class serves the page, the tree and the tests that compare both sides.
 */
export class GraphMirror {
	readonly nodes = new Map<string, NodeView>();
	counters: Counters = EMPTY_COUNTERS;

	/** Replaces everything; nodes that the snapshot repeats are reported as changed, not as new. */
	reset(snapshot: GraphSnapshot): MirrorChange {
		const before = new Set(this.nodes.keys());
		this.nodes.clear();
		const added: string[] = [];
		const changed: string[] = [];
		for (const node of snapshot.nodes) {
			this.nodes.set(node.key, node);
			(before.delete(node.key) ? changed : added).push(node.key);
		}
		this.counters = snapshot.counters;
		return { added, changed, removed: [...before] };
	}

	apply(patch: GraphPatch): MirrorChange {
		const removed = patch.removes.filter((key) => this.nodes.delete(key));
		const added: string[] = [];
		const changed: string[] = [];
		for (const node of patch.upserts) {
			(this.nodes.has(node.key) ? changed : added).push(node.key);
			this.nodes.set(node.key, node);
		}
		this.counters = patch.counters;
		return { added, changed, removed };
	}
}
