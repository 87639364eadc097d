/** A mark on the axis of time. */
export interface Tick {
	/** ms since the epoch */
	readonly at: number;
	readonly text: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Steps that clocks have. */
const STEPS: readonly number[] = [
	...[10, 20, 50, 100, 200, 500],
	...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
	...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
	...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
	...[1, 2, 7, 14, 28].map((days) => days * DAY),
];

/**
 * Round times of the reader's own zone, at most so many.
 *
 * @param offsetOf minutes that a time of UTC is ahead of the zone's, as `Date` has them
 */
export function ticksOf(
	from: number,
	until: number,
	most: number,
	offsetOf: (at: number) => number = (at) => new Date(at).getTimezoneOffset(),
): Tick[] {
	const least = (until - from) / Math.max(1, most);
	const step = STEPS.find((each) => each >= least) ?? STEPS.at(-1) ?? DAY;
	const offset = offsetOf(from) * MINUTE;
	const ticks: Tick[] = [];
	const first = Math.ceil((from - offset) / step) * step + offset;
	for (let at = first; at <= until && ticks.length <= most + 1; at += step) {
		ticks.push({ at, text: textOf(at - offset, step) });
	}
	return ticks;
}

/** @param local ms of the zone's own clock, as if it were UTC's */
function textOf(local: number, step: number): string {
	const text = new Date(local).toISOString();
	if (step >= DAY) return text.slice(5, 10);
	if (step >= MINUTE) return text.slice(11, 16);
	return step >= SECOND ? text.slice(11, 19) : text.slice(11, 23);
}
