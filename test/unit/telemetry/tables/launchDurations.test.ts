import assert from "node:assert/strict";
import { EventLog } from "../../../support/log/eventLog.ts";
import { eventsOf, storeOf } from "../../../support/telemetry/telemetry.ts";

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

	it("end with the session that was resumed, or with the life that they led to", async () => {
		const events = eventsOf(
			new EventLog()
				.spawn("t1", "Explore")
				.start("a1", "Explore")
				.add("agent_link", { id: "t1", child_id: "a1" })
				.add("session_end", { reason: "other" })
				.add("session_start", { source: "resume" })
				.start("a1", "Explore")
				.stop("a1", "Explore")
				.spawn("t2", "Explore")
				.start("a2", "Explore")
				.stop("a2", "Explore")
				.add("agent_result", { id: "t2", child_id: "a2", status: "completed" })
				.start("a2", "Explore")
				.stop("a2", "Explore").events,
		);
		for (const batches of [[events], events.map((event) => [event])]) {
			const store = await storeOf(batches);
			assert.deepEqual(
				store.all("SELECT tool_use_id AS id, duration_ms AS ms FROM calls ORDER BY 1"),
				[
					{ id: "t1", ms: 2000 },
					{ id: "t2", ms: 1000 },
				],
			);
			store.close();
		}
	});

	it("cut off what its agent ran, where only the time tells which launch was whose", async () => {
		const events = eventsOf(
			new EventLog()
				.spawn("t1", "Explore")
				.start("a1", "Explore")
				.add("tool_use", { id: "t2", tool: "Read", agent_id: "a1" })
				.add("tool_result", {
					id: "t1",
					tool: "Agent",
					success: false,
					error_class: "interrupted",
				}).events,
		);
		for (const batches of [[events], events.map((event) => [event])]) {
			const store = await storeOf(batches);
			assert.deepEqual(store.all("SELECT error_class AS word FROM calls ORDER BY tool_use_id"), [
				{ word: "interrupted" },
				{ word: "interrupted" },
			]);
			store.close();
		}
	});
});
