import type { PriceCalculationResult } from "@pydantic/genai-prices";
import type { PricedUsage } from "../model/usage/price.ts";

type Found = NonNullable<PriceCalculationResult>;

/** Dollars for a million tokens; `tiers` where a request with more input than they say costs other. */
type Rate = number | { readonly base: number; readonly tiers: readonly Tier[] };
interface Tier {
	readonly start: number;
	readonly price: number;
}

/** By what the lists call a kind of tokens. */
type Rates = Readonly<Record<string, Rate>>;

const KINDS: ReadonlySet<string> = new Set([
	"input_mtok",
	"output_mtok",
	"cache_read_mtok",
	"cache_write_mtok",
	"cache_write_1h_mtok",
]);
const DAY_MS = 86_400_000;
/** Models times days that are kept. */
const MAX_KEPT = 1000;

/**
 * What a model costs on a day. To ask the lists takes a hundred times as long as to reckon, and they
 * say the same of a model for days on end.
 */
export class DayPrices {
	readonly #rates = new Map<string, Rates | null>();

	/** The price of a request as the lists would reckon it; null where they have to be asked. */
	price(usage: PricedUsage): number | null {
		const rates = this.#rates.get(keyOf(usage));
		return rates ? reckoned(rates, usage) : null;
	}

	/** Takes note of what the lists said of a request. */
	learn(usage: PricedUsage, found: Found): void {
		const key = keyOf(usage);
		if (this.#rates.has(key)) return;
		if (this.#rates.size >= MAX_KEPT) this.#rates.clear();
		const rates = ratesOf(found);
		// They may reckon in other ways than they were seen to.
		const isSame = rates !== null && reckoned(rates, usage) === found.total_price;
		this.#rates.set(key, isSame ? rates : null);
	}
}

function keyOf({ model, ts }: PricedUsage): string {
	return `${Math.floor(ts / DAY_MS)} ${model}`;
}

/** null where the price depends on the hour, or on another kind of tokens. */
function ratesOf({ model, model_price: listed }: Found): Rates | null {
	const periods = Array.isArray(model.prices) ? model.prices : [];
	if (periods.some(({ constraint }) => constraint?.type === "time_of_date")) return null;
	return Object.keys(listed).every((kind) => KINDS.has(kind)) ? (listed as Rates) : null;
}

/**
 * In the order in which the lists' own program adds up, so that no bit differs; null where a kind of
 * token has no rate of its own.
 */
function reckoned(rates: Rates, usage: PricedUsage): number | null {
	const { tokensIn, tokensOut, cacheRead, cacheWrite5m, cacheWrite1h } = usage;
	const tokens: Readonly<Record<string, number>> = {
		input_mtok: tokensIn,
		output_mtok: tokensOut,
		cache_read_mtok: cacheRead,
		cache_write_mtok: cacheWrite5m,
		cache_write_1h_mtok: cacheWrite1h,
	};
	const allInput = tokensIn + cacheRead + cacheWrite5m + cacheWrite1h;
	let [input, output] = [0, 0];
	for (const [kind, count] of Object.entries(tokens)) {
		if (count > 0 && rates[kind] === undefined) return null;
	}
	for (const [kind, rate] of Object.entries(rates)) {
		const price = priceAt(rate, tokens[kind] ?? 0, allInput);
		if (kind === "output_mtok") output += price;
		else input += price;
	}
	return input + output;
}

function priceAt(rate: Rate, count: number, allInput: number): number {
	if (typeof rate === "number") return (rate * count) / 1e6;
	const reached = rate.tiers.filter(({ start }) => allInput > start);
	const { price } = reached.reduce((a, b) => (b.start >= a.start ? b : a), {
		start: 0,
		price: rate.base,
	});
	// As the lists do, so that it is rounded alike.
	return (((price * count) / 1e6) * 1e6) / 1e6;
}
