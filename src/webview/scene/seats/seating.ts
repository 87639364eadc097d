import { BEND } from "../sceneNode.ts";
import { type Box, type Footprint, Occupancy } from "./occupancy.ts";
import { type Gathering, slotsOn } from "./ringSlots.ts";
import {
	type Polar,
	pointAt,
	type RingShape,
	type RingStyle,
	radiusOfRing,
	ringsAround,
} from "./rings.ts";
import { Standing } from "./standing.ts";

/** Whoever is to be given a place, or has one beside its parent. */
interface Sitter extends Footprint {
	readonly key: string;
	readonly isGhost: boolean;
	/** From the parent's place. */
	restX: number;
	restY: number;
}

/** A newcomer with the newcomers below it, each in order of launch. */
export interface Branch<Node extends Sitter = Sitter> {
	readonly node: Node;
	readonly children: readonly Branch<Node>[];
}

/** The one that newcomers gather around. */
interface Host {
	/** In the coordinates of the occupancy. */
	readonly x: number;
	readonly y: number;
	/** Direction away from the grandparent, in radians; null around a session. */
	readonly outward: number | null;
}

/** A newcomer and all below it, whose places are told from its own. */
interface Family {
	readonly boxes: readonly Box[];
	/** Of those below it, each from its parent's place. */
	readonly seats: readonly { readonly node: Sitter; readonly x: number; readonly y: number }[];
}

/** A place for a newcomer, from its host's. */
interface Spot {
	readonly x: number;
	readonly y: number;
	readonly cost: number;
	readonly family: Family;
}

/** Cost of 100 px further out. */
const DISTANCE_COST = 1;
/** Of a node that the edge runs through. */
const CROSSING_COST = 0.4;
/** In a crowd no edge is free of them, and a longer count tells nothing. */
const MOST_CROSSINGS = 3;
const MAX_RINGS = 80;
/** Places that all newcomers together may try to no avail once they have one, and each at least. */
const VAIN_TRIES = { all: 120_000, each: 100 };
/** SeatingSteps in which a place is looked for between two rings, px. */
const SLIDE = 8;
/** Directions that families are laid out in. */
const DIRECTIONS = 24;

/** Work that goes on for as long as it is asked to: a step is a fraction of a millisecond. */
export type SeatingSteps<Result = void> = Generator<undefined, Result, undefined>;

/** Finds places for newcomers around their parents, among all who have one, step by step. */
export class Seating {
	readonly #style: RingStyle;
	/** Places that a newcomer which has one tries in a row to no avail before it stays there. */
	readonly #patience: number;
	readonly #families = new Map<Branch, Map<number, Family>>();

	/** @param newcomers how many there will be: a crowd that comes at once is seated in linear time */
	constructor(style: RingStyle, newcomers: number) {
		this.#style = style;
		this.#patience = Math.max(VAIN_TRIES.each, VAIN_TRIES.all / newcomers);
	}

