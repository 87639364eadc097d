import assert from "node:assert/strict";
import { Kept } from "../../../../src/telemetry/insights/kept.ts";
import type { TelemetryStore } from "../../../../src/telemetry/storage/store.ts";
import { newStore } from "../../../support/telemetry/telemetry.ts";

describe("What is kept of the whole database", () => {
	it("is that of the database which took the place of another while that was read", async () => {
		const [cleared, present] = [await newStore(), await newStore()];
		let store: TelemetryStore = cleared;
		let go = (): void => {};
		const reads = new Promise<void>((resolve) => {
			go = resolve;
		});
		const kept = new Kept(
			() => store,
			() => 0,
			async (from) => {
				await reads;
				return from === present ? "present" : "cleared";
			},
		);
		const first = kept.get();
		store = present;
		const second = kept.get();
		go();
		for (const told of [await first, await second]) {
			assert.deepEqual(told, { value: "present", isBehind: false });
		}
		kept.dispose();
		for (const each of [cleared, present]) each.close();
	});
});
