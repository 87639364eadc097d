import assert from "node:assert/strict";
import type { LiveGraph } from "../../../../src/model/graph/liveGraph.ts";
import { applyLine } from "../../../support/log/applyLine.ts";
import { EventLog, nodeOf } from "../../../support/log/eventLog.ts";
import { BothSources, launch } from "../../../support/transcripts/bothSources.ts";

const FAILED = { tool: "Agent", success: false, error_class: "unknown" };
const CUT_OFF = "[Tool call interrupted: the session ended before this call's result";

const stateOf = (graph: LiveGraph, id: string) => {
	const { state, outcome } = nodeOf(graph, id);
	return [state, outcome];
};

describe("A launch that failed", () => {
	/** Two launches of one type, whose agents' starts overtook each other: each is taken for the other. */
	const swapped = () => {
		const log = new EventLog().add("prompt").spawn("t1", "x").spawn("t2", "x");
		return log
			.start("a2", "x")
			.start("a1", "x")
			.add("tool_result", { id: "t2", ...FAILED });
	};

	it("ends the agent that it launched, once that is known", () => {
		const log = swapped().use("c1", "a1").stop("a1", "x", "functional");
		log.link("t1", "a1", { status: "completed" });
		log.add("agent_done", { id: "t1", child_id: "a1", outcome: "functional" });
		assert.deepEqual(stateOf(log.graph, "a1"), ["done", "functional"]);
		assert.deepEqual(stateOf(log.graph, "a2"), ["done", "fail"]);
	});

	it("has not ended the agent that it was wrongly taken for", () => {
		const { graph } = swapped().link("t1", "a1");
		assert.deepEqual(stateOf(graph, "a1"), ["running", null]);
		assert.deepEqual(stateOf(graph, "a2"), ["done", "fail"]);
	});

	it("has ended an agent that is only then known to be its own, whose file is read on", () => {
		const told = new BothSources();
		told.main(1, "assistant", { id: "m1", content: [launch], stop_reason: "tool_use" });
		told.launched(60, CUT_OFF, { is_error: true, toolDenialKind: "interrupted" });
		told.hook(1, "agent_spawn", { id: "t1", subagent_type: "Explore" });
		told.hook(1.3, "tool_use", { id: "c1", tool: "Bash", agent_id: "a1" });
		told.meta().agent(1.1, "user", { content: "look" });
		assert.equal(nodeOf(told.graph, "a1").state, "lost");
	});

	it("does not end an agent that was resumed since, when the transcript tells it late", () => {
		const a1 = { agent_id: "a1", agent_type: "Explore" };
		const told = new BothSources().hook(0, "prompt");
		told.hook(1, "agent_spawn", { id: "t1", subagent_type: "Explore" }).hook(2, "agent_start", a1);
		told.hook(6, "tool_result", { id: "t1", ...FAILED }).hook(20, "agent_start", a1);
		assert.deepEqual(stateOf(told.graph, "a1"), ["running", null]);
		told.main(1, "assistant", { id: "m1", content: [launch], stop_reason: "tool_use" });
		told.launched(6, "Agent terminated early due to an API error", { is_error: true });
		assert.deepEqual(stateOf(told.graph, "a1"), ["running", null]);
	});
});

describe("A launch in the background that v1 calls done", () => {
	it("does not end an agent that its own file knows to run", () => {
		const told = new BothSources();
		const v1 = (event: string, more: object) =>
			applyLine(
				told.graph,
				JSON.stringify({ ts: "2026-01-01T10:00:01Z", event, id: "t1", ...more }),
			);
		v1("agent_spawn", { parent_id: "s1", subagent_type: "Explore" });
		v1("agent_done", {});
		const call = { type: "tool_use", id: "c1", name: "Bash", input: {} };
		told.agent(1.5, "user", { content: "look" });
		told.agent(5, "assistant", { id: "m", content: [call] });
		assert.equal(nodeOf(told.meta({ requestShape: "background" }).graph, "a1").state, "running");
	});
});
