import assert from "node:assert/strict";
import { describeGraph } from "../../../../src/model/graph/told/graphDescription.ts";
import { EventLog, graphOf, nodeOf, SESSION } from "../../../support/log/eventLog.ts";

const v1 = () => new EventLog();

describe("Logs of v1 hooks", () => {
	it("takes main, the session id and null for one root", () => {
		const log = v1()
			.v1("tool_use", { id: "c1", agent_id: "main", tool: "Read" })
			.v1("agent_spawn", { id: "toolu_1", parent_id: SESSION, subagent_type: "Explore" })
			.v1("tool_use", { id: "c2", agent_id: null, tool: "Read" })
			.v1("tool_use", { id: "c3", agent_id: SESSION, tool: "Read" })
			.v1("skill_use", { id: "c4", agent_id: SESSION, skill: "review", success: true })
			.v1("skill_use", { id: "c5", agent_id: "main", skill: "review", success: false });
		const roots = describeGraph(log.graph).nodes.filter((node) => node.kind === "session");
		assert.equal(roots.length, 1);
		assert.deepEqual([roots[0]?.id, roots[0]?.calls, roots[0]?.failures], [SESSION, 5, 1]);
		assert.deepEqual(roots[0]?.aliases, ["main"]);
	});

	it("follows an agent from spawn to done, with outcome and cost", () => {
		const log = v1()
			.v1("agent_spawn", {
				id: "toolu_1",
				parent_id: SESSION,
				subagent_type: "Explore",
				model: "haiku",
				branch: null,
				prompt_preview: "look for retries",
			})
			.v1("tool_use", { id: "c1", agent_id: "toolu_1", tool: "Grep" })
			.v1("agent_done", { id: "toolu_1", outcome: "partial", duration_ms: 5, cost_usd: 0.25 });
		const node = nodeOf(log.graph, "toolu_1");
		assert.deepEqual(
			[node.type, node.model, node.description, node.parent, node.state, node.outcome, node.calls],
			["Explore", "haiku", "look for retries", SESSION, "done", "partial", 1],
		);
		assert.equal(log.graph.counters.costUsd, 0.25);
	});

	it("reaches the same graph when done and calls come before the spawn", () => {
		const lines = v1()
			.v1("agent_spawn", { id: "toolu_1", parent_id: SESSION, subagent_type: "Explore" })
			.v1("tool_use", { id: "c1", agent_id: "toolu_1", tool: "Grep" })
			.v1("agent_done", { id: "toolu_1", outcome: null }).events;
		for (const order of [
			[2, 1, 0],
			[1, 2, 0],
			[1, 0, 2],
			[2, 0, 1],
		]) {
			const graph = graphOf(order.map((index) => lines[index] ?? {}));
			const node = nodeOf(graph, "toolu_1");
			assert.deepEqual([node.state, node.calls, node.type], ["done", 1, "Explore"]);
			assert.equal(graph.counters.spawned, 1);
			assert.equal(node.session, SESSION);
		}
	});

	it("believes v2 where both kinds of hooks write, and counts nothing twice", () => {
		const log = v1().add("session_start").spawn("toolu_1", "Explore");
		log.v1("agent_spawn", { id: "toolu_1", parent_id: SESSION, subagent_type: "Explore" });
		log.start("a1", "Explore").link("toolu_1", "a1");
		log.v1("agent_done", { id: "toolu_1", outcome: null, cost_usd: 0.1 });
		log.v1("tool_use", { id: "c1", agent_id: "main", tool: "Read" }).use("c1", "a1");
		log.use("c2", "a1").v1("tool_use", { id: "c2", agent_id: "main", tool: "Read" });
		const graph = log.graph;
		assert.equal(nodeOf(graph, "a1").state, "running");
		assert.deepEqual([nodeOf(graph, "a1").calls, nodeOf(graph, SESSION).calls], [2, 0]);
		assert.deepEqual([graph.counters.spawned, graph.counters.toolCalls], [1, 2]);
	});

	it("keeps sessions of v1 apart by their spawns", () => {
		const log = v1()
			.v1("agent_spawn", { id: "toolu_1", parent_id: "s1", subagent_type: "x" })
			.v1("agent_spawn", { id: "toolu_2", parent_id: "s2", subagent_type: "x" })
			.v1("tool_use", { id: "c1", agent_id: "toolu_1", tool: "Read" })
			.v1("tool_use", { id: "c2", agent_id: "main", tool: "Read" });
		const graph = log.graph;
		assert.deepEqual(
			[nodeOf(graph, "toolu_1").session, nodeOf(graph, "toolu_2").session],
			["s1", "s2"],
		);
		// "main" is whoever was spoken of last: that was the agent of the first session.
		assert.deepEqual([nodeOf(graph, "s1").calls, nodeOf(graph, "s2").calls], [1, 0]);
	});
});
