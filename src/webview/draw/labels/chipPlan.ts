import { type BoxGrid, isWithin, type ScreenBox } from "./boxGrid.ts";

export const CHIP_HEIGHT = 18;
/** Between the disc and a chip, where rings of pulses and waits are drawn. */
const CHIP_GAP = 14;
/** Chips of waits that lie closer than this are near each other, px. */
const NEAR = 26;
/** So many waits near each other are told one by one. */
const MOST_APART = 3;

/** What the plan needs to know of a node that wears a chip; px on the screen. */
export interface ChipWish {
	readonly x: number;
	readonly y: number;
	/** Of the disc with its rim. */
	readonly radius: number;
	readonly width: number;
	/** Lines below the node that the chip may have to go around. */
	readonly labelHeight: number;
	/** A chip that many can share, as "4 wait"; else one that is left out where it has no room. */
	readonly isWait: boolean;
	/** Where it was, so that it stays there; 0 at first. */
	readonly slot: number;
}

/** A chip that has a place. */
export interface ChipSpot {
	/** Of its middle, px on the screen. */
	readonly x: number;
	readonly y: number;
	readonly slot: number;
	/** Indices of the wishes that it stands for; the first is that of the node it is at. */
	readonly members: readonly number[];
}

/** Places for a chip's middle, from the node's: above where that is free. The last are further up. */
const SLOTS = 12;

function slotOf(slot: number, { radius, width, labelHeight }: ChipWish): [x: number, y: number] {
	const half = CHIP_HEIGHT / 2;
	const up = radius + CHIP_GAP + half;
	const aside = radius + 10 + width / 2;
	const diagonal = radius * 0.7 + 8 + width / 2;
	switch (slot) {
		case 0:
			return [0, -up];
		case 1:
			return [aside, 0];
		case 2:
			return [-aside, 0];
		case 3:
			return [diagonal, -up + 6];
		case 4:
			return [-diagonal, -up + 6];
		case 5:
			return [diagonal, up - 8];
		case 6:
			return [-diagonal, up - 8];
		case 7:
			return [0, radius + 6 + labelHeight + half];
		default:
			return [0, -up - (slot - 7) * (CHIP_HEIGHT + 4)];
	}
}

/**
 * Places for chips where they cover no disc, no label that has to be there and no other chip, and
 * are cut by no edge of the picture. Many waits near each other share one.
 *
 * @param grid what is there already; the chips are added to it
 * @param frame the part of the picture that nothing lies over
 * @param sharedWidth width of a chip that says how many wait
 */
export function placeChips(
	wishes: readonly ChipWish[],
	grid: BoxGrid,
	frame: ScreenBox,
	sharedWidth: number,
): ChipSpot[] {
	const spots: { x: number; y: number; slot: number; members: number[] }[] = [];
	const homeless: number[] = [];
	for (const members of groupsOf(wishes)) {
		const spot = findSpot(members, wishes, grid, frame, sharedWidth);
		if (spot !== null) spots.push(spot);
		else homeless.push(...members.filter((index) => wishes[index]?.isWait));
	}
	// Whoever finds no room of its own is counted by the nearest that has.
	for (const index of homeless) nearestWait(index, wishes, spots)?.members.push(index);
	return spots;
}

/** Waits by themselves or, where more than a few are near each other, together. */
function groupsOf(wishes: readonly ChipWish[]): number[][] {
	const groups: number[][] = [];
	const seen = new Set<number>();
	wishes.forEach((wish, index) => {
		if (seen.has(index)) return;
		const group = wish.isWait ? neighbours(index, wishes, seen) : [index];
		if (group.length > MOST_APART) groups.push(group);
		else groups.push(...group.map((member) => [member]));
	});
	return groups;
}

/** All waits that can be reached from one by steps between near ones. */
function neighbours(start: number, wishes: readonly ChipWish[], seen: Set<number>): number[] {
	const group = [start];
	seen.add(start);
	for (const at of group) {
		wishes.forEach((wish, index) => {
			if (seen.has(index) || !wish.isWait || !areNear(wishes[at], wish)) return;
			seen.add(index);
			group.push(index);
		});
	}
	return group;
}

function areNear(a: ChipWish | undefined, b: ChipWish): boolean {
	if (a === undefined) return false;
	const [, upA] = slotOf(0, a);
	const [, upB] = slotOf(0, b);
	return (
		Math.abs(a.x - b.x) < (a.width + b.width) / 2 + NEAR &&
		Math.abs(a.y + upA - b.y - upB) < CHIP_HEIGHT + NEAR
	);
}

function findSpot(
	members: readonly number[],
	wishes: readonly ChipWish[],
	grid: BoxGrid,
	frame: ScreenBox,
	sharedWidth: number,
): { x: number; y: number; slot: number; members: number[] } | null {
	for (const index of nearestToMiddle(members, wishes)) {
		const own = wishes[index];
		if (own === undefined) continue;
		const wish = members.length > 1 ? { ...own, width: sharedWidth } : own;
		for (const slot of slotsFrom(wish.slot)) {
			const [dx, dy] = slotOf(slot, wish);
			const box = boxAt(wish.x + dx, wish.y + dy, wish.width);
			if (!isWithin(box, frame) || !grid.isFree(box)) continue;
			grid.add(box);
			const others = members.filter((member) => member !== index);
			return { x: wish.x + dx, y: wish.y + dy, slot, members: [index, ...others] };
		}
	}
	return null;
}

function* slotsFrom(first: number): Generator<number> {
	yield first;
	for (let slot = 0; slot < SLOTS; slot++) if (slot !== first) yield slot;
}

function boxAt(x: number, y: number, width: number): ScreenBox {
	return {
		left: x - width / 2 - 1,
		right: x + width / 2 + 1,
		top: y - CHIP_HEIGHT / 2 - 1,
		bottom: y + CHIP_HEIGHT / 2 + 1,
	};
}

function nearestToMiddle(members: readonly number[], wishes: readonly ChipWish[]): number[] {
	const x = mean(members.map((index) => wishes[index]?.x ?? 0));
	const y = mean(members.map((index) => wishes[index]?.y ?? 0));
	const distance = (index: number): number =>
		Math.hypot((wishes[index]?.x ?? 0) - x, (wishes[index]?.y ?? 0) - y);
	return members.toSorted((a, b) => distance(a) - distance(b));
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function nearestWait(
	index: number,
	wishes: readonly ChipWish[],
	spots: readonly { x: number; y: number; members: number[] }[],
): { members: number[] } | undefined {
	const wish = wishes[index];
	if (wish === undefined) return undefined;
	const waits = spots.filter(({ members: [first] }) => wishes[first ?? -1]?.isWait);
	const distance = (spot: { x: number; y: number }): number =>
		Math.hypot(spot.x - wish.x, spot.y - wish.y);
	return waits.toSorted((a, b) => distance(a) - distance(b))[0];
}
