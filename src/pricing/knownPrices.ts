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
/** Models that are kept. */
const MAX_KEPT = 1000;

/** What is known of one model. */
interface KnownModel {
	/** When its price changes, in order, ms since the epoch. */
	readonly starts: readonly number[];
	/** By how many of those have passed; null where the lists have to be asked each time. */
	readonly rates: Map<number, Rates | null>;
}

/**
 * What models cost in each period of their list. To ask the lists takes a hundred times as long as to
 * reckon, and for a model that they do not have they look through all that they have.
 */
export class KnownPrices {
	readonly #models = new Map<string, KnownModel>();
	readonly #unlisted = new Set<string>();

	/** The price of a request as the lists would reckon it; null for none, undefined where they have to be asked. */
	price(usage: PricedUsage): number | null | undefined {
		if (this.#unlisted.has(usage.model)) return null;
		const model = this.#models.get(usage.model);
		const rates = model?.rates.get(periodOf(model, usage));
		return rates ? (reckoned(rates, usage) ?? undefined) : undefined;
	}

	/** Takes note of what the lists said of a request. */
	learn(usage: PricedUsage, found: Found): void {
		const model = this.#models.get(usage.model) ?? { starts: startsOf(found), rates: new Map() };
		const period = periodOf(model, usage);
		if (model.rates.has(period)) return;
		if (this.#models.size >= MAX_KEPT) this.#models.clear();
		this.#models.set(usage.model, model);
		const rates = ratesOf(found);
		// They may reckon in other ways than they were seen to.
		const isSame = rates !== null && reckoned(rates, usage) === found.total_price;
		model.rates.set(period, isSame ? rates : null);
	}

	/** The lists have no price for what is called so, whatever of it was used and when. */
	learnUnlisted(model: string): void {
		if (this.#unlisted.size >= MAX_KEPT) this.#unlisted.clear();
		this.#unlisted.add(model);
	}
}

function periodOf({ starts }: KnownModel, { ts }: PricedUsage): number {
	return starts.filter((start) => start <= ts).length;
}

function startsOf({ model: { prices } }: Found): number[] {
	const starts = (Array.isArray(prices) ? prices : []).flatMap(({ constraint }) =>
		constraint?.type === "start_date" ? Date.parse(constraint.start_date) : [],
	);
	return starts.toSorted((a, b) => a - b);
}

/** null where the price depends on the hour. What else is listed, such as searches, no request here tells of. */
function ratesOf({ model, model_price: listed }: Found): Rates | null {
	const periods = Array.isArray(model.prices) ? model.prices : [];
	if (periods.some(({ constraint }) => constraint?.type === "time_of_date")) return null;
	return Object.fromEntries(Object.entries(listed as Rates).filter(([kind]) => KINDS.has(kind)));
}

/**
 * In the order in which the lists' own program adds up, so that no bit differs; null where a kind of
 * token has no rate of its own, or its amount makes no sense.
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
		const isAmount = count >= 0 && count < Number.POSITIVE_INFINITY;
		if (!isAmount || (count > 0 && rates[kind] === undefined)) return null;
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
