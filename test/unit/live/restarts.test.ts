import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { Restarts } from "../../../src/live/reading/restarts.ts";

const HOUR = 3_600_000;

describe("Restarts", () => {
	it("come to an end, but not for ends that lie far apart", async () => {
		let now = 0;
		let starts = 0;
		const restarts = new Restarts(
			() => {
				starts++;
			},
			[0, 0],
			() => now,
		);
		const schedule = async (after: number) => {
			now += after;
			const isScheduled = restarts.schedule();
			await sleep(5);
			return isScheduled;
		};
		const results = [await schedule(5), await schedule(5), await schedule(5)];
		assert.deepEqual([...results, starts], [true, true, false, 2]);
		for (let week = 0; week < 5; week++) assert.equal(await schedule(24 * HOUR), true);
		assert.equal(starts, 7);
	});

	it("are none after a reset, which forgets the ends before it", async () => {
		let starts = 0;
		const restarts = new Restarts(() => {
			starts++;
		}, [0]);
		assert.equal(restarts.schedule(), true);
		restarts.reset();
		await sleep(5);
		assert.equal(starts, 0);
		assert.equal(restarts.schedule(), true);
		restarts.reset();
	});
});
