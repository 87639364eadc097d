import type { AgentEvent } from "../events/events.ts";
import { nextAfter } from "./times.ts";

/** As many times as fast as it went. */
export const SPEEDS = [0.5, 1, 2, 4, 8, 16, 32, 64] as const;
export type Speed = (typeof SPEEDS)[number];

/** A time without any event that is longer than this, ms, is a pause. */
const PAUSE_MS = 10_000;
/** As long before the next event a pause that is skipped ends, ms. */
const LEAD_MS = 1000;

/**
 * The moment that playing comes to.
 *
 * @param time from where, ms since the epoch
 * @param byMs how much of the session is played
 */
export function playedTo(
	events: readonly AgentEvent[],
	time: number,
	byMs: number,
	skipsPauses: boolean,
): number {
	const next = skipsPauses ? nextAfter(events, time) : null;
	if (next === null || next - time <= PAUSE_MS) return time + byMs;
	return Math.max(time + byMs, next - LEAD_MS);
}
