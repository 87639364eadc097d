import assert from "node:assert/strict";
import {
	formatAge,
	formatCount,
	formatDuration,
	plural,
} from "../../../../src/webview/text/numbers.ts";

describe("numbers and times", () => {
	for (const [ms, text] of [
		[0, "0 ms"],
		[340, "340 ms"],
		[999.4, "999 ms"],
		[999.6, "1.0 s"],
		[2900, "2.9 s"],
		[59_940, "59.9 s"],
		[59_960, "1 m 0 s"],
		[252_000, "4 m 12 s"],
		[3_900_000, "1 h 5 m"],
		[180_000_000, "2 d 2 h"],
		[-5, "0 ms"],
	] as const) {
		it(`writes a duration of ${ms} ms as ${text}`, () => {
			assert.equal(formatDuration(ms), text);
		});
	}

	it("writes growing ages in whole seconds", () => {
		assert.deepEqual([-10, 999, 12_900, 60_000, 3_700_000].map(formatAge), [
			"0 s",
			"0 s",
			"12 s",
			"1 m 0 s",
			"1 h 1 m",
		]);
	});

	it("groups large counts and bends nouns", () => {
		assert.equal(formatCount(12_345), "12,345");
		assert.deepEqual([plural(1, "agent"), plural(0, "agent")], ["1 agent", "0 agents"]);
	});
});
