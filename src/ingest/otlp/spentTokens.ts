import type { PriceOf } from "../../model/usage/price.ts";

/** Tokens of a request, of whose input those of the cache are part; null for what nobody counted. */
interface CountedTokens {
	readonly input: number | null;
	readonly cacheRead: number | null;
	readonly cacheWrite: number | null;
	readonly output: number | null;
}

/** What a line of usage says of them, and what they cost at a time, ms since the epoch. */
export function spentTokens(counted: CountedTokens, model: string, at: number, priceOf: PriceOf) {
	const input = counted.input ?? 0;
	const cacheRead = Math.min(input, counted.cacheRead ?? 0);
	const cacheWrite = Math.min(input - cacheRead, counted.cacheWrite ?? 0);
	const tokensIn = input - cacheRead - cacheWrite;
	const tokensOut = counted.output ?? 0;
	const split = { tokensIn, tokensOut, cacheRead, cacheWrite5m: cacheWrite, cacheWrite1h: 0 };
	return {
		model,
		tokens_in: tokensIn,
		tokens_out: tokensOut,
		cache_read: cacheRead,
		cache_write: cacheWrite,
		cost_usd: priceOf({ model, ts: at, ...split }),
		aside: false,
	};
}
