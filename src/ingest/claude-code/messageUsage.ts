import type { UsageEvent } from "../../model/events/events.ts";
import type { PriceOf } from "../../model/usage/price.ts";
import { Fields } from "../fields.ts";
import { asObject, type Head, type Raw } from "./lines.ts";
import { termsOf } from "./terms.ts";

/** Tells the tokens of messages. */
export class UsageReader {
	readonly #priceOf: PriceOf;
	/** Message and output of what came last: its lines repeat it. */
	#last = "";

	constructor(priceOf: PriceOf) {
		this.#priceOf = priceOf;
	}

	/** null for a message without tokens, and for what came right before. */
	read(head: Head, message: Raw): UsageEvent | null {
		const usage = asObject(message.usage);
		const id = new Fields(message).id("id");
		if (usage === null || id === "") return null;
		const latest = `${id} ${new Fields(usage).amount("output_tokens") ?? 0}`;
		if (latest === this.#last) return null;
		this.#last = latest;
		const model = new Fields(message).id("model");
		const tokens = tokensOf(usage);
		return {
			event: "usage",
			...head,
			message: id,
			model,
			...tokens,
			costUsd: this.#priceOf({ model, ts: head.ts, ...tokens }, termsOf(model, usage)),
		};
	}
}

function tokensOf(usage: Raw) {
	const f = new Fields(usage);
	const written = f.amount("cache_creation_input_tokens") ?? 0;
	const split = new Fields(asObject(usage.cache_creation) ?? {});
	const cacheWrite1h = Math.min(written, split.amount("ephemeral_1h_input_tokens") ?? 0);
	return {
		tokensIn: f.amount("input_tokens") ?? 0,
		tokensOut: f.amount("output_tokens") ?? 0,
		cacheRead: f.amount("cache_read_input_tokens") ?? 0,
		// The split is not always given; what is not kept for an hour is kept for five minutes.
		cacheWrite5m: written - cacheWrite1h,
		cacheWrite1h,
	};
}
