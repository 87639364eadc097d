import assert from "node:assert/strict";
import { loadPrices } from "../../../../src/pricing/prices.ts";
import { cutsOf, expectedOf, readCase } from "../../../support/cases.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";
import { clientRuns } from "../../../support/transcripts/clientRuns.ts";

/** Runs of each client, recorded from the real one, with what is true of them. */
describe("Recorded runs of other clients", () => {
	const folder = useTempFolder();

	for (const name of clientRuns) {
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
