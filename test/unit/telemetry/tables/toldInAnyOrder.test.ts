import assert from "node:assert/strict";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import { LiveGraph } from "../../../../src/model/graph/liveGraph.ts";
import { describeGraph } from "../../../../src/model/graph/told/graphDescription.ts";
import { EventLog } from "../../../support/log/eventLog.ts";
import { eventsOf, storeOf } from "../../../support/telemetry/telemetry.ts";

/** What one row says after events in either order, each in a batch of its own. */
async function inBothOrders(events: readonly AgentEvent[], sql: string): Promise<unknown[]> {
	const said: unknown[] = [];
	for (const order of [events, events.toReversed()]) {
		const store = await storeOf(order.map((event) => [event]));
		said.push(store.first(sql));
		store.close();
	}
	return said;
}

describe("What is told of a launch, in any order", () => {
	it("was when version 2 says, whatever the seconds of version 1 and what has no time", async () => {
		const spawn = { id: "t1", subagent_type: "x" };
		const log = new EventLog();
		log.v1("agent_spawn", { ...spawn, parent_id: log.session });
		log.add("agent_spawn", { ...spawn, ts: "2026-01-01T10:00:01.029Z" });
		const [v1, v2] = eventsOf(log.events);
		if (v1 === undefined || v2?.event !== "agent_spawn") throw new Error("two launches");
		const meta: AgentEvent = { ...v2, event: "agent_meta", child: "a1", ts: 0 };
		const events = [v1, meta, v2];
		for (const order of [events, events.toReversed(), [v1, v2, meta]]) {
			const store = await storeOf(order.map((event) => [event]));
			const [ts] = store.first("SELECT ts FROM calls WHERE tool_use_id = 't1'") ?? [];
			assert.equal(ts, v2.ts);
			store.close();
		}
	});

	it("is no other call where the line that asks for it is lost", async () => {
		const log = new EventLog().spawn("t1", "x").add("tool_result", { id: "t1", success: true });
		const events = eventsOf(log.events);
		const row = "SELECT tool_used, success, source FROM calls";
		assert.deepEqual(await inBothOrders(events, row), [
			["Agent", null, "hook"],
			["Agent", null, "hook"],
		]);
		for (const order of [events, events.toReversed()]) {
			const graph = new LiveGraph();
			for (const event of order) graph.apply(event);
			assert.deepEqual(
				describeGraph(graph).nodes.map(({ calls }) => calls),
				[0, 0],
			);
		}
	});
});

describe("An agent whose start nobody told", () => {
	it("is there as soon as it does something, and ends with its session", async () => {
		const log = new EventLog().use("c1", "a1").add("session_end");
		const [begun, ended] = eventsOf(log.events);
		if (begun === undefined || ended === undefined) throw new Error("two events");
		const row = "SELECT agent_id, ended_at FROM agents";
		assert.deepEqual(await inBothOrders([begun], row), [
			["a1", null],
			["a1", null],
		]);
		assert.deepEqual(await inBothOrders([begun, ended], row), [
			["a1", ended.ts],
			["a1", ended.ts],
		]);
	});
});
