import assert from "node:assert/strict";
import * as fc from "fast-check";
import { LogHistogram } from "../../../../src/model/calls/logHistogram.ts";

const duration = fc.double({ min: 0.1, max: 30 * 86_400_000, noNaN: true });

function histogramOf(durations: Iterable<number>): LogHistogram {
	const histogram = new LogHistogram();
	for (const ms of durations) histogram.add(ms);
	return histogram;
}

/** The sorted durations' member at that share of their ranks. */
function exact(durations: readonly number[], share: number): number {
	const sorted = durations.toSorted((a, b) => a - b);
	return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}

describe("The histogram of durations", () => {
	it("knows every percentile to 2 %", () => {
		fc.assert(
			fc.property(
				fc.array(duration, { minLength: 1, maxLength: 500 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(durations, share) => {
					const found = histogramOf(durations).quantiles([share])[0] ?? Number.NaN;
					const right = exact(durations, share);
					assert.ok(Math.abs(found - right) <= right * 0.02 * (1 + 1e-9), `${found}, not ${right}`);
				},
			),
			{ numRuns: 500 },
		);
	});

	it("answers several percentiles as one by one", () => {
		fc.assert(
			fc.property(fc.array(duration), (durations) => {
				const histogram = histogramOf(durations);
				const shares = [0.5, 0.95, 0.99];
				assert.deepEqual(
					histogram.quantiles(shares),
					shares.map((share) => histogram.quantiles([share])[0]),
				);
			}),
		);
	});

	it("is the same in any order, and when durations came and went", () => {
		fc.assert(
			fc.property(fc.array(duration), fc.array(duration), (kept, gone) => {
				const histogram = histogramOf([...gone, ...kept.toReversed()]);
				for (const ms of gone) histogram.add(ms, -1);
				assert.equal(histogram.toString(), histogramOf(kept).toString());
				assert.equal(histogram.total, kept.length);
			}),
		);
	});

	it("comes back from its text", () => {
		const histogram = histogramOf([0, 3, 3, 4000]);
		const again = LogHistogram.parse(histogram.toString());
		assert.equal(again.total, 4);
		assert.equal(again.toString(), histogram.toString());
	});

	it("counts less than a tenth of a millisecond as nothing, and knows nothing when empty", () => {
		assert.equal(histogramOf([0, 0.05]).quantiles([0.99])[0], 0);
		assert.equal(new LogHistogram().quantiles([0.5])[0], null);
	});

	it("takes in one that another bundle has made, whose class is another", async () => {
		const copy = "../../../../src/model/calls/logHistogram.ts?another";
		const other = (await import(copy)) as { LogHistogram: typeof LogHistogram };
		const made = new other.LogHistogram();
		for (const ms of [3, 4000]) made.add(ms);
		const all = histogramOf([3]);
		all.absorb(made);
		assert.equal(all.toString(), histogramOf([3, 3, 4000]).toString());
	});
});
