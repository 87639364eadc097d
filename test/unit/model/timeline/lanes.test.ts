import assert from "node:assert/strict";
import * as fc from "fast-check";
import { MAX_LANES } from "../../../../src/model/timeline/lanes.ts";
import { columnsOf, type Timed } from "../../../support/timelineCalls.ts";

const call = (start: number, length: number | null): Timed => ({ start, length, isFailure: false });

describe("Lanes", () => {
	const lanesOf = (...timed: Timed[]) => {
		const { count, lanes, laneCounts } = columnsOf(timed);
		return Array.from({ length: count }, (_, i) => `${lanes[i]} of ${laneCounts[i]}`);
	};

	it("leave calls that follow each other at their full height", () => {
		assert.deepEqual(lanesOf(call(0, 10), call(10, 5), call(20, 5)), [
			"0 of 1",
			"0 of 1",
			"0 of 1",
		]);
	});

	it("put calls that overlap below each other, and only those", () => {
		const lanes = lanesOf(call(0, 10), call(5, 10), call(12, 1), call(30, 5));
		assert.deepEqual(lanes, ["0 of 2", "1 of 2", "0 of 2", "0 of 1"]);
	});

	it("keep calls that go on apart from all that come after", () => {
		assert.deepEqual(lanesOf(call(0, null), call(5, 1)), ["0 of 2", "1 of 2"]);
	});

	it("hold no two calls at one time, unless all are taken", () => {
		const anyTimed = fc.record({
			start: fc.integer({ min: 0, max: 300 }),
			length: fc.option(fc.integer({ min: 0, max: 60 })),
			isFailure: fc.constant(false),
		});
		fc.assert(
			fc.property(fc.array(anyTimed, { maxLength: 40 }), (timed) => {
				const { count, starts, ends, lanes, laneCounts } = columnsOf(timed);
				for (let a = 0; a < count; a++) {
					assert.ok((lanes[a] ?? 0) < (laneCounts[a] ?? 0));
					for (let b = a + 1; b < count; b++) {
						const overlap = (starts[b] ?? 0) < (ends[a] ?? 0);
						if (overlap && lanes[a] === lanes[b]) assert.equal(laneCounts[a], MAX_LANES);
						if (overlap) assert.equal(laneCounts[a], laneCounts[b]);
					}
				}
			}),
		);
	});
});
