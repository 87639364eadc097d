import type { UsageEvent } from "../../model/events/events.ts";
import type { PriceOf } from "../../model/usage/price.ts";
import type { Fields } from "../fields/fields.ts";
import type { JsonLines } from "../kit/jsonLines.ts";
import { asObject, type Head, type Raw } from "../kit/raw.ts";
import { usageEvent } from "../kit/usageEvent.ts";

const DEMANDS = { input_tokens: "number", output_tokens: "number" } as const;

/** What is known of a request besides its tokens. */
interface Request {
	readonly head: Head;
	readonly thread: string;
	readonly model: string;
}

/**
 * Tokens of one request, as `token_usage_record` and `token_count` both have them. What a thread has used
 * altogether by then tells the request from all others, and is in both of them.
 *
 * @param usage of the request
 * @param total of the thread
 */
export function requestUsage(
	lines: JsonLines,
	{ head, thread, model }: Request,
	usage: Raw | null,
	total: Raw | null,
	priceOf: PriceOf,
): UsageEvent[] {
	if (!lines.has(usage, DEMANDS) || !lines.has(total, { total_tokens: "number" })) return [];
	const message = `${thread}:${String(total.total_tokens)}`;
	return [usageEvent({ head, message, model, ...tokensOf(lines.fields(usage)) }, priceOf)];
}

/** @param payload of `token_usage_record` */
export function recordedUsage(payload: Raw): readonly [Raw | null, Raw | null] {
	return [asObject(payload.usage), asObject(payload.thread_token_usage)];
}

/** @param info of `token_count` */
export function countedUsage(info: Raw): readonly [Raw | null, Raw | null] {
	return [asObject(info.last_token_usage), asObject(info.total_token_usage)];
}

/** Cached tokens are part of the input here, and reasoning is of the output. */
function tokensOf(f: Fields) {
	const input = f.count("input_tokens") ?? 0;
	const cacheRead = Math.min(input, f.count("cached_input_tokens") ?? 0);
	const written = f.count("cache_write_input_tokens") ?? f.count("cache_write_tokens") ?? 0;
	const cacheWrite = Math.min(input - cacheRead, written);
	const tokensIn = input - cacheRead - cacheWrite;
	return { tokensIn, tokensOut: f.count("output_tokens") ?? 0, cacheRead, cacheWrite };
}
