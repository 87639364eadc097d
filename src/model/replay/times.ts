import { isFailure } from "../calls/mergeCalls.ts";
import type { AgentEvent } from "../events/events.ts";

/** How many events, sorted by time, happened until a moment, ms since the epoch. */
export function countUntil(events: readonly AgentEvent[], time: number): number {
	let [low, high] = [0, events.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((events[middle]?.ts ?? 0) <= time) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** When the next event after a moment happened; null where none did. */
export function nextAfter(events: readonly AgentEvent[], time: number): number | null {
	return events[countUntil(events, time)]?.ts ?? null;
}

/** When the last event before a moment happened; null where none did. */
export function lastBefore(events: readonly AgentEvent[], time: number): number | null {
	return events[countUntil(events, time - 0.001) - 1]?.ts ?? null;
}

/** Events in equal parts of a time, and those among them that told of a failed call. */
export interface Histogram {
	readonly events: readonly number[];
	readonly failures: readonly number[];
}

/**
 * @param from ms since the epoch, as is `until`
 * @param parts how many
 */
export function histogramOf(
	all: readonly AgentEvent[],
	from: number,
	until: number,
	parts: number,
): Histogram {
	const events = new Array<number>(parts).fill(0);
	const failures = new Array<number>(parts).fill(0);
	const perPart = Math.max(1, until - from) / parts;
	for (const event of all) {
		const part = Math.max(0, Math.min(parts - 1, Math.floor((event.ts - from) / perPart)));
		events[part] = (events[part] ?? 0) + 1;
		if (hasFailed(event)) failures[part] = (failures[part] ?? 0) + 1;
	}
	return { events, failures };
}

function hasFailed(event: AgentEvent): boolean {
	return event.event === "tool_result" && isFailure(event);
}
