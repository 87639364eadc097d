import assert from "node:assert/strict";
import {
	formatClock,
	formatCost,
	formatTimeOfDay,
	formatTokens,
} from "../../../../src/model/views/format.ts";

describe("Amounts", () => {
	it("writes tokens with k and M, and a dash for what is not known", () => {
		assert.deepEqual([null, 0, 940, 182_400, 999_499, 999_500, 1_400_000].map(formatTokens), [
			"–",
			"0",
			"940",
			"182 k",
			"999 k",
			"1.0 M",
			"1.4 M",
		]);
	});

	it("writes cost with two decimals", () => {
		assert.deepEqual(
			[null, 0, 1.9].map((value) => formatCost(value)),
			["–", "$0.00", "$1.90"],
		);
		assert.deepEqual(
			[0.004, 0.005].map((value) => formatCost(value)),
			["<$0.01", "$0.01"],
		);
		assert.equal(formatCost(1.9, true), "≥ $1.90");
	});
});

describe("Times of the day", () => {
	it("are the reader's own, with two digits each", () => {
		const at = new Date(2026, 0, 5, 4, 2, 1).getTime();
		assert.equal(formatClock(at), "04:02:01");
		assert.equal(formatTimeOfDay(at), "04:02");
	});
});
