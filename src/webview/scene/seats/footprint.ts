import { mix } from "../curves.ts";
import { isSession, radiusOf, type SceneNode } from "../sceneNode.ts";
import type { Footprint } from "./occupancy.ts";

/** Widths of a node's title and of its second line in px. */
export interface LabelSize {
	readonly title: number;
	readonly subtitle: number;
}

/** Footprint that the chip of a wait asks for above its node, px. */
const WAIT_CHIP = { halfWidth: 78, above: 36 };
/** Between a disc and its label, and height of the label, px. */
const ONE_LINE = 26;
const TWO_LINES = 42;
/** Above a disc, for its rings and the chip of a neighbour, px. */
const ABOVE = 22;

/**
 * Footprint that a node asks for around its centre, in world units.
 *
 * @param tightness 0: with its label; 1: its disc alone
 */
export function footprintOf(node: SceneNode, label: LabelSize, tightness: number): Footprint {
	const radius = radiusOf(node);
	if (node.isGhost) return ghostRoom(radius, tightness);
	const wide = Math.max(label.title, label.subtitle) / 2 + 8;
	if (isSession(node)) return sessionRoom(radius + 8, wide, tightness);
	// Discs shrink slower than distances, so that large ones need more between them.
	const tight = radius * 1.2 + 6;
	const room = {
		halfWidth: Math.max(tight, mix(wide, tight, Math.min(1, tightness * 1.6))),
		above: mix(radius + ABOVE, tight, tightness),
		below: mix(radius + (label.subtitle > 0 ? TWO_LINES : ONE_LINE), tight, tightness),
	};
	return node.view.waiting === null ? room : withChip(room, radius);
}

/** What is over asks for little: its name may give way in any crowd. */
function ghostRoom(radius: number, tightness: number): Footprint {
	return {
		halfWidth: radius + mix(14, 4, tightness),
		above: radius + 4,
		below: radius + mix(18, 4, tightness),
	};
}

/** Its label is to be read in every crowd, also from further away. */
function sessionRoom(radius: number, wide: number, tightness: number): Footprint {
	return {
		halfWidth: Math.max(radius + 7, wide * mix(1, 2.2, tightness)),
		above: radius + ABOVE,
		below: radius + mix(TWO_LINES, 130, tightness),
	};
}

/** The chip of a wait is to be read in every crowd. */
function withChip({ halfWidth, below }: Footprint, radius: number): Footprint {
	return {
		halfWidth: Math.max(halfWidth, WAIT_CHIP.halfWidth),
		above: radius + WAIT_CHIP.above,
		below,
	};
}
