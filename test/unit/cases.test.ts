import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { loadPrices } from "../../src/pricing/prices.ts";
import { CASES, cutsOf, expectedOf, readCase } from "../support/cases.ts";
import { useTempFolder } from "../support/tempFolder.ts";

/** Histories as real clients left them, each of one kind, with what is right of them. */
describe("Cases of real histories", () => {
	const folder = useTempFolder();

	for (const name of readdirSync(CASES).sort()) {
		it(`are right in the database: ${name}`, async () => {
			const { answers } = await readCase(name, folder.path, await loadPrices());
			assert.deepEqual(answers, expectedOf(name));
		});

		it(`are the same when they were read before they were whole: ${name}`, async () => {
			const priceOf = await loadPrices();
			const whole = await readCase(name, folder.file("whole"), priceOf);
			for (const [index, cut] of cutsOf(name).entries()) {
				const parts = await readCase(name, folder.file(String(index)), priceOf, cut);
				assert.deepEqual(parts, whole, `${cut.file} cut behind line ${cut.lines}`);
			}
		});
	}
});
