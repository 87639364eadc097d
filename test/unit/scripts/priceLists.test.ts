import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as packaged from "@pydantic/genai-prices";
import { withJsonLists } from "../../../scripts/bundle/priceLists.mjs";
import { inProject } from "../../../scripts/paths.ts";

const source = readFileSync(inProject("node_modules/@pydantic/genai-prices/dist/index.js"), "utf8");

describe("Price lists in a bundle", () => {
	let bundled: typeof packaged;
	before(async () => {
		const code = Buffer.from(withJsonLists(source)).toString("base64");
		bundled = await import(`data:text/javascript;base64,${code}`);
	});

	it("price every model as the package does", () => {
		const usage = { input_tokens: 300_000, output_tokens: 2000 };
		let count = 0;
		for (const [, providerId = ""] of source.matchAll(/^ {4}id: "(.+)",$/gm)) {
			const provider = packaged.findProvider({ providerId });
			assert.ok(provider !== undefined, providerId);
			for (const { id } of provider.models) {
				const options = { timestamp: new Date("2026-11-01"), providerId: provider.id };
				const [expected, actual] = [packaged, bundled].map(({ calcPrice }) => {
					const price = calcPrice(usage, id, options);
					return price && [price.total_price, price.model.id, price.model_price];
				});
				assert.deepEqual(actual, expected, `${provider.id}: ${id}`);
				if (expected !== null) count++;
			}
		}
		assert.ok(count > 1000, String(count));
	});

	it("are less than two thirds of the package", () => {
		assert.ok(withJsonLists(source).length < (2 / 3) * source.length);
	});

	it("refuse a module that is built in another way", () => {
		assert.throws(() => withJsonLists("export const data = [];"), /no longer begins/);
		assert.throws(() => withJsonLists("const E = [\n\tnew Date(0)\n];"), /strictly deep-equal/);
	});
});
