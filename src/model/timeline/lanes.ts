/** Calls that overlap are drawn below each other, but no thinner than this many allow. */
export const MAX_LANES = 4;

interface LaidCalls {
	readonly count: number;
	readonly starts: Float64Array;
	readonly ends: Float64Array;
	readonly lanes: Uint8Array;
	readonly laneCounts: Uint8Array;
}

/**
 * Puts each call into the first lane that is free when it begins; where all are taken, into the one
 * that is free first. Calls that overlap, if only by others between them, share the number of lanes.
 */
export function layLanes({ count, starts, ends, lanes, laneCounts }: LaidCalls): void {
	const free = new Float64Array(MAX_LANES);
	let first = 0;
	let used = 0;
	let reach = Number.NEGATIVE_INFINITY;
	for (let index = 0; index < count; index++) {
		const start = starts[index] ?? 0;
		if (start >= reach) {
			laneCounts.fill(used, first, index);
			free.fill(Number.NEGATIVE_INFINITY);
			first = index;
			used = 0;
		}
		const lane = freeLane(free, start);
		const end = ends[index] ?? start;
		free[lane] = Math.max(free[lane] ?? 0, end);
		lanes[index] = lane;
		used = Math.max(used, lane + 1);
		reach = Math.max(reach, end);
	}
	laneCounts.fill(used, first, count);
}

function freeLane(free: Float64Array, start: number): number {
	let soonest = 0;
	for (let lane = 0; lane < MAX_LANES; lane++) {
		const at = free[lane] ?? 0;
		if (at <= start) return lane;
		if (at < (free[soonest] ?? 0)) soonest = lane;
	}
	return soonest;
}
