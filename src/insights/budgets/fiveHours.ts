import type { Period } from "../period.ts";

const HOUR_MS = 3_600_000;
const WINDOW_MS = 5 * HOUR_MS;

/**
 * The window of five hours that is open, as subscribers know it: the first begins with the first message,
 * rounded down to the hour, and each other with the first message after the one before it ended.
 *
 * @param times of messages, ms since the epoch, in any order
 * @returns null where the last one has ended
 */
export function openWindow(times: readonly number[], now: number): Period | null {
	let open: Period | null = null;
	for (const ts of Float64Array.from(times).sort()) {
		if (ts > now) break;
		if (open !== null && ts < open.until) continue;
		const from = Math.floor(ts / HOUR_MS) * HOUR_MS;
		open = { from, until: from + WINDOW_MS };
	}
	return open !== null && now < open.until ? open : null;
}
