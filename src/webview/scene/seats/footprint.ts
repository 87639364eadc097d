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
 * @param measure asked only where the label has a say: to measure all of a crowd takes long
 * @param tightness 0: with its label; 1: its disc alone
 */
export function footprintOf(
	node: SceneNode,
	measure: (node: SceneNode) => LabelSize,
	tightness: number,
): Footprint {
	const radius = radiusOf(node);
	if (node.isGhost) return ghostRoom(radius, tightness);
	if (isSession(node)) return sessionRoom(radius + 8, halfWidthOf(measure(node)), tightness);
	const disc = discRoom(radius);
	const room = tightness === 1 ? disc : withLabel(disc, radius, measure(node), tightness);
	return node.view.waiting === null ? room : withChip(room, radius);
}

function halfWidthOf({ title, subtitle }: LabelSize): number {
	return Math.max(title, subtitle) / 2 + 8;
}

/** Discs shrink slower than distances, so that large ones need more between them. */
function discRoom(radius: number): Footprint {
	const tight = radius * 1.2 + 6;
	return { halfWidth: tight, above: tight, below: tight };
}

function withLabel(
	disc: Footprint,
	radius: number,
	label: LabelSize,
	tightness: number,
): Footprint {
	const wide = mix(halfWidthOf(label), disc.halfWidth, Math.min(1, tightness * 1.6));
	const lines = label.subtitle > 0 ? TWO_LINES : ONE_LINE;
	return {
		halfWidth: Math.max(disc.halfWidth, wide),
		above: mix(radius + ABOVE, disc.above, tightness),
		below: mix(radius + lines, disc.below, tightness),
	};
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
