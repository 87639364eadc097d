/**
 * The last place whose time is not behind; the first where all are.
 *
 * @param all in order, at least one
 * @param timeOf ms since the epoch
 */
export function placeOf<T>(at: number, all: readonly T[], timeOf: (each: T) => number): number {
	let [low, high] = [0, all.length - 1];
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		if (timeOf(all[middle] as T) <= at) low = middle;
		else high = middle - 1;
	}
	return low;
}
