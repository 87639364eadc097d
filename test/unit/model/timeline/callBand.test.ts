import assert from "node:assert/strict";
import * as fc from "fast-check";
import { CallBand, LEAST_BAR } from "../../../../src/model/timeline/callBand.ts";
import { columnsOf, NOW, type Timed } from "../../../support/timelineCalls.ts";

/** Calls of a row as they may come: of any length, open, failed, many at once. */
const anyCalls = fc.array(
	fc.record<Timed>({
		start: fc.integer({ min: 0, max: 5000 }),
		length: fc.option(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3000 }))),
		isFailure: fc.boolean(),
	}),
	{ maxLength: 120 },
);
const anyFrame = fc
	.tuple(fc.integer({ min: -500, max: 6000 }), fc.integer({ min: 1, max: 8000 }))
	.map(([from, length]) => ({ from, until: from + length }));
const anyWidth = fc.integer({ min: 1, max: 400 });

describe("A band of calls", () => {
	it("shows every call that touches the frame, as a bar or as density, at every zoom", () => {
		const band = new CallBand();
		fc.assert(
			fc.property(anyCalls, anyFrame, anyWidth, (timed, { from, until }, width) => {
				const calls = columnsOf(timed);
				band.read(calls, { from, until, width, now: NOW });
				const touching = [...calls.calls.keys()].filter((index) => {
					const end = Math.min(calls.ends[index] ?? 0, NOW);
					return (calls.starts[index] ?? 0) < until && end >= from;
				});
				const bars = [...band.bars.slice(0, band.barCount)];
				const counted = band.counts.slice(0, width).reduce((sum, count) => sum + count, 0);
				assert.equal(bars.length + counted, touching.length);
				assert.equal(new Set(bars).size, bars.length);
				assert.ok(bars.every((bar) => touching.includes(bar)));
			}),
			{ numRuns: 400 },
		);
	});

	it("tells in each column how many failed", () => {
		const band = new CallBand();
		fc.assert(
			fc.property(anyCalls, anyWidth, (timed, width) => {
				const calls = columnsOf(timed);
				band.read(calls, { from: 0, until: 9000, width, now: NOW });
				const inBars = [...band.bars.slice(0, band.barCount)].filter((bar) => isFailure(bar));
				const counted = band.failures.slice(0, width).reduce((sum, count) => sum + count, 0);
				assert.equal(inBars.length + counted, calls.calls.filter((_, i) => isFailure(i)).length);
				for (let column = 0; column < width; column++) {
					assert.ok((band.failures[column] ?? 0) <= (band.counts[column] ?? 0));
				}
				function isFailure(index: number): boolean {
					return calls.calls[index]?.success === false;
				}
			}),
		);
	});

	it("makes bars of what is wide enough, and of nothing else", () => {
		const calls = columnsOf([
			{ start: 0, length: 100, isFailure: false },
			{ start: 200, length: 14, isFailure: false },
			{ start: 300, length: 15, isFailure: true },
		]);
		const band = new CallBand();
		band.read(calls, { from: 0, until: 1000, width: 100, now: NOW });
		assert.deepEqual([...band.bars.slice(0, band.barCount)], [0, 2]);
		assert.equal(band.counts[20], 1);
		assert.deepEqual([band.first, band.last], [20, 20]);
		assert.equal(LEAST_BAR, 1.5);
	});

	it("draws no more bars of one row than there are pixels, whatever lies on each other", () => {
		const timed = Array.from({ length: 5000 }, (_, i) => ({
			start: i % 50,
			length: null,
			isFailure: false,
		}));
		const band = new CallBand();
		band.read(columnsOf(timed), { from: 0, until: NOW, width: 200, now: NOW });
		assert.ok(band.barCount <= 800, `${band.barCount} bars`);
		const counted = band.counts.slice(0, 200).reduce((sum, count) => sum + count, 0);
		assert.equal(band.barCount + counted, 5000);
	});
});
