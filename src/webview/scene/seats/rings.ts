import { mix } from "../curves.ts";
import type { Footprint } from "./occupancy.ts";

/** Rings around a parent: ellipses of one shape. World units; angles in radians, clockwise. */
export interface RingShape {
	/** Radius of the innermost ring, and the distance between two. */
	readonly first: number;
	readonly gap: number;
	/** Horizontal radius over the mean one. */
	readonly stretch: number;
	/** Direction of the middle of where children may stand. */
	readonly middle: number;
	/** How far from it they may stand, either way. */
	readonly reach: number;
	/** The innermost ring alone is bound to that reach; others go all around. */
	readonly isOpen: boolean;
}

/** What rings are to look like. */
export interface RingStyle {
	/** 0: room for every label; 1: for the discs alone. */
	readonly tightness: number;
	/** Width over height of the picture. */
	readonly aspect: number;
}

/** A place told by its direction on the unit ring and by the ring's radius. */
export interface Polar {
	readonly angle: number;
	readonly radius: number;
}

const TURN = 2 * Math.PI;

/** Straight below a session is its label; half of the angle that its first ring leaves free. */
const LABEL_ANGLE = 0.5;

/** @param outward direction away from the parent's own parent; null around a session */
export function ringsAround(outward: number | null, { tightness, aspect }: RingStyle): RingShape {
	const gap = mix(96, 38, tightness);
	return outward === null
		? {
				first: mix(170, 100, tightness),
				gap,
				stretch: Math.sqrt(aspect),
				middle: -Math.PI / 2,
				reach: Math.PI - LABEL_ANGLE,
				isOpen: true,
			}
		: {
				first: mix(118, 56, tightness),
				gap,
				stretch: 1.12,
				middle: outward,
				reach: 1.9,
				isOpen: false,
			};
}

export function radiusOfRing({ first, gap }: RingShape, ring: number): number {
	return first + ring * gap;
}

/** The ring that a place is on or next to. */
export function ringAt({ first, gap }: RingShape, radius: number): number {
	return Math.max(0, Math.round((radius - first) / gap));
}

export function pointAt(shape: RingShape, { angle, radius }: Polar): { x: number; y: number } {
	const { stretch } = shape;
	return { x: Math.cos(angle) * radius * stretch, y: (Math.sin(angle) * radius) / stretch };
}

export function polarOf({ stretch }: RingShape, x: number, y: number): Polar {
	return {
		angle: Math.atan2(y * stretch, x / stretch),
		radius: Math.hypot(x / stretch, y * stretch),
	};
}

/** Clockwise turn from one direction to another, in [0, 2 pi). */
export function turnBetween(from: number, to: number): number {
	return (((to - from) % TURN) + TURN) % TURN;
}

/** Turn by which boxes of that room have to differ on a ring so that they stand side by side. */
export function turnOf(shape: RingShape, { angle, radius }: Polar, room: Footprint): number {
	const sideways = Math.abs(Math.sin(angle)) * radius * shape.stretch;
	const upright = (Math.abs(Math.cos(angle)) * radius) / shape.stretch;
	return Math.min((2 * room.halfWidth) / sideways, (room.above + room.below) / upright, TURN);
}

/** The turn that children may stand in on a ring. */
export function spanOf({ reach, isOpen }: RingShape, ring: number): number {
	return isOpen && ring > 0 ? TURN : 2 * reach;
}

/** Whether a child on a ring may stand in that direction. */
export function isInReach(shape: RingShape, ring: number, angle: number): boolean {
	const aside = Math.abs(turnBetween(shape.middle, angle + Math.PI) - Math.PI);
	return aside <= spanOf(shape, ring) / 2 + 1e-9;
}
