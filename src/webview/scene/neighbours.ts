import type { SceneNode } from "./sceneNode.ts";

/** Where an arrow key leads. */
export type Direction = "left" | "right" | "up" | "down";

const VECTORS: Record<Direction, readonly [x: number, y: number]> = {
	left: [-1, 0],
	right: [1, 0],
	up: [0, -1],
	down: [0, 1],
};
/** How much worse a step aside is than one ahead. */
const ASIDE = 2;

/** The nearest node in a direction, one straight ahead before one aside; null at the rim. */
export function neighbourOf(
	from: SceneNode,
	nodes: Iterable<SceneNode>,
	direction: Direction,
): SceneNode | null {
	const [ux, uy] = VECTORS[direction];
	let best: SceneNode | null = null;
	let least = Number.POSITIVE_INFINITY;
	for (const node of nodes) {
		const dx = node.x - from.x;
		const dy = node.y - from.y;
		const ahead = dx * ux + dy * uy;
		const aside = Math.abs(dx * uy - dy * ux);
		// Within a right angle around the direction, so that every node is in one of four.
		if (node === from || ahead <= 0 || aside > ahead) continue;
		const cost = ahead + ASIDE * aside;
		if (cost >= least) continue;
		least = cost;
		best = node;
	}
	return best;
}

/** Where the keyboard starts: the first session, else the first node. */
export function firstOf(nodes: Iterable<SceneNode>): SceneNode | null {
	let first: SceneNode | null = null;
	for (const node of nodes) {
		if (node.parent === null) return node;
		first ??= node;
	}
	return first;
}
