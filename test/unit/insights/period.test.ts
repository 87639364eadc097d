import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { inProject } from "../../../scripts/paths.ts";
import { Calendar, type Grain, lastDays } from "../../../src/insights/period.ts";

const HOUR = 3_600_000;

/** Keys of a period as a process in that time zone sees them, with the place of a time. */
function keysIn(zone: string, from: string, until: string, grain: Grain, at: string) {
	const script = `
		const { Calendar } = await import(${JSON.stringify(inProject("src/insights/period.ts"))});
		const period = { from: Date.parse("${from}"), until: Date.parse("${until}") };
		const calendar = new Calendar(period, "${grain}");
		const ts = Date.parse("${at}");
		console.log(JSON.stringify([calendar.keys, calendar.keys[calendar.placeOf(ts)], calendar.weekHourOf(ts)]));`;
	const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
		encoding: "utf8",
		env: { ...process.env, TZ: zone },
	});
	return JSON.parse(output) as [string[], string, number];
}

describe("A calendar of figures", () => {
	it("has days of here, also where clocks differ by half an hour", () => {
		const [keys, key, weekHour] = keysIn(
			...(["Asia/Kolkata", "2026-03-05T00:00:00Z", "2026-03-06T20:00:00Z", "day"] as const),
			"2026-03-05T18:45:00Z",
		);
		assert.deepEqual(keys, ["2026-03-05", "2026-03-06", "2026-03-07"]);
		assert.equal(key, "2026-03-06");
		// A Friday, a quarter past midnight.
		assert.equal(weekHour, 4 * 24);
	});

	it("names no hour twice and leaves none out where clocks are set back", () => {
		const [keys] = keysIn(
			...(["Europe/Berlin", "2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z", "hour"] as const),
			"2026-10-25T01:30:00Z",
		);
		assert.deepEqual(keys, ["2026-10-25T01", "2026-10-25T02", "2026-10-25T03"]);
	});

	it("begins weeks on Monday", () => {
		const [keys, key] = keysIn(
			...(["UTC", "2026-11-20T00:00:00Z", "2026-12-02T00:00:00Z", "week"] as const),
			"2026-11-29T23:59:59Z",
		);
		assert.deepEqual(keys, ["2026-11-16", "2026-11-23", "2026-11-30"]);
		assert.equal(key, "2026-11-23");
	});

	it("has months, and nothing in an empty period", () => {
		const [keys] = keysIn(
			...(["UTC", "2026-01-31T00:00:00Z", "2026-03-01T00:00:01Z", "month"] as const),
			"2026-02-01T00:00:00Z",
		);
		assert.deepEqual(keys, ["2026-01", "2026-02", "2026-03"]);
		assert.deepEqual(new Calendar({ from: 5, until: 5 }, "day").keys, []);
	});
});

describe("The last days", () => {
	it("are whole ones, the present one included", () => {
		const now = new Date(2026, 10, 27, 14, 5).getTime();
		const { from, until } = lastDays(7, now);
		assert.equal(from, new Date(2026, 10, 21).getTime());
		assert.equal(until, now + 1);
		assert.ok(until - from > 6 * 24 * HOUR);
	});
});
