/** Shown where a number is not known; never a zero that nobody measured. */
export const UNKNOWN = "–";

/**
 * A span of time in the one spelling used everywhere: "180 ms", "2.9 s", "4 m 12 s", "1 h 3 m".
 *
 * @param ms milliseconds; negative ones count as 0
 */
export function formatDuration(ms: number): string {
	const span = Math.max(0, ms);
	if (span < 1000) return `${Math.round(span)} ms`;
	if (span < 60_000) return `${(Math.floor(span / 100) / 10).toFixed(1)} s`;
	const seconds = Math.floor(span / 1000);
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return `${minutes} m ${seconds % 60} s`;
	return `${Math.floor(minutes / 60)} h ${minutes % 60} m`;
}

/** "1 agent", "3 agents"; with a plural of its own where "s" will not do. */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
	return `${count.toLocaleString("en-US")} ${count === 1 ? noun : plural}`;
}

/** Tokens: 940, 182 k, 1.4 M. */
export function formatTokens(value: number | null): string {
	if (value === null) return UNKNOWN;
	if (value < 1000) return String(Math.round(value));
	if (value < 999_500) return `${Math.round(value / 1000)} k`;
	return `${(value / 1_000_000).toFixed(1)} M`;
}

/**
 * US dollars with two decimals; less than that is said to be so.
 *
 * @param isPartial something is not in it
 */
export function formatCost(value: number | null, isPartial = false): string {
	if (value === null) return UNKNOWN;
	if (isPartial) return `≥ $${value.toFixed(2)}`;
	return value > 0 && value < 0.005 ? "<$0.01" : `$${value.toFixed(2)}`;
}

/** Local date and time, to the second: "2026-03-05 14:07:31". */
export function formatDateTime(ms: number): string {
	// Swedish writes times this way.
	return new Date(ms).toLocaleString("sv-SE");
}

/** Local time of day, to the second: "14:07:31". Documents have thousands of them: a locale takes long. */
export function formatClock(ms: number): string {
	const date = new Date(ms);
	const parts = [date.getHours(), date.getMinutes(), date.getSeconds()];
	return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

/** Local time of day: "14:07". */
export function formatTimeOfDay(ms: number): string {
	return formatClock(ms).slice(0, 5);
}

/** As much of the local time as tells it from others until now: "14:07" today, "03-05 14:07" this year. */
export function formatMoment(ms: number, now: number): string {
	const [at, today] = [formatDateTime(ms).slice(0, 16), formatDateTime(now)];
	if (at.slice(0, 10) === today.slice(0, 10)) return at.slice(11);
	return at.slice(0, 4) === today.slice(0, 4) ? at.slice(5) : at;
}
