import { type BucketRow, SCALE } from "../../telemetry/queries/exportSums.ts";

/** As OpenTelemetry's SDKs have it at most. */
const MAX_BUCKETS = 160;

/** Counts by buckets that begin at base^offset, where base is 2^(1 / 2^scale). */
export interface ExponentialHistogram {
	readonly count: number;
	readonly sum: number;
	readonly min: number;
	readonly max: number;
	readonly scale: number;
	readonly zeroCount: number;
	readonly offset: number;
	readonly bucketCounts: readonly number[];
}

/** @param rows at least one, each with a bucket of its own */
export function exponentialHistogram(rows: readonly BucketRow[]): ExponentialHistogram {
	const counted = rows.flatMap(({ bucket, count }) =>
		bucket === null ? [] : [[bucket, count] as const],
	);
	const places = counted.map(([bucket]) => bucket);
	const [first, last] = places.length === 0 ? [0, -1] : [Math.min(...places), Math.max(...places)];
	// Each step takes two neighbours together.
	let steps = 0;
	while ((last >> steps) - (first >> steps) >= MAX_BUCKETS) steps++;
	const offset = first >> steps;
	const bucketCounts = new Array<number>(
		places.length === 0 ? 0 : (last >> steps) - offset + 1,
	).fill(0);
	for (const [bucket, count] of counted) {
		const place = (bucket >> steps) - offset;
		bucketCounts[place] = (bucketCounts[place] as number) + count;
	}
	return {
		count: total(rows, ({ count }) => count),
		sum: total(rows, ({ sum }) => sum),
		min: Math.min(...rows.map(({ min }) => min)),
		max: Math.max(...rows.map(({ max }) => max)),
		scale: SCALE - steps,
		zeroCount: total(rows, ({ bucket, count }) => (bucket === null ? count : 0)),
		offset,
		bucketCounts,
	};
}

function total(rows: readonly BucketRow[], of: (row: BucketRow) => number): number {
	return rows.reduce((sum, row) => sum + of(row), 0);
}
