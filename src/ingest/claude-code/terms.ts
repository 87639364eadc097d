import type { PriceTerms } from "../../model/usage/price.ts";
import { isSameClaude, pricedModel } from "../../pricing/modelName.ts";
import { Fields } from "../fields/fields.ts";
import type { Notes } from "../fields/values.ts";
import { asObject, type Raw } from "../kit/raw.ts";

/**
 * How many times the usual price the fast mode of a model costs, and what else there is to pay for:
 * the price lists do not say, so this is what client 2.1.329 reckons with. It takes the usual price
 * for a model that is not here.
 */
const FAST: readonly (readonly [model: string, times: number])[] = [
	["claude-opus-4-6", 6],
	["claude-opus-4-7", 6],
	["claude-opus-4-8", 2],
	["claude-opus-5", 2],
	["claude-opus-5-5", 2],
];
const ONLY_IN_US = 1.1;
/** US dollars. */
const WEB_SEARCH = 0.01;

/** On what terms a request was answered. @param usage `usage` of its message */
export function termsOf(model: string, usage: Raw, notes: Notes): PriceTerms {
	const f = new Fields(usage, notes);
	const tools = new Fields(asObject(usage.server_tool_use) ?? {}, notes);
	const { name } = pricedModel(model);
	const isFast = f.id("speed") === "fast";
	const fast = isFast ? FAST.find(([listed]) => isSameClaude(name, listed)) : undefined;
	const inOneCountry = f.id("inference_geo") === "us" ? ONLY_IN_US : 1;
	return {
		times: (fast?.[1] ?? 1) * inOneCountry,
		extraUsd: (tools.count("web_search_requests") ?? 0) * WEB_SEARCH,
	};
}
