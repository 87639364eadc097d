import assert from "node:assert/strict";
import { usualTimes } from "../../../../src/telemetry/queries/agentTimes.ts";
import { EventLog } from "../../../support/log/eventLog.ts";
import { eventsOf, storeOf } from "../../../support/telemetry/telemetry.ts";

describe("What is usual of agents", () => {
	it("is how long they are silent, by type where enough is known, of starts and ends of their calls", async () => {
		const log = new EventLog().start("a1", "Explore").start("b1", "Plan");
		// One second between any two events of the log, and a pause of forty in each twenty.
		for (let i = 0; i < 40; i++) {
			if (i % 20 === 19) for (let pause = 0; pause < 40; pause++) log.add("prompt");
			log.use(`c${i}`, "a1").result(`c${i}`, "a1");
		}
		log.use("p1", "b1").result("p1", "b1");
		const store = await storeOf([eventsOf(log.events)]);
		const { silences } = usualTimes(store);
		assert.deepEqual(
			silences.map(({ type }) => type),
			["Explore"],
		);
		assert.ok((silences[0]?.ms ?? 0) >= 1000 && (silences[0]?.ms ?? 0) <= 3000);
	});

	it("is how long they run, by type where enough have ended", async () => {
		const log = new EventLog();
		for (let i = 1; i <= 20; i++) {
			log.start(`a${i}`, "Explore");
			for (let second = 1; second < i; second++) log.add("prompt");
			log.stop(`a${i}`, "Explore");
		}
		log.start("b1", "Plan").stop("b1", "Plan").start("a21", "Explore");
		const { durations } = usualTimes(await storeOf([eventsOf(log.events)]));
		assert.deepEqual(durations, [{ type: "Explore", median: 10_000, p95: 19_000 }]);
	});

	it("is not known of an empty database", async () => {
		assert.deepEqual(usualTimes(await storeOf([])), { silences: [], durations: [] });
	});
});
