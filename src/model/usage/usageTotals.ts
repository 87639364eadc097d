import type { ModelUsage } from "../views/view.ts";

/** Costs are summed as whole billionths of a dollar: the same sum in any order. */
export const NANO = 1e9;

/** Tokens of one message, and what they cost. */
export type MessageTokens = Omit<ModelUsage, "model" | "messages" | "withoutPrice">;

type Sums = { -readonly [Name in Exclude<keyof ModelUsage, "model" | "costUsd">]: number } & {
	nanoUsd: number;
};

/** Tokens and cost of some messages, by model. */
export class UsageTotals {
	/** null while there is none: without transcripts no node has any, and there are many nodes. */
	#models: Map<string, Sums> | null = null;
	#tokens = 0;
	#nanoUsd = 0;
	#priced = 0;
	#unpriced = 0;

	/** @param sign -1 takes a message out again */
	add(model: string, message: MessageTokens, sign: 1 | -1): void {
		const sums = this.#sumsOf(model);
		const { tokensIn, tokensOut, cacheRead, cacheWrite, costUsd } = message;
		sums.messages += sign;
		sums.tokensIn += sign * tokensIn;
		sums.tokensOut += sign * tokensOut;
		sums.cacheRead += sign * cacheRead;
		sums.cacheWrite += sign * cacheWrite;
		this.#tokens += sign * (tokensIn + tokensOut + cacheRead + cacheWrite);
		if (costUsd === null) {
			sums.withoutPrice += sign;
			this.#unpriced += sign;
		} else {
			const nanoUsd = sign * Math.round(costUsd * NANO);
			sums.nanoUsd += nanoUsd;
			this.#nanoUsd += nanoUsd;
			this.#priced += sign;
		}
		if (sums.messages === 0) this.#models?.delete(model);
	}

	copy(): UsageTotals {
		const copy = new UsageTotals();
		if (this.#models !== null) {
			copy.#models = new Map();
			for (const [model, sums] of this.#models) copy.#models.set(model, { ...sums });
		}
		copy.#tokens = this.#tokens;
		copy.#nanoUsd = this.#nanoUsd;
		copy.#priced = this.#priced;
		copy.#unpriced = this.#unpriced;
		return copy;
	}

	/** All kinds together; null while no message is known. */
	get tokens(): number | null {
		return (this.#models?.size ?? 0) === 0 ? null : this.#tokens;
	}

	/** Of the messages that have a price; null where none has. */
	get costUsd(): number | null {
		return this.#priced === 0 ? null : this.#nanoUsd / NANO;
	}

	/** Some of the messages have a price and others have none. */
	get isCostPartial(): boolean {
		return this.#priced > 0 && this.#unpriced > 0;
	}

	/** By model, most tokens first. */
	models(): ModelUsage[] {
		const size = (row: ModelUsage) => row.tokensIn + row.tokensOut + row.cacheRead + row.cacheWrite;
		return [...(this.#models ?? [])]
			.map(([model, { nanoUsd, ...sums }]) => ({
				model,
				...sums,
				costUsd: sums.messages > sums.withoutPrice ? nanoUsd / NANO : null,
			}))
			.sort((a, b) => size(b) - size(a) || (a.model < b.model ? -1 : 1));
	}

	#sumsOf(model: string): Sums {
		this.#models ??= new Map();
		let sums = this.#models.get(model);
		if (sums === undefined) {
			sums = {
				messages: 0,
				tokensIn: 0,
				tokensOut: 0,
				cacheRead: 0,
				cacheWrite: 0,
				nanoUsd: 0,
				withoutPrice: 0,
			};
			this.#models.set(model, sums);
		}
		return sums;
	}
}
