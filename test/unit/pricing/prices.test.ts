import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { inProject } from "../../../scripts/paths.ts";
import { termsOf } from "../../../src/ingest/claude-code/terms.ts";
import type { PricedUsage, PriceOf } from "../../../src/model/usage/price.ts";
import { loadPrices } from "../../../src/pricing/prices.ts";

interface ModelUsage {
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly cacheReadInputTokens: number;
	readonly cacheCreationInputTokens: number;
	readonly cacheCreationEphemeral1hInputTokens: number;
	readonly costUSD: number;
}

/** What the client itself reckoned at the end of each recorded session, by model. */
const reckoned = globSync("captures/*/transcripts/*/*.jsonl", { cwd: inProject("test/fixtures") })
	.flatMap((file) => readFileSync(inProject("test/fixtures", file), "utf8").split("\n"))
	.filter((line) => line.startsWith('{"type":"cost-state"'))
	.map((line) => JSON.parse(line) as { startTime: number; modelUsage: Record<string, ModelUsage> })
	.flatMap(({ startTime, modelUsage }) =>
		Object.entries(modelUsage).map(([model, usage]) => ({ model, ts: startTime, usage })),
	);

const NONE = { tokensIn: 0, tokensOut: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
const MILLION = 1_000_000;

describe("Prices", () => {
	let priceOf: PriceOf;
	before(async () => {
		priceOf = await loadPrices();
	});
	const price = (model: string, tokens: Partial<PricedUsage>, day = "2026-11-01") =>
		priceOf({ ...NONE, ...tokens, model, ts: Date.parse(`${day}T12:00:00Z`) });
	const inputPrice = (model: string) => price(model, { tokensIn: MILLION });

	it("are higher in fast mode and in one country, and count searches, as the client reckons", () => {
		const cost = (model: string, terms: object) =>
			priceOf(
				{ ...NONE, model, tokensIn: MILLION, ts: Date.parse("2026-11-01") },
				termsOf(model, { ...terms }, { note: null }),
			)?.toFixed(2);
		assert.equal(cost("claude-opus-4-6", {}), "5.00");
		assert.equal(cost("claude-opus-4-6", { speed: "fast" }), "30.00");
		assert.equal(cost("claude-opus-4-8-20260101", { speed: "fast" }), "10.00");
		assert.equal(cost("claude-opus-5-5", { speed: "fast" }), "8.00");
		assert.equal(cost("claude-sonnet-5", { speed: "fast" }), "2.00");
		assert.equal(cost("claude-opus-4-6", { inference_geo: "us" }), "5.50");
		assert.equal(cost("claude-opus-4-6", { server_tool_use: { web_search_requests: 3 } }), "5.03");
		assert.equal(
			cost("nobody-knows-1", { server_tool_use: { web_search_requests: 3 } }),
			undefined,
		);
	});

	it("agree with what the client reckons, for the models that both know", () => {
		const unknown: string[] = [];
		for (const { model, ts, usage } of reckoned) {
			const cacheWrite1h = usage.cacheCreationEphemeral1hInputTokens;
			const cost = priceOf({
				model,
				ts,
				tokensIn: usage.inputTokens,
				tokensOut: usage.outputTokens,
				cacheRead: usage.cacheReadInputTokens,
				cacheWrite1h,
				cacheWrite5m: usage.cacheCreationInputTokens - cacheWrite1h,
			});
			if (cost === null) unknown.push(model);
			else assert.ok(Math.abs(cost - usage.costUSD) < 1e-9, `${model}: ${cost} ${usage.costUSD}`);
		}
		assert.ok(reckoned.length >= 4);
		// Its release is newer than the price list.
		assert.deepEqual(unknown, ["claude-haiku-5-5"]);
	});

	it("tell the kinds of tokens apart", () => {
		const kinds = Object.keys(NONE).map((kind) => price("claude-sonnet-5", { [kind]: MILLION }));
		assert.deepEqual(kinds, [2, 10, 0.2, 2.5, 4]);
	});

	it("know a model with a date, with a window, and in its older spelling", () => {
		assert.equal(inputPrice("claude-sonnet-5-20260101"), 2);
		assert.equal(inputPrice("claude-opus-5-5[1m]"), 4);
		assert.equal(inputPrice("claude-opus-5-5-20260901[1m]"), 4);
		assert.equal(inputPrice("claude-opus-4-20250514"), 15);
		assert.equal(inputPrice("claude-3-5-haiku-20241022"), 0.8);
	});

	it("are those of the cloud that a name comes from", () => {
		assert.equal(inputPrice("us.anthropic.claude-opus-4-5-20251101-v1:0"), 5.5);
		assert.equal(inputPrice("global.anthropic.claude-opus-4-5-20251101-v1:0"), 5);
		assert.equal(
			inputPrice("arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-opus-5-v1:0"),
			5.5,
		);
		assert.equal(inputPrice("claude-opus-4-5@20251101"), 5);
	});

	it("reckon a cache write of an hour as twice the input where a cloud's list leaves it out", () => {
		const tokens = { cacheWrite1h: MILLION, cacheWrite5m: MILLION, cacheRead: MILLION };
		const cost = price("us.anthropic.claude-opus-5-v1:0", tokens);
		assert.equal(cost?.toFixed(6), (11 + 6.875 + 0.55).toFixed(6));
	});

	it("are those of the time of the request", () => {
		const tokens = { tokensIn: 300_000 };
		assert.equal(price("claude-sonnet-4-6", tokens, "2026-01-01")?.toFixed(6), "1.800000");
		assert.equal(price("claude-sonnet-4-6", tokens, "2026-06-01")?.toFixed(6), "0.900000");
	});

	for (const model of [
		"",
		"sonnet",
		"<synthetic>",
		"claude-haiku-5-5",
		"claude-sonnet-5-5",
		"my-own-model",
		"claude-opus-4-8-fast",
		"us.anthropic.claude-sonnet-5-5-v1:0",
		"claude-sonnet-5-5@20270101",
	]) {
		it(`say nothing of ${model || "a model without a name"}, which no list has`, () => {
			assert.equal(inputPrice(model), null);
		});
	}

	it("say nothing of an amount that makes no sense", () => {
		assert.equal(price("claude-sonnet-5", { tokensIn: Number.NaN }), null);
		assert.equal(price("claude-sonnet-5", { tokensIn: 1, ts: Number.NaN }), 0.000002);
	});

	it("are to the last bit what the lists say, however often they were asked before", async () => {
		const models = [
			"claude-sonnet-4-5-20250929",
			"claude-opus-4-1-20250805",
			"claude-haiku-4-5",
			"claude-sonnet-5",
			"us.anthropic.claude-sonnet-4-5-20250929-v1:0",
			"gpt-5",
			"gemini-2.5-pro",
			"deepseek-chat",
			"nobody-knows-1",
		];
		const tokens = fc.oneof(fc.constant(0), fc.nat(300), fc.nat(3_000_000));
		const usage = fc.record({
			model: fc.constantFrom(...models),
			ts: fc.integer({ min: Date.parse("2025-06-01"), max: Date.parse("2026-12-01") }),
			tokensIn: tokens,
			tokensOut: tokens,
			cacheRead: tokens,
			cacheWrite5m: tokens,
			cacheWrite1h: fc.oneof(fc.constant(0), tokens),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(usage, { minLength: 1, maxLength: 8 }), async (usages) => {
				const asked = usages.map((each) => priceOf(each));
				for (const [index, each] of usages.entries()) {
					const afresh = await loadPrices();
					assert.equal(asked[index], afresh(each), JSON.stringify(each));
				}
			}),
		);
	});
});
