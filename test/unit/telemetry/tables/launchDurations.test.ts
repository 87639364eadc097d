import assert from "node:assert/strict";
import { EventLog } from "../../../support/eventLog.ts";
import { eventsOf, storeOf } from "../../../support/telemetry.ts";

describe("Launches of one agent", () => {
	const log = () =>
		new EventLog()
			.spawn("t1", "Explore")
			.start("a1", "Explore")
			.add("agent_done", { id: "t1", child_id: "a1", duration_ms: 5000 })
			.spawn("t2", "Explore")
			.start("a1", "Explore")
			.add("agent_done", { id: "t2", child_id: "a1", duration_ms: 100 });

	it("have a duration each, in any batches", async () => {
		const events = eventsOf(log().events);
		for (const batches of [[events], events.map((event) => [event])]) {
			const store = await storeOf(batches);
			assert.deepEqual(
				store.all("SELECT tool_use_id AS id, duration_ms AS ms FROM calls ORDER BY 1"),
				[
					{ id: "t1", ms: 5000 },
					{ id: "t2", ms: 100 },
				],
			);
			store.close();
		}
	});
});
