import assert from "node:assert/strict";
import { calcPrice } from "@pydantic/genai-prices";
import type { PricedUsage } from "../../../src/model/usage/price.ts";
import { KnownPrices } from "../../../src/pricing/knownPrices.ts";

function usage(model: string, day: string, tokensIn: number): PricedUsage {
	const none = { tokensOut: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
	return { ...none, model, tokensIn, ts: Date.parse(`${day}T12:00:00Z`) };
}

function listed({ model, ts, tokensIn }: PricedUsage) {
	const found = calcPrice({ input_tokens: tokensIn }, model, { timestamp: new Date(ts) });
	assert.ok(found);
	return found;
}

describe("Prices that were asked for", () => {
	it("are known of a model whose list has searches as well, on any day", () => {
		const known = new KnownPrices();
		const first = usage("claude-sonnet-4-5-20250929", "2026-01-01", 100);
		assert.ok("web_searches_kcount" in listed(first).model_price);
		assert.equal(known.price(first), undefined);
		known.learn(first, listed(first));
		for (const day of ["2026-01-01", "2026-03-09", "2026-11-01"]) {
			const other = usage("claude-sonnet-4-5-20250929", day, 12_345);
			assert.equal(known.price(other), listed(other).total_price);
		}
	});

	it("are asked for again from the day on that a list has another", () => {
		const known = new KnownPrices();
		const before = usage("claude-sonnet-4-6", "2026-01-01", 300_000);
		const after = usage("claude-sonnet-4-6", "2026-06-01", 300_000);
		known.learn(before, listed(before));
		assert.equal(known.price(after), undefined);
		known.learn(after, listed(after));
		assert.deepEqual([known.price(before), known.price(after)], [1.8, 0.9]);
	});

	it("are none of a model that no list has", () => {
		const known = new KnownPrices();
		known.learnUnlisted("nobody-knows-1");
		assert.equal(known.price(usage("nobody-knows-1", "2026-01-01", 100)), null);
		assert.equal(known.price(usage("nobody-knows-2", "2026-01-01", 100)), undefined);
	});
});
