import { bucketOf, type LogHistogram } from "../../model/calls/logHistogram.ts";
import type { CallRow } from "../tables/callRow.ts";

/** No duration below this is taken for a wait, ms. */
const SHORTEST_WAIT_MS = 30_000;
/** How many times longer than usual a call has to take. */
const TIMES_USUAL = 10;
/** Fewer durations than these tell nothing of what is usual. */
const ENOUGH = 5;

/** Functions whose calls take no longer by themselves: a person was asked, or was away. */
const QUICK =
	/#|^tool:(?:Read|Edit|MultiEdit|Write|NotebookEdit|Glob|Grep|LS|AskUserQuestion|ExitPlanMode)$/;
const QUICK_MS = 60_000;
/** What the client lets a command run for. */
const LONG_MS = 10 * 60_000;

/** Whether a duration is the time between two lines, which holds whatever lay between them. */
export function isBetweenLines({ durationMs, durationFrom }: CallRow): boolean {
	return durationMs !== null && durationFrom === "transcript";
}

/** Of the durations of one function those between two lines, by bucket of the histogram. */
export class BetweenLines {
	readonly #buckets: Map<number, { readonly count: number; readonly sumUs: number }>;

	/** @param text what {@link toString} gave */
	constructor(text = "[]") {
		const told = JSON.parse(text) as [bucket: number, count: number, sumUs: number][];
		this.#buckets = new Map(told.map(([bucket, count, sumUs]) => [bucket, { count, sumUs }]));
	}

	/** @param sign 1 to add the duration, -1 to take it out again */
	add(ms: number, sign: 1 | -1): void {
		const bucket = bucketOf(ms);
		const before = this.#buckets.get(bucket);
		const count = (before?.count ?? 0) + sign;
		const sumUs = (before?.sumUs ?? 0) + sign * Math.round(ms * 1000);
		if (count === 0) this.#buckets.delete(bucket);
		else this.#buckets.set(bucket, { count, sumUs });
	}

	/** Those in buckets above one, or all. */
	above(limit = Number.NEGATIVE_INFINITY): {
		counts: [bucket: number, count: number][];
		calls: number;
		sumUs: number;
	} {
		const counts: [bucket: number, count: number][] = [];
		let [calls, sum] = [0, 0];
		for (const [bucket, { count, sumUs }] of this.#buckets) {
			if (bucket <= limit) continue;
			counts.push([bucket, count]);
			calls += count;
			sum += sumUs;
		}
		return { counts, calls, sumUs: sum };
	}

	/** JSON: bucket, count and sum in µs, by bucket. */
	toString(): string {
		const buckets = [...this.#buckets].sort(([a], [b]) => a - b);
		return JSON.stringify(buckets.map(([bucket, { count, sumUs }]) => [bucket, count, sumUs]));
	}
}

/**
 * The bucket above which the time between two lines holds a wait for a person. It follows from all
 * durations of the function, so that the order in which they came does not matter.
 *
 * @param all durations of the function
 */
export function waitsAbove(functionId: string, all: LogHistogram, between: BetweenLines): number {
	const certain = all.without(between.above().counts);
	const usual = Math.max(all.quantile(0.5) ?? 0, certain.quantile(0.95) ?? 0);
	const most = QUICK.test(functionId) ? QUICK_MS : LONG_MS;
	const isKnown = all.total >= ENOUGH;
	const limit = isKnown ? Math.max(SHORTEST_WAIT_MS, TIMES_USUAL * usual) : most;
	// What a server's tool takes has no bound but what it took before.
	return bucketOf(functionId.startsWith("mcp:") ? limit : Math.min(limit, most));
}
