import type { UsageEvent } from "../events/events.ts";

/** Tokens of one request, by which model and when. */
export type PricedUsage = Pick<
	UsageEvent,
	"model" | "ts" | "tokensIn" | "tokensOut" | "cacheRead" | "cacheWrite5m" | "cacheWrite1h"
>;

/** What a request cost beside the usual price of its tokens. */
export interface PriceTerms {
	/** How many times that price its tokens cost. */
	readonly times: number;
	/** US dollars for what is no token. */
	readonly extraUsd: number;
}

/** US dollars that a request cost at its time; null for a model without a known price. */
export type PriceOf = (usage: PricedUsage, terms?: PriceTerms) => number | null;
