import { isSession, type SceneNode } from "./sceneNode.ts";

/** A force in d3-force's sense over scene nodes. */
interface SceneForce {
	(alpha: number): void;
	initialize(nodes: SceneNode[]): void;
}

/**
 * Pulls every node to its resting place beside its parent. As that place is told from the parent,
 * a branch follows whoever carries it.
 */
export function restForce(): SceneForce {
	let nodes: SceneNode[] = [];
	const force = (alpha: number): void => {
		const pull = Math.min(1, 0.6 * alpha);
		for (const node of nodes) {
			node.vx += ((node.parent?.x ?? 0) + node.restX - node.x) * pull;
			node.vy += ((node.parent?.y ?? 0) + node.restY - node.y) * pull;
		}
	};
	return Object.assign(force, {
		initialize: (given: SceneNode[]) => {
			nodes = given;
		},
	});
}

/** Pushes nodes apart whose boxes overlap, labels included, along the shorter way out. */
export function roomForce(): SceneForce {
	let sorted: SceneNode[] = [];
	let widest = 0;
	const force = (): void => {
		sortByX(sorted);
		for (let i = 0; i < sorted.length; i++) {
			const a = sorted[i] as SceneNode;
			if (!isSettled(a)) continue;
			for (let j = i + 1; j < sorted.length; j++) {
				const b = sorted[j] as SceneNode;
				if (b.x - a.x > a.halfWidth + widest) break;
				if (isSettled(b)) pushApart(a, b);
			}
		}
	};
	return Object.assign(force, {
		initialize: (given: SceneNode[]) => {
			sorted = [...given];
			widest = given.reduce((width, node) => Math.max(width, node.halfWidth), 0);
		},
	});
}

function isSettled({ isHeld, isArriving }: SceneNode): boolean {
	return !isHeld && !isArriving;
}

/** Insertion sort: from one tick to the next the order hardly changes. */
function sortByX(nodes: SceneNode[]): void {
	for (let i = 1; i < nodes.length; i++) {
		const node = nodes[i] as SceneNode;
		let j = i - 1;
		while (j >= 0 && (nodes[j] as SceneNode).x > node.x) {
			nodes[j + 1] = nodes[j] as SceneNode;
			j--;
		}
		nodes[j + 1] = node;
	}
}

/** Share of an overlap that is undone in one tick. */
const STIFFNESS = 0.35;

function pushApart(a: SceneNode, b: SceneNode): void {
	const width = a.halfWidth + b.halfWidth - Math.abs(b.x - a.x);
	if (width <= 0) return;
	const isBelow = b.y >= a.y;
	const height = isBelow ? a.y + a.below - (b.y - b.above) : b.y + b.below - (a.y - a.above);
	if (height <= 0) return;
	const shareOfA = shareOf(a, b);
	if (width < height) {
		const push = (b.x >= a.x ? width : -width) * STIFFNESS;
		a.vx -= push * shareOfA;
		b.vx += push * (1 - shareOfA);
	} else {
		const push = (isBelow ? height : -height) * STIFFNESS;
		a.vy -= push * shareOfA;
		b.vy += push * (1 - shareOfA);
	}
}

/**
 * How much of a push the first of two nodes takes. A session is the fixed point of its cluster, and
 * what is over gives way to what lives: the other one moves alone.
 */
function shareOf(a: SceneNode, b: SceneNode): number {
	const weight = (node: SceneNode): number => (isSession(node) ? 2 : node.isGhost ? 0 : 1);
	const difference = weight(a) - weight(b);
	return difference === 0 && !isSession(a) ? 0.5 : difference > 0 || isSession(a) ? 0 : 1;
}
