/** Between two scans behind the watches, in ms; and where there are too few watches. */
const SCAN_MS = 10_000;
const UNWATCHED_SCAN_MS = 2000;
/**
 * A scan takes at most this share of the time, so that it costs nothing to have many files. Two
 * followers scan: the one of the database, and the one of the live graph.
 */
const SCAN_SHARE = 0.0025;
/** But even where files are looked at slowly it is not left out for longer than this, in ms. */
const MAX_PAUSE_MS = 60_000;

/** How long to wait for the next scan, ms. @param tookMs how long the last one took */
export function scanPause(tookMs: number, isWatched: boolean): number {
	const least = isWatched ? SCAN_MS : UNWATCHED_SCAN_MS;
	return Math.min(MAX_PAUSE_MS, Math.max(least, tookMs / SCAN_SHARE));
}
