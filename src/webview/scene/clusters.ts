import type { SceneNode } from "./sceneNode.ts";

/** Free space kept between two clusters, in world units. */
const MARGIN = 36;
/** A lone session asks for the room of a first ring, so that its agents find it free. */
const LEAST_REACH = 120;

/** Turns that never line up: the steps of a sunflower. */
const SPIRAL_STEPS = 4000;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

interface Extent {
	readonly session: SceneNode;
	left: number;
	right: number;
	top: number;
	bottom: number;
}

/** Resting place of a node from the origin. */
export function restingPlace(node: SceneNode): { x: number; y: number } {
	let x = 0;
	let y = 0;
	for (let at: SceneNode | null = node; at !== null; at = at.parent) {
		x += at.restX;
		y += at.restY;
	}
	return { x, y };
}

export function rootOf(node: SceneNode): SceneNode {
	let at = node;
	while (at.parent !== null) at = at.parent;
	return at;
}

/**
 * Moves the resting places of whole clusters until none overlaps another. Those earlier in the
 * list keep their place; a later one gives way along the shorter side.
 */
export function separateClusters(nodes: readonly SceneNode[]): void {
	const extents = extentsOf(nodes);
	for (let round = 0; round < 12; round++) {
		let hasMoved = false;
		for (let j = 1; j < extents.length; j++) {
			for (let i = 0; i < j; i++) {
				hasMoved = giveWay(extents[i] as Extent, extents[j] as Extent) || hasMoved;
			}
		}
		if (!hasMoved) return;
	}
}

/**
 * Finds a place for each cluster whose session has none: where it has room, and where the picture
 * as a whole stays as small as it can in a panel of that aspect. The others stay where they are.
 */
export function packClusters(
	nodes: readonly SceneNode[],
	hasPlace: (session: SceneNode) => boolean,
	aspect: number,
): void {
	const extents = extentsOf(nodes);
	const isLoose = ({ session }: Extent): boolean => !hasPlace(session);
	const fixed = extents.filter((extent) => !isLoose(extent));
	for (const extent of extents.filter(isLoose)) {
		pack(extent, fixed, aspect);
		fixed.push(extent);
	}
}

function pack(extent: Extent, fixed: readonly Extent[], aspect: number): void {
	const { session } = extent;
	const stretch = Math.sqrt(aspect);
	let best = { x: session.restX, y: session.restY, size: Number.POSITIVE_INFINITY };
	for (let step = 0; step < SPIRAL_STEPS; step++) {
		const angle = step * GOLDEN_ANGLE;
		const radius = 30 * Math.sqrt(step);
		const x = Math.cos(angle) * radius * stretch;
		const y = (Math.sin(angle) * radius) / stretch;
		shift(extent, x - session.restX, y - session.restY);
		if (fixed.some((other) => overlaps(other, extent))) continue;
		// Nearer the middle wins among places that are as good.
		const size = sizeOf([...fixed, extent], aspect) + radius / 10;
		if (size < best.size) best = { x, y, size };
		// The spiral only leads further away from here.
		if (fixed.length === 0 || radius > best.size) break;
	}
	shift(extent, best.x - session.restX, best.y - session.restY);
}

/** Height of the smallest box of that aspect that holds everything. */
function sizeOf(extents: readonly Extent[], aspect: number): number {
	const left = Math.min(...extents.map((extent) => extent.left));
	const right = Math.max(...extents.map((extent) => extent.right));
	const top = Math.min(...extents.map((extent) => extent.top));
	const bottom = Math.max(...extents.map((extent) => extent.bottom));
	return Math.max((right - left) / aspect, bottom - top);
}

function overlaps(a: Extent, b: Extent): boolean {
	return (
		a.left < b.right + MARGIN &&
		a.right > b.left - MARGIN &&
		a.top < b.bottom + MARGIN &&
		a.bottom > b.top - MARGIN
	);
}

function extentsOf(nodes: readonly SceneNode[]): Extent[] {
	const extents = new Map<SceneNode, Extent>();
	for (const node of nodes) {
		const root = rootOf(node);
		const { x, y } = restingPlace(node);
		const reach = node === root ? LEAST_REACH : 0;
		const extent = extents.get(root) ?? newExtent(root);
		extents.set(root, extent);
		extent.left = Math.min(extent.left, x - Math.max(reach, node.halfWidth));
		extent.right = Math.max(extent.right, x + Math.max(reach, node.halfWidth));
		extent.top = Math.min(extent.top, y - Math.max(reach, node.above));
		extent.bottom = Math.max(extent.bottom, y + Math.max(reach, node.below));
	}
	return [...extents.values()];
}

function newExtent(session: SceneNode): Extent {
	const far = Number.POSITIVE_INFINITY;
	return { session, left: far, right: -far, top: far, bottom: -far };
}

function giveWay(fixed: Extent, mover: Extent): boolean {
	const width = Math.min(fixed.right, mover.right) - Math.max(fixed.left, mover.left) + MARGIN;
	const height = Math.min(fixed.bottom, mover.bottom) - Math.max(fixed.top, mover.top) + MARGIN;
	if (width <= 0.5 || height <= 0.5) return false;
	if (width < height) shift(mover, mover.session.restX >= fixed.session.restX ? width : -width, 0);
	else shift(mover, 0, mover.session.restY >= fixed.session.restY ? height : -height);
	return true;
}

function shift(extent: Extent, dx: number, dy: number): void {
	extent.session.restX += dx;
	extent.session.restY += dy;
	extent.left += dx;
	extent.right += dx;
	extent.top += dy;
	extent.bottom += dy;
}
