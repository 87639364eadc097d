import type { calcPrice, PriceCalculationResult, Usage } from "@pydantic/genai-prices";
import type { PricedUsage, PriceOf } from "../model/usage/price.ts";
import { KnownPrices } from "./knownPrices.ts";
import { isSameClaude, pricedModel } from "./modelName.ts";

/**
 * Reads the price lists of @pydantic/genai-prices as they were when this was built: half a megabyte,
 * so it is left to be read until it is needed. Nothing is fetched.
 */
export async function loadPrices(): Promise<PriceOf> {
	const { calcPrice } = await import("@pydantic/genai-prices");
	const known = new KnownPrices();
	return (usage, { times, extraUsd } = { times: 1, extraUsd: 0 }) => {
		const listed = known.price(usage);
		const usual = listed === undefined ? priceOf(usage, calcPrice, known) : listed;
		return usual === null ? null : usual * times + extraUsd;
	};
}

function priceOf(
	usage: PricedUsage,
	calculate: typeof calcPrice,
	known: KnownPrices,
): number | null {
	const { provider, name } = pricedModel(usage.model);
	const { tokensIn, tokensOut, cacheRead, cacheWrite5m, cacheWrite1h } = usage;
	const timestamp = new Date(usage.ts);
	const options = provider === null ? { timestamp } : { timestamp, providerId: provider };
	// There, tokens of the cache are part of the input.
	const request = {
		input_tokens: tokensIn + cacheRead + cacheWrite5m + cacheWrite1h,
		output_tokens: tokensOut,
		cache_read_tokens: cacheRead,
		cache_write_tokens: cacheWrite5m + cacheWrite1h,
		cache_write_1h_tokens: cacheWrite1h,
	};
	const found = tried(calculate, request, name, options);
	if (found === undefined) return null;
	const isClaude = found?.model.id.includes("claude") === true;
	if (found === null || (isClaude && !isSameClaude(name, found.model.id))) {
		known.learnUnlisted(usage.model);
		return null;
	}
	if (cacheWrite1h === 0 || "cache_write_1h_mtok" in found.model_price) {
		known.learn(usage, found);
		return found.total_price;
	}
	if (!isClaude) return null;
	// Bedrock's and Vertex AI's lists leave out what Anthropic's says for all of its models: a write
	// that is kept for an hour costs twice the input
	// (https://platform.claude.com/docs/en/build-with-claude/prompt-caching#pricing).
	const { cache_write_1h_tokens: _, ...rest } = request;
	const doubled = {
		...rest,
		input_tokens: request.input_tokens + cacheWrite1h,
		cache_write_tokens: cacheWrite5m,
	};
	return tried(calculate, doubled, name, options)?.total_price ?? null;
}

/**
 * A list that contradicts itself, or a kind of token that it has no price for, is no price.
 *
 * @returns null for a model that no list has, undefined where the one that has it can not reckon
 */
function tried(
	calculate: typeof calcPrice,
	usage: Usage,
	name: string,
	options: NonNullable<Parameters<typeof calcPrice>[2]>,
): PriceCalculationResult | undefined {
	try {
		return calculate(usage, name, options);
	} catch {
		return undefined;
	}
}
