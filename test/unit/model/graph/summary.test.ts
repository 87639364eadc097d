import assert from "node:assert/strict";
import { sessionSummary } from "../../../../src/model/graph/told/sessionSummary.ts";
import type { NodeView } from "../../../../src/model/views/view.ts";
import { EventLog } from "../../../support/log/eventLog.ts";

const T0 = Date.parse("2026-01-01T10:00:00.000Z");

function viewOf(log: EventLog, id: string): NodeView {
	const view = log.graph.snapshot().nodes.find((node) => node.id === id);
	assert.ok(view, id);
	return view;
}

describe("What a node is doing", () => {
	it("tells the newest call that is open, and none that has its result", () => {
		const log = new EventLog().start("a1", "x").use("c1", "a1", "Read").use("c2", "a1", "Bash");
		assert.deepEqual(viewOf(log, "a1").call, { tool: "Bash", detail: "", since: T0 + 3000 });
		log.result("c2", "a1", true, "Bash");
		assert.equal(viewOf(log, "a1").call?.tool, "Read");
		log.result("c1", "a1", true, "Read");
		assert.equal(viewOf(log, "a1").call, null);
		assert.equal(viewOf(log, "a1").heardAt, T0 + 5000);
	});

	it("tells of no call once the agent has ended or the turn is over", () => {
		const log = new EventLog().start("a1", "x").use("c1", "a1", "Read").use("c0");
		log.stop("a1", "x").add("turn_end");
		assert.equal(viewOf(log, "a1").call, null);
		assert.equal(viewOf(log, log.session).call, null);
	});
});

describe("What a session came to", () => {
	it("counts agents by how they ended, each in one place, and files once", () => {
		const log = new EventLog();
		for (const [agent, outcome] of [
			["a1", "functional"],
			["a2", "fail"],
			["a3", null],
		] as const) {
			log.start(agent, "x").use(`e-${agent}`, agent, "Edit");
			const edit = { id: `e-${agent}`, agent_id: agent, tool: "Edit", success: true };
			log.add("tool_result", { ...edit, file_path: agent === "a3" ? "/w/b.ts" : "/w/a.ts" });
			log.stop(agent, "x", outcome);
		}
		log.start("a4", "x").use("c4", "a4", "Edit").result("c4", "a4", false, "Edit");
		log.add("session_end", { reason: "exit" });
		const { graph } = log;
		const [session] = graph.snapshot().nodes;
		const summary = sessionSummary(graph, session?.key ?? "");
		assert.deepEqual(summary?.outcomes, {
			functional: 1,
			partial: 0,
			scaffolding: 0,
			fail: 1,
			none: 1,
			lost: 1,
		});
		assert.deepEqual(
			[summary?.agents, summary?.calls, summary?.failures, summary?.files],
			[4, 4, 1, 2],
		);
		const { done, failed, lost } = graph.counters;
		assert.deepEqual([done, failed, lost], [2, 1, 1]);
		assert.equal(sessionSummary(graph, "nobody"), null);
	});
});
