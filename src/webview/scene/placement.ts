import type { Occupancy } from "./occupancy.ts";
import { hashText, seededRandom } from "./random.ts";
import { bendOf } from "./sceneNode.ts";

/** What a newcomer looks for a place among. */
export interface PlacementRequest {
	readonly key: string;
	readonly parent: { readonly x: number; readonly y: number };
	/** Direction away from the grandparent, in radians; null around a session. */
	readonly outward: number | null;
	/** Directions in which the parent has children already, in radians. */
	readonly taken: readonly number[];
	readonly room: { readonly halfWidth: number; readonly above: number; readonly below: number };
	/** Radius of the first ring and distance between rings. */
	readonly firstRing: number;
	readonly ringGap: number;
	/** Width over height of the picture: rings are ellipses that fill it. */
	readonly aspect: number;
}

const MAX_RINGS = 48;
/** Costs are in units of a fully covered box. This one is that of 100 px further out. */
const DISTANCE_COST = 0.3;
const OVERLAP_COST = 4;
const CROSSING_COST = 0.5;
const OUTWARD_COST = 0.55;
const CLOSENESS_COST = 0.5;
/** Straight below a parent an edge runs through its label, straight above through its own. */
const BELOW_COST = 0.45;
const ABOVE_COST = 0.15;

/**
 * The cheapest free place on rings around the parent: near, clear of others, away from siblings,
 * outwards, its edge not running through other nodes. Nobody else has to move for it. The same
 * request gives the same place in every window.
 */
export function findPlace(
	request: PlacementRequest,
	occupancy: Occupancy,
): { x: number; y: number } {
	const random = seededRandom(hashText(request.key));
	let best = { x: request.parent.x, y: request.parent.y, cost: Number.POSITIVE_INFINITY };
	const ringCost = (DISTANCE_COST * request.ringGap) / 100;
	for (let ring = 0; ring < MAX_RINGS && best.cost > ring * ringCost; ring++) {
		const radius = request.firstRing + ring * request.ringGap;
		const count = Math.max(16, Math.round((2 * Math.PI * radius) / 42));
		const turn = random() * 2 * Math.PI;
		for (let i = 0; i < count; i++) {
			const angle = turn + (i / count) * 2 * Math.PI;
			const place = placeOn(request, radius * (0.94 + 0.16 * random()), angle);
			const cost = ring * ringCost + costOf(request, place, angle, occupancy);
			if (cost < best.cost) best = { ...place, cost };
		}
	}
	return { x: best.x, y: best.y };
}

function placeOn(request: PlacementRequest, radius: number, angle: number) {
	const stretch = Math.sqrt(request.aspect);
	return {
		x: request.parent.x + Math.cos(angle) * radius * stretch,
		y: request.parent.y + (Math.sin(angle) * radius) / stretch,
	};
}

function costOf(
	request: PlacementRequest,
	place: { x: number; y: number },
	angle: number,
	occupancy: Occupancy,
): number {
	const { parent, outward } = request;
	const { x, y } = place;
	let cost = OVERLAP_COST * occupancy.overlap({ x, y, ...request.room });
	cost += CROSSING_COST * occupancy.crossings(parent.x, parent.y, x, y, bendOf(request.key));
	cost += BELOW_COST * steepness(Math.sin(angle)) + ABOVE_COST * steepness(-Math.sin(angle));
	if (outward !== null) cost += OUTWARD_COST * (1 - Math.cos(angle - outward));
	let nearest = Math.PI;
	for (const other of request.taken) nearest = Math.min(nearest, angleBetween(angle, other));
	return cost + CLOSENESS_COST * Math.exp(-nearest / 0.5);
}

/** 0 up to some 50 degrees from the horizontal, then rising to 1 at the vertical. */
function steepness(sine: number): number {
	return Math.max(0, (sine - 0.77) / 0.23);
}

function angleBetween(a: number, b: number): number {
	const turn = Math.abs(a - b) % (2 * Math.PI);
	return turn > Math.PI ? 2 * Math.PI - turn : turn;
}