	/**
	 * Gives newcomers of one parent places around it, in order of launch, clockwise on rings, with
	 * all below them at their side. Nobody moves for them. Their boxes are added to the occupancy.
	 *
	 * @param seated who stands there already, in order of launch
	 * @param onSeated told of each as soon as it, with all below it, has its place
	 */
	*seat<Node extends Sitter>(
		host: Host,
		branches: readonly Branch<Node>[],
		seated: readonly Sitter[],
		occupancy: Occupancy,
		onSeated?: (branch: Branch<Node>) => void,
	): SeatingSteps {
		const shape = ringsAround(host.outward, this.#style);
		// Where what is over stands tells nothing of where the living come next, nor the other way.
		const [living, over] = [new Standing(shape), new Standing(shape)];
		const alike = ({ isGhost }: Sitter): Standing => (isGhost ? over : living);
		for (const sitter of seated) alike(sitter).add(sitter);
		for (const [index, branch] of this.#inOrder(branches).entries()) {
			const standing = alike(branch.node);
			const gathering = {
				standing,
				coming: branches.length - index,
				isFresh: seated.length === 0 && branches.length > 1,
			};
			const spot = yield* this.#findSpot(host, shape, branch, gathering, occupancy);
			take(host, branch.node, spot, occupancy);
			standing.add(branch.node);
			onSeated?.(branch);
			yield;
		}
	}

	/** In a crowd families stand outside of those without one, where each is seen as a whole. */
	#inOrder<Node extends Sitter>(branches: readonly Branch<Node>[]): readonly Branch<Node>[] {
		if (this.#style.tightness < 0.5) return branches;
		const hasFamily = ({ children }: Branch): boolean => children.length > 0;
		return [...branches.filter((branch) => !hasFamily(branch)), ...branches.filter(hasFamily)];
	}

	/** The cheapest place on the rings: near, clear of others, its edge not through other nodes. */
	*#findSpot(
		host: Host,
		shape: RingShape,
		branch: Branch,
		gathering: Gathering,
		occupancy: Occupancy,
	): SeatingSteps<Spot> {
		let best: Spot | null = null;
		let vain = 0;
		const alone = branch.children.length === 0 ? familyOfOne(branch.node) : null;
		for (let ring = 0; ring < MAX_RINGS; ring++) {
			const ringCost = (ring * shape.gap * DISTANCE_COST) / 100;
			if (best !== null && best.cost <= ringCost) break;
			const radius = radiusOfRing(shape, ring);
			for (const slot of slotsOn(shape, ring, branch.node, gathering)) {
				const cost = ringCost + slot.cost;
				// Slots come sorted by cost.
				if (best !== null && best.cost <= cost) break;
				const limit: number = best?.cost ?? Number.POSITIVE_INFINITY;
				const direction = { angle: slot.angle, radius };
				const family = alone ?? (yield* this.#family(branch, outwardOf(shape, direction)));
				const better = settle(host, shape, family, direction, cost, limit, occupancy);
				vain = better === null ? vain + 1 : 0;
				best = better ?? best;
				if (best !== null && vain > this.#patience) return best;
			}
		}
		if (best !== null) return best;
		// Where no place is to be found: those who push each other apart will find one.
		const place = pointAt(shape, { angle: shape.middle, radius: radiusOfRing(shape, MAX_RINGS) });
		return { ...place, cost: 0, family: alone ?? (yield* this.#family(branch, shape.middle)) };
	}

	/** A newcomer with all below it, laid out away from where its edge comes from. */
	*#family(branch: Branch, outward: number): SeatingSteps<Family> {
		const direction = Math.round((outward / (2 * Math.PI)) * DIRECTIONS);
		const known = this.#families.get(branch) ?? new Map<number, Family>();
		this.#families.set(branch, known);
		const family =
			known.get(direction) ?? (yield* this.#layOut(branch, (direction / DIRECTIONS) * 2 * Math.PI));
		known.set(direction, family);
		return family;
	}

	*#layOut({ node, children }: Branch, outward: number): SeatingSteps<Family> {
		const occupancy = new Occupancy();
		const own = boxOf(node, 0, 0);
		occupancy.add(own);
		yield* this.seat({ x: 0, y: 0, outward }, children, [], occupancy);
		const boxes = [own];
		const seats: { node: Sitter; x: number; y: number }[] = [];
		const collect = (branches: readonly Branch[], x: number, y: number): void => {
			for (const { node, children } of branches) {
				const { restX, restY } = node;
				seats.push({ node, x: restX, y: restY });
				boxes.push(boxOf(node, x + restX, y + restY));
				collect(children, x + restX, y + restY);
			}
		};
		collect(children, 0, 0);
		return { boxes, seats };
	}
}

function familyOfOne(node: Sitter): Family {
	return { boxes: [boxOf(node, 0, 0)], seats: [] };
}

/** Direction in which a family is laid out that stands there: the same however far out. */
function outwardOf(shape: RingShape, place: Polar): number {
	const { x, y } = pointAt(shape, place);
	return Math.atan2(y, x);
}

/** The place in a direction on a ring, or a little outside of it; null where none is cheaper. */
function settle(
	host: Host,
	shape: RingShape,
	family: Family,
	{ angle, radius }: Polar,
	cost: number,
	limit: number,
	occupancy: Occupancy,
): Spot | null {
	for (let slide = 0; slide < shape.gap / 2; slide += SLIDE) {
		const slideCost = cost + (slide * DISTANCE_COST) / 100;
		if (slideCost >= limit) return null;
		const { x, y } = pointAt(shape, { angle, radius: radius + slide });
		const isFree = (box: Box): boolean => occupancy.isFree(box, host.x + x, host.y + y);
		if (!family.boxes.every(isFree)) continue;
		const edge = { fromX: host.x, fromY: host.y, dx: x, dy: y, bend: BEND };
		// Once there are so many that another place is cheaper, how many more does not matter.
		const most = Math.min(MOST_CROSSINGS, Math.ceil((limit - slideCost) / CROSSING_COST));
		const total = slideCost + CROSSING_COST * occupancy.crossings(edge, most);
		return total < limit ? { x, y, cost: total, family } : null;
	}
	return null;
}

function boxOf({ halfWidth, above, below }: Footprint, x: number, y: number): Box {
	return { x, y, halfWidth, above, below };
}

function moved(box: Box, x: number, y: number): Box {
	return boxOf(box, box.x + x, box.y + y);
}

function take(host: Host, node: Sitter, { x, y, family }: Spot, occupancy: Occupancy): void {
	node.restX = x;
	node.restY = y;
	for (const seat of family.seats) {
		seat.node.restX = seat.x;
		seat.node.restY = seat.y;
	}
	for (const box of family.boxes) occupancy.add(moved(box, host.x + x, host.y + y));
}
