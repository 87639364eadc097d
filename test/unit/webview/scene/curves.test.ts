import assert from "node:assert/strict";
import {
	enterAlpha,
	failStrength,
	flashStrength,
	floatAlpha,
	floatRise,
	leaveAlpha,
	pulseScale,
	restartedPulse,
} from "../../../../src/webview/scene/curves.ts";

describe("the curves of signs", () => {
	it("swells a pulse from 8 to 12 parts in 200 ms and back in 400", () => {
		assert.equal(pulseScale(0, true), 1);
		assert.equal(pulseScale(200, true), 1.5);
		assert.equal(pulseScale(400, true), 1);
		assert.equal(pulseScale(-1, true), 1);
	});

	it("starts a pulse that meets another without a jump", () => {
		for (const age of [0, 50, 150, 250, 399]) {
			const now = 10_000;
			const start = restartedPulse(now, age);
			const before = pulseScale(age, true);
			const after = pulseScale(now - start, true);
			assert.ok(Math.abs(before - after) < 1e-9, `age ${age}`);
			assert.ok(now - start <= 200, "it goes on by swelling");
		}
		assert.equal(restartedPulse(10_000, 5000), 10_000);
		assert.equal(restartedPulse(10_000, Number.POSITIVE_INFINITY), 10_000);
	});

	it("fades in over 300 ms and out over the 800 ms after the flash", () => {
		assert.deepEqual([enterAlpha(0, true), enterAlpha(300, true)], [0, 1]);
		assert.equal(leaveAlpha(700, true), 1);
		assert.ok(Math.abs(leaveAlpha(1100, true) - 0.5) < 1e-9);
		assert.equal(leaveAlpha(1500, true), 0);
	});

	it("floats a name up and away within 800 ms", () => {
		assert.ok(floatRise(400, true) > floatRise(100, true));
		assert.ok(floatAlpha(700, true) < floatAlpha(300, true));
		assert.equal(floatAlpha(800, true), 0);
	});

	it("shows every sign without movement as there or not there", () => {
		for (const age of [1, 100, 399]) assert.equal(pulseScale(age, false), 1);
		assert.deepEqual([enterAlpha(0, false), leaveAlpha(1499, false)], [1, 1]);
		assert.equal(leaveAlpha(1500, false), 0);
		assert.equal(flashStrength(10, false), flashStrength(1400, false));
		assert.equal(failStrength(10, false), failStrength(2000, false));
		assert.equal(floatRise(10, false), floatRise(700, false));
	});
});
