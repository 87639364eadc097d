import assert from "node:assert/strict";
import * as fc from "fast-check";
import { isDue, slotStart } from "../../../src/schedule/slots.ts";

const HOUR_MS = 3_600_000;

/** Runs with another local time; Node looks at the variable whenever it is set. */
function inZone<Value>(zone: string, act: () => Value): Value {
	const before = process.env.TZ;
	process.env.TZ = zone;
	try {
		return act();
	} finally {
		if (before === undefined) delete process.env.TZ;
		else process.env.TZ = before;
	}
}

const at = (text: string): number => new Date(text).getTime();

describe("The schedule", () => {
	it("has its slots at 00, 06, 12 and 18 of local time", () => {
		inZone("Asia/Kolkata", () => {
			const slot = (time: string) => slotStart(at(`2026-07-01T${time}`), 6);
			assert.equal(slot("00:00:00"), at("2026-07-01T00:00"));
			assert.equal(slot("05:59:59.999"), at("2026-07-01T00:00"));
			assert.equal(slot("06:00:00"), at("2026-07-01T06:00"));
			assert.equal(slot("17:30:00"), at("2026-07-01T12:00"));
			assert.equal(slot("23:00:00"), at("2026-07-01T18:00"));
		});
	});

	it("keeps to the hours of the clock when that is changed", () => {
		inZone("Europe/Berlin", () => {
			// 29 March has 23 hours, 25 October has 25.
			for (const day of ["2026-03-29", "2026-10-25"]) {
				for (const hour of ["00", "06", "12", "18"]) {
					const start = at(`${day}T${hour}:00`);
					assert.equal(slotStart(start, 6), start);
					assert.notEqual(slotStart(start - 1, 6), start);
				}
			}
		});
	});

	it("is due once for all the slots that were missed", () => {
		const now = at("2026-07-04T13:00");
		assert.equal(isDue(null, now, 6), true);
		assert.equal(isDue(at("2026-07-01T06:00"), now, 6), true);
		assert.equal(isDue(at("2026-07-04T11:59"), now, 6), true);
		assert.equal(isDue(at("2026-07-04T12:00"), now, 6), false);
		assert.equal(isDue(now, now, 6), false);
		assert.equal(isDue(now, at("2026-07-04T18:00"), 6), true);
	});

	it("is due when the clock has been set back, and then not again", () => {
		const now = at("2026-07-04T13:00");
		assert.equal(isDue(now + 90 * 24 * HOUR_MS, now, 6), true);
		assert.equal(isDue(now, now + 1, 6), false);
	});

	it("has a slot that began within its interval, at any time in any zone", () => {
		const zones = ["UTC", "Europe/Berlin", "America/Sao_Paulo", "Africa/Cairo", "Asia/Beirut"];
		const first = Date.UTC(2010, 0, 1);
		fc.assert(
			fc.property(
				fc.constantFrom(...zones),
				fc.integer({ min: first, max: first + 20 * 365 * 24 * HOUR_MS }),
				fc.integer({ min: 1, max: 24 }),
				(zone, now, hours) =>
					inZone(zone, () => {
						const start = slotStart(now, hours);
						assert.ok(start <= now);
						assert.ok(now - start <= (hours + 1) * HOUR_MS);
						assert.equal(slotStart(start, hours), start);
					}),
			),
			{ numRuns: 300 },
		);
	});
});
