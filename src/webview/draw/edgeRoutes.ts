import { BEND, isSession, type SceneNode } from "../scene/sceneNode.ts";
import { BoxGrid } from "./labels/boxGrid.ts";
import { labelBoxOf } from "./labels/labels.ts";
import type { Painter } from "./painter.ts";

/** Bends that an edge tries, as shares of its usual one, until it runs through nothing. */
const TRIES = [1, -1, 0.1, 1.6, -1.6, 2.2, -2.2];
/** Distance between two points that are looked at along an edge, px. */
const STEP = 7;
/** Time constant in which an edge bends, ms. */
const BEND_MS = 90;
const ARRIVED = 0.004;

/** How edges run once the picture is at rest: past labels and discs, or else below them. */
export class EdgeRoutes {
	readonly #grid = new BoxGrid();
	/** Tells one state of nodes and labels from another. */
	#sum = Number.NaN;
	#isMoving = false;
	/** Looks for the ways of one edge after the other; null once all have theirs. */
	#planning: Generator<undefined, void, undefined> | null = null;
	/** Discs on the grid are numbered after labels, both in this order. */
	#nodes: readonly SceneNode[] = [];

	get isMoving(): boolean {
		return this.#isMoving;
	}

	/** Some edges have still to find their ways: `planSome` goes on with that. */
	get isPlanning(): boolean {
		return this.#planning !== null;
	}

	/** Finds the way of every edge in view, where nodes or labels are elsewhere than before. */
	plan({ nodes, moves }: Painter): void {
		if (!this.#hasChanged(nodes)) return;
		this.#isMoving = false;
		this.#planning = this.#planAll(moves);
	}

	/** Goes on for so many ms, or one edge long. */
	planSome(ms: number): void {
		const until = performance.now() + ms;
		do {
			if (this.#planning?.next().done) this.#planning = null;
		} while (this.#planning !== null && performance.now() < until);
	}

	*#planAll(moves: boolean): Generator<undefined, void, undefined> {
		const nodes = this.#nodes;
		const crossed = new Set<number>();
		for (const node of nodes) {
			if (node.parent === null) continue;
			node.bendGoal = this.#bestBend(node, node.parent, crossed);
			yield;
			if (node.bend === node.bendGoal) continue;
			if (moves) this.#isMoving = true;
			else node.bend = node.bendGoal;
		}
		nodes.forEach((node, index) => {
			node.isLabelCrossed = crossed.has(index);
		});
	}

	/** Whether nodes or labels are elsewhere than last time; if so, takes note of where they are. */
	#hasChanged(nodes: readonly SceneNode[]): boolean {
		let sum = nodes.length;
		for (const { screenX, screenY, lines, labelReach, labelShift } of nodes) {
			const label = lines * 3 + labelReach + labelShift * 5;
			sum = (sum * 31 + screenX * 7 + screenY * 13 + label) % 1_000_000_007;
		}
		if (sum === this.#sum) return false;
		this.#sum = sum;
		this.#grid.clear();
		nodes.forEach((node, index) => {
			const box = labelBoxOf(node);
			if (box !== null) this.#grid.add(box, index);
		});
		nodes.forEach((node, index) => {
			const { screenX: x, screenY: y, restRadius: radius } = node;
			const disc = { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
			this.#grid.add(disc, nodes.length + index);
		});
		this.#nodes = [...nodes];
		return true;
	}

	/** One step of the edges that move, `elapsed` ms after the last. */
	step(nodes: Iterable<SceneNode>, elapsed: number): void {
		if (!this.#isMoving) return;
		this.#isMoving = false;
		const share = 1 - Math.exp(-Math.min(64, elapsed) / BEND_MS);
		for (const node of nodes) {
			if (node.bend === node.bendGoal) continue;
			node.bend += (node.bendGoal - node.bend) * share;
			if (Math.abs(node.bendGoal - node.bend) < ARRIVED) node.bend = node.bendGoal;
			else this.#isMoving = true;
		}
	}

	/** The first bend that runs through nothing; else that which does so for the shortest way. */
	#bestBend(node: SceneNode, parent: SceneNode, crossed: Set<number>): number {
		// An edge that is right as it is does not move because another way is free now as well.
		let best = node.bendGoal;
		let least = this.#hits(node, parent, best, Number.POSITIVE_INFINITY);
		for (const share of TRIES) {
			if (least === 0) return best;
			const hits = this.#hits(node, parent, BEND * share, least);
			if (hits >= least) continue;
			least = hits;
			best = BEND * share;
		}
		if (least > 0) this.#hits(node, parent, best, Number.POSITIVE_INFINITY, crossed);
		return best;
	}

	/**
	 * Points of an edge that lie on a label or a disc; counts no further than `most`.
	 *
	 * @param crossed takes the numbers of the nodes whose labels they are
	 */
	#hits(
		node: SceneNode,
		parent: SceneNode,
		bend: number,
		most: number,
		crossed?: Set<number>,
	): number {
		const dx = node.screenX - parent.screenX;
		const dy = node.screenY - parent.screenY;
		const length = Math.hypot(dx, dy);
		const steps = Math.ceil(length / STEP);
		// Both ends lie on discs.
		const first = Math.ceil((parent.restRadius * (isSession(parent) ? 1.3 : 1)) / STEP);
		const last = steps - Math.ceil(node.restRadius / STEP);
		let hits = 0;
		for (let i = Math.max(1, first); i <= last && hits < most; i++) {
			const share = i / steps;
			// A quadratic curve leaves the straight line by this much of its control point's distance.
			const aside = 2 * share * (1 - share) * bend;
			const x = parent.screenX + dx * share - dy * aside;
			const owner = this.#grid.at(x, parent.screenY + dy * share + dx * aside);
			if (owner < 0) continue;
			const disc = this.#nodes[owner - this.#nodes.length];
			if (disc === node || disc === parent) continue;
			hits++;
			if (disc === undefined) crossed?.add(owner);
		}
		return hits;
	}
}
