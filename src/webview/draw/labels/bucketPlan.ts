import type { Bucket } from "../../scene/sceneNode.ts";
import { type BoxGrid, isWithin, type ScreenBox } from "./boxGrid.ts";

/** Radius of a bucket's dot, px. */
export const DOT_RADIUS = 3.5;
/** From the dot's middle to its text, px. */
export const TEXT_GAP = 8;
/** From the disc to the middle of a dot, px, where its rings have room. */
const DISTANCE = 17;
const HALF_HEIGHT = 7;
/** Where a dot may be around its node, degrees clockwise from the right; beside before above. */
const ANGLES = [0, 180, -34, 214, 34, 146, -66, 246, -90, 60, 120];

/** What a bucket asks for. */
interface BucketWish extends Pick<Bucket, "tool" | "text" | "hasFailed" | "width"> {
	/** Where it was, so that it stays there; -1 at first. */
	readonly slot: number;
}

/** A node with its buckets; px on the screen. */
interface BucketNode {
	readonly x: number;
	readonly y: number;
	/** Of the disc with its rim. */
	readonly radius: number;
	/** Its parent is to the right of it: the side away from the edge comes first. */
	readonly isLeft: boolean;
	readonly wishes: readonly BucketWish[];
}

/**
 * Places for a node's buckets where they cover nothing and are cut by no edge of the picture; those
 * without any are left out.
 *
 * @param grid what is there already; the buckets are added to it
 * @param frame the part of the picture that nothing lies over
 */
export function placeBuckets(node: BucketNode, grid: BoxGrid, frame: ScreenBox): Bucket[] {
	const taken = new Set(node.wishes.map(({ slot }) => slot));
	const buckets: Bucket[] = [];
	for (const wish of node.wishes) {
		const free = [...ANGLES.keys()].filter((slot) => slot === wish.slot || !taken.has(slot));
		const slots = wish.slot < 0 ? free : [wish.slot, ...free];
		for (const slot of slots) {
			const [dx, dy] = offsetOf(slot, node);
			const box = boxOf(node, dx, dy, wish.width);
			if (!isWithin(box, frame) || !grid.isFree(box)) continue;
			grid.add(box);
			taken.add(slot);
			buckets.push({ ...wish, slot, dx, dy });
			break;
		}
	}
	return buckets;
}

function offsetOf(slot: number, { radius, isLeft }: BucketNode): [dx: number, dy: number] {
	const angle = ((ANGLES[slot] ?? 0) * Math.PI) / 180;
	const distance = radius + DISTANCE;
	return [Math.cos(angle) * distance * (isLeft ? -1 : 1), Math.sin(angle) * distance];
}

function boxOf(node: BucketNode, dx: number, dy: number, width: number): ScreenBox {
	const x = node.x + dx;
	const y = node.y + dy;
	const reach = TEXT_GAP + width + 2;
	const isRight = isTextRight(dx);
	return {
		left: isRight ? x - DOT_RADIUS - 1 : x - reach,
		right: isRight ? x + reach : x + DOT_RADIUS + 1,
		top: y - HALF_HEIGHT,
		bottom: y + HALF_HEIGHT,
	};
}

/** On which side of its dot the text is: the one that is away from the node. */
export function isTextRight(dx: number): boolean {
	return dx >= -0.5;
}
