import assert from "node:assert/strict";
import { Fields } from "../../../../src/ingest/fields/fields.ts";

const DAY_MS = 86_400_000;

describe("A number from outside", () => {
	const ODD = [Number.NaN, Number.POSITIVE_INFINITY, -1, 1.75e308, "7", [7], { valueOf: 7 }];

	const read = (read: (f: Fields) => number | null, value: unknown) => {
		const f = new Fields({ it: value });
		return [read(f), f.note];
	};

	for (const [kind, of, most] of [
		["count", (f: Fields) => f.count("it"), 2 ** 31],
		["duration", (f: Fields) => f.duration("it"), 90 * DAY_MS],
		["cost", (f: Fields) => f.cost("it"), 10_000],
	] as const) {
		it(`is nothing where it can be no ${kind}, and that is noted`, () => {
			for (const value of [0, 1, most]) assert.deepEqual(read(of, value), [value, null]);
			for (const absent of [null, undefined]) assert.deepEqual(read(of, absent), [null, null]);
			for (const value of [...ODD, most * 1.01]) {
				assert.deepEqual(read(of, value), [null, "bad_field"], String(value));
			}
		});
	}

	it("is no fraction where it counts things", () => {
		assert.deepEqual(
			read((f) => f.count("it"), 0.5),
			[null, "bad_field"],
		);
	});
});

describe("A time from outside", () => {
	it("is that of the line before where it cannot be read, or cannot be", () => {
		const iso = (ms: number) => new Date(ms).toISOString();
		const now = Date.now();
		const time = (value: unknown) => new Fields({ ts: value }).time("ts", 5);
		for (const ms of [Date.UTC(2015), now, now + DAY_MS - 60_000]) assert.equal(time(iso(ms)), ms);
		for (const value of [
			iso(Date.UTC(2015) - 1),
			iso(now + DAY_MS + 60_000),
			"9999-12-31T23:59:59.999Z",
			"yesterday",
			"",
			1_700_000_000_000,
			null,
			undefined,
			{},
		]) {
			assert.equal(time(value), 5, String(value));
		}
	});
});
