import { bucketOf } from "../model/calls/logHistogram.ts";

/** Of the histogram: everything up to a tenth of a millisecond, then up to a month and more. */
const FIRST = bucketOf(0.1000001);
const LAST = bucketOf(90 * 86_400_000);
const NOTHING = bucketOf(0);

/** Places of a dense histogram of durations. */
export const BUCKETS = LAST - FIRST + 2;

/** The place of a duration. @param ms at most 90 days; more counts as that */
export function placeOfDuration(ms: number): number {
	const bucket = bucketOf(ms);
	return bucket < FIRST ? 0 : Math.min(bucket, LAST) - FIRST + 1;
}

/** The histogram's bucket at a place. */
export function bucketAt(place: number): number {
	return place === 0 ? NOTHING : place - 1 + FIRST;
}
