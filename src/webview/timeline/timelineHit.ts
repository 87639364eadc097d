import type { RowWait, TimelineRow } from "../../model/timeline/timelineRow.ts";
import { type Geometry, laneBox, scaleOf, timeAt, yOf } from "./geometry.ts";

/** How far beside a call the pointer may be, px. */
const REACH = 4;

/** What is under the pointer. */
export interface Hit {
	readonly row: TimelineRow;
	/** Index of the call among the row's; -1 where there is none. */
	readonly call: number;
	/** Calls that lie at that place, the one included. */
	readonly calls: readonly number[];
	readonly wait: RowWait | null;
}

/** What of a row lies at a point of the canvas, px. */
export function hitOf(
	row: TimelineRow,
	geometry: Geometry,
	{ x, y }: { readonly x: number; readonly y: number },
	now: number,
): Hit {
	if (x < geometry.left) return { row, call: -1, calls: [], wait: null };
	const at = timeAt(geometry, x);
	const reach = REACH / scaleOf(geometry);
	const calls = callsNear(row, at, reach, now);
	const call = nearest(row, calls, at, now, y - yOf(geometry, row.index));
	const wait = row.waits.find(({ since, until }) => since <= at && at <= (until ?? now)) ?? null;
	return { row, call, calls, wait };
}

function callsNear({ calls }: TimelineRow, at: number, reach: number, now: number): number[] {
	const found: number[] = [];
	for (let index = calls.firstReaching(at - reach); index < calls.count; index++) {
		if ((calls.starts[index] ?? 0) > at + reach) break;
		if (Math.min(calls.ends[index] ?? 0, now) >= at - reach) found.push(index);
	}
	return found;
}

/** Of those at that time the one in the lane that is pointed at; of equal ones the shortest. */
function nearest(
	{ calls }: TimelineRow,
	near: readonly number[],
	at: number,
	now: number,
	y: number,
): number {
	let best = -1;
	let least: readonly [number, number, number] = [0, 0, 0];
	for (const index of near) {
		const start = calls.starts[index] ?? 0;
		const end = Math.max(start, Math.min(calls.ends[index] ?? start, now));
		const { top, height } = laneBox(calls.lanes[index] ?? 0, calls.laneCounts[index] ?? 1);
		const beside = Math.max(0, start - at, at - end);
		const above = Math.max(0, top - y, y - top - height);
		const distance = [above, beside, end - start] as const;
		if (best >= 0 && !isLess(distance, least)) continue;
		best = index;
		least = distance;
	}
	return best;
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
	for (const [index, value] of a.entries()) {
		const other = b[index] ?? 0;
		if (value !== other) return value < other;
	}
	return false;
}
