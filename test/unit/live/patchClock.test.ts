import assert from "node:assert/strict";
import { mock } from "node:test";
import { PatchClock } from "../../../src/live/patchClock.ts";

describe("PatchClock", () => {
	beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
	afterEach(() => mock.timers.reset());

	it("acts at once on the first request and once more for all that follow", () => {
		let acts = 0;
		const clock = new PatchClock(() => acts++);
		clock.request();
		assert.equal(acts, 1);
		for (let index = 0; index < 10; index++) clock.request();
		assert.equal(acts, 1);
		mock.timers.tick(60);
		assert.equal(acts, 2);
		mock.timers.tick(1000);
		assert.equal(acts, 2);
	});

	it("does nothing after it was disposed", () => {
		let acts = 0;
		const clock = new PatchClock(() => acts++);
		clock.request();
		clock.request();
		clock.dispose();
		mock.timers.tick(1000);
		assert.equal(acts, 1);
	});
});
