import type { UsageEvent } from "../../model/events/events.ts";
import type { PriceOf } from "../../model/usage/price.ts";
import { Fields } from "../fields/fields.ts";
import type { Notes } from "../fields/values.ts";
import { asObject, type Head, type Raw } from "../kit/raw.ts";
import { termsOf } from "./terms.ts";

/** Tells the tokens of messages. */
export class UsageReader {
	readonly #priceOf: PriceOf;
	/** Message and tokens of what was told last: its lines repeat it. */
	#told = "";
	readonly #notes: Notes;

	/** @param notes of the line that is read */
	constructor(priceOf: PriceOf, notes: Notes) {
		this.#priceOf = priceOf;
		this.#notes = notes;
	}

	/**
	 * One event for each model that answered; none for a message without tokens, and for what was told
	 * right before.
	 *
	 * @param isAside the client asked for itself, see {@link UsageEvent}
	 */
	read(head: Head, message: Raw, isAside: boolean): UsageEvent[] {
		const usage = asObject(message.usage);
		const id = new Fields(message).id("id");
		if (usage === null || id === "") return [];
		const model = new Fields(message).id("model");
		const others = othersIn(usage, model, this.#notes);
		const told = [id, usage.output_tokens, others.length].join(" ");
		if (told === this.#told) return [];
		this.#told = told;
		return [
			this.#spent(head, id, model, usage, isAside),
			...others.map((other, index) =>
				this.#spent(
					head,
					`${id}+${index + 1}`,
					new Fields(other).id("model") || model,
					other,
					true,
				),
			),
		];
	}

	#spent(head: Head, message: string, model: string, usage: Raw, isAside: boolean): UsageEvent {
		const tokens = tokensOf(usage, this.#notes);
		return {
			event: "usage",
			...head,
			message,
			model,
			...tokens,
			costUsd: this.#costOf({ model, ts: head.ts, ...tokens }, usage),
			isAside,
		};
	}

	#costOf(request: Parameters<PriceOf>[0], usage: Raw): number | null {
		const usd = this.#priceOf(request, termsOf(request.model, usage, this.#notes));
		return usd === null ? null : new Fields({ usd }, this.#notes).cost("usd");
	}
}

/**
 * What was answered within a message and is not in its totals: an advisor's words by a model of its
 * own, or a compaction. The message's own model may have answered several times, which the totals hold.
 */
function othersIn({ iterations }: Raw, model: string, notes: Notes): Raw[] {
	const told: unknown[] = [iterations ?? []].flat();
	const known = told.map(asObject).filter((one) => one !== null);
	if (known.length < told.length) notes.note = "bad_field";
	return known.filter((one) => one.type !== "message" || (one.model ?? model) !== model);
}

function tokensOf(usage: Raw, notes: Notes) {
	const f = new Fields(usage, notes);
	const written = f.count("cache_creation_input_tokens") ?? 0;
	const split = new Fields(asObject(usage.cache_creation) ?? {}, notes);
	const cacheWrite1h = Math.min(written, split.count("ephemeral_1h_input_tokens") ?? 0);
	return {
		tokensIn: f.count("input_tokens") ?? 0,
		tokensOut: f.count("output_tokens") ?? 0,
		cacheRead: f.count("cache_read_input_tokens") ?? 0,
		// The split is not always given; what is not kept for an hour is kept for five minutes.
		cacheWrite5m: written - cacheWrite1h,
		cacheWrite1h,
	};
}
