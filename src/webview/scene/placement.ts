import type { Occupancy } from "./occupancy.ts";
import { hashText, seededRandom } from "./random.ts";
import { bendOf } from "./sceneNode.ts";

/** What a newcomer looks for a place among. */
interface PlacementRequest {
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
	const { parent } = request;
	const best = { x: parent.x, y: parent.y, cost: Number.POSITIVE_INFINITY };
	const directions = request.taken.toSorted((a, b) => a - b);
	const search: Search = { request, occupancy, directions, best };
	const random = seededRandom(hashText(request.key));
	const ringCost = (DISTANCE_COST * request.ringGap) / 100;
	for (let ring = 0; ring < MAX_RINGS && best.cost > ring * ringCost; ring++) {
		searchRing(search, ring, ring * ringCost, random);
	}
	return { x: best.x, y: best.y };
}

interface Point {
	readonly x: number;
	readonly y: number;
}

interface Search {
	readonly request: PlacementRequest;
	readonly occupancy: Occupancy;
	/** Directions of the siblings, sorted. */
	readonly directions: readonly number[];
	readonly best: { x: number; y: number; cost: number };
}

function searchRing(search: Search, ring: number, ringCost: number, random: () => number): void {
	const { request, best } = search;
	const radius = request.firstRing + ring * request.ringGap;
	const count = Math.max(16, Math.round((2 * Math.PI * radius) / 42));
	const turn = random() * 2 * Math.PI;
	for (let i = 0; i < count; i++) {
		const angle = turn + (i / count) * 2 * Math.PI;
		const place = placeOn(request, radius * (0.94 + 0.16 * random()), angle);
		const cost = costOf(search, ringCost, place, angle);
		if (cost < best.cost) Object.assign(best, place, { cost });
	}
}

function placeOn(request: PlacementRequest, radius: number, angle: number) {
	const stretch = Math.sqrt(request.aspect);
	return {
		x: request.parent.x + Math.cos(angle) * radius * stretch,
		y: request.parent.y + (Math.sin(angle) * radius) / stretch,
	};
}

/** Cost of a place; sums up no further once it is dearer than the best found. */
function costOf(search: Search, ringCost: number, place: Point, angle: number): number {
	const { request, occupancy, best } = search;
	const { x, y } = place;
	let cost = ringCost;
	cost += BELOW_COST * steepness(Math.sin(angle)) + ABOVE_COST * steepness(-Math.sin(angle));
	if (request.outward !== null) cost += OUTWARD_COST * (1 - Math.cos(angle - request.outward));
	if (cost >= best.cost) return cost;
	cost += OVERLAP_COST * occupancy.overlap({ x, y, ...request.room });
	if (cost >= best.cost) return cost;
	cost += CLOSENESS_COST * Math.exp(-angleToNearest(search.directions, angle) / 0.5);
	if (cost >= best.cost) return cost;
	const { parent, key } = request;
	return cost + CROSSING_COST * occupancy.crossings(parent.x, parent.y, x, y, bendOf(key));
}

/** Angle to the nearest of the sorted directions, all in (-pi, pi]. */
function angleToNearest(directions: readonly number[], angle: number): number {
	const count = directions.length;
	if (count === 0) return Math.PI;
	const turned = Math.atan2(Math.sin(angle), Math.cos(angle));
	let low = 0;
	let high = count;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((directions[middle] ?? 0) < turned) low = middle + 1;
		else high = middle;
	}
	const after = directions[low % count] ?? 0;
	const before = directions[(low + count - 1) % count] ?? 0;
	return Math.min(angleBetween(turned, after), angleBetween(turned, before));
}

/** 0 up to some 50 degrees from the horizontal, then rising to 1 at the vertical. */
function steepness(sine: number): number {
	return Math.max(0, (sine - 0.77) / 0.23);
}

function angleBetween(a: number, b: number): number {
	const turn = Math.abs(a - b) % (2 * Math.PI);
	return turn > Math.PI ? 2 * Math.PI - turn : turn;
}
