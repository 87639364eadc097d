import type { Footprint } from "./occupancy.ts";
import { isInReach, type RingShape, radiusOfRing, spanOf, turnBetween, turnOf } from "./rings.ts";
import type { Standing } from "./standing.ts";

/** A direction on a ring, with what it costs to stand there and not in the best one. */
interface Slot {
	readonly angle: number;
	readonly cost: number;
}

/** Those who gather around a parent, as the next of them finds them. */
export interface Gathering {
	/** Who stands there already. */
	readonly standing: Standing;
	/** Those who are still to come of the ones that came together, the next one included. */
	readonly coming: number;
	/** They came together to where nobody stood: the first ring is shared evenly. */
	readonly isFresh: boolean;
}

/** So far apart siblings are that come one after the other, as long as there is room. */
const EASY_STEP = Math.PI / 3;
/** Where the first child of a session stands: to the right, a little up. */
const FIRST_ANGLE = -Math.PI / 6;
/** Cost of half a turn away from the best direction. */
const TURN_COST = 0.4;
/** Siblings may come closer on a ring than boxes side by side, where one is further out. */
const CLOSEST = 0.6;

/**
 * Directions for the next child on a ring: clockwise of those launched before it, before the one
 * that was launched first, so that a ring reads in order of launch. The best comes first.
 */
export function slotsOn(
	shape: RingShape,
	ring: number,
	room: Footprint,
	gathering: Gathering,
): readonly Slot[] {
	const { standing } = gathering;
	const radius = radiusOfRing(shape, ring);
	const onRing = standing.on(ring);
	const start = (onRing.at(-1) ?? standing.latest)?.angle ?? shape.middle;
	const need = turnOf(shape, { angle: start, radius }, room);
	const step = stepOn(shape, ring, need, onRing.length, gathering);
	const [first] = onRing;
	if (first === undefined) {
		return slotsFrom(shape, ring, firstAngle(shape, ring, step, gathering), need);
	}
	const arc = onRing.length === 1 ? 2 * Math.PI : turnBetween(start, first.angle);
	const slots: Slot[] = [];
	const least = need * CLOSEST;
	for (let turn = least; turn <= arc - least; turn += need / 4) {
		slots.push({ angle: start + turn, cost: (TURN_COST * Math.abs(turn - step)) / Math.PI });
	}
	if (step <= arc - least) slots.push({ angle: start + step, cost: 0 });
	return best(shape, ring, slots);
}

/** How far the next child is from the one before. */
function stepOn(
	shape: RingShape,
	ring: number,
	need: number,
	onRing: number,
	{ coming, isFresh }: Gathering,
): number {
	const easy = (EASY_STEP * shape.first) / radiusOfRing(shape, ring);
	const even = spanOf(shape, ring) / (coming + onRing);
	return Math.max(need, isFresh && shape.isOpen ? even : Math.min(even, easy));
}

/** Where a ring begins. */
function firstAngle(
	shape: RingShape,
	ring: number,
	step: number,
	{ standing, coming, isFresh }: Gathering,
): number {
	const { latest } = standing;
	if (!isFresh && latest !== undefined) return latest.angle + step;
	if (!isFresh || coming === 1) return shape.isOpen ? FIRST_ANGLE : shape.middle;
	const count = Math.min(coming, Math.max(1, Math.floor(spanOf(shape, ring) / step + 1e-9)));
	return shape.middle - (step * (count - 1)) / 2;
}

/** Directions all around one, either way. */
function slotsFrom(shape: RingShape, ring: number, start: number, need: number): readonly Slot[] {
	const slots: Slot[] = [{ angle: start, cost: 0 }];
	for (let turn = need / 4; turn < Math.PI; turn += need / 4) {
		const cost = (TURN_COST * turn) / Math.PI;
		slots.push({ angle: start + turn, cost }, { angle: start - turn, cost });
	}
	return best(shape, ring, slots);
}

function best(shape: RingShape, ring: number, slots: readonly Slot[]): readonly Slot[] {
	return slots.filter(({ angle }) => isInReach(shape, ring, angle)).sort((a, b) => a.cost - b.cost);
}
