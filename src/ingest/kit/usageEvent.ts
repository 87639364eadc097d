import type { UsageEvent } from "../../model/events/events.ts";
import type { PriceOf } from "../../model/usage/price.ts";
import type { Head } from "./raw.ts";

/** One request to a model. */
interface Spent {
	readonly head: Head;
	/** What tells the request from all others, of whatever session. */
	readonly message: string;
	readonly model: string;
	/** Read afresh, without what is from the cache or goes into it. */
	readonly tokensIn: number;
	/** Reasoning included. */
	readonly tokensOut: number;
	readonly cacheRead: number;
	readonly cacheWrite: number;
	/** The client's own figure, US dollars; without one the price list's. */
	readonly ownCostUsd?: number | null;
}

export function usageEvent(
	{ head, message, model, cacheWrite, ownCostUsd = null, ...tokens }: Spent,
	priceOf: PriceOf,
): UsageEvent {
	const split = { ...tokens, cacheWrite5m: cacheWrite, cacheWrite1h: 0 };
	const listed = priceOf({ model, ts: head.ts, ...split });
	const told = { event: "usage", ...head, message, model, ...split, isAside: false } as const;
	if (ownCostUsd === null) return { ...told, costUsd: listed };
	return { ...told, costUsd: ownCostUsd, listCostUsd: listed };
}
