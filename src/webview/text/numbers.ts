const grouped = new Intl.NumberFormat("en-US");

/** Counts of things: 312, 12,345. */
export function formatCount(value: number): string {
	return grouped.format(value);
}

/** A finished length of time in ms: "340 ms", "2.9 s", "4 m 12 s", "1 h 5 m". */
export function formatDuration(ms: number): string {
	const length = Math.max(0, ms);
	// What would round up to the next unit is written in that unit.
	if (length < 999.5) return `${Math.round(length)} ms`;
	if (length < 59_950) return `${(length / 1000).toFixed(1)} s`;
	return formatLong(Math.round(length / 1000));
}

/** A length of time in ms that is still growing: whole seconds, as it is drawn once a second. */
export function formatAge(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	return seconds < 60 ? `${seconds} s` : formatLong(seconds);
}

function formatLong(seconds: number): string {
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return `${minutes} m ${seconds % 60} s`;
	const hours = Math.floor(minutes / 60);
	if (hours < 48) return `${hours} h ${minutes % 60} m`;
	return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** "1 agent", "3 agents". */
export function plural(count: number, noun: string): string {
	return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}
