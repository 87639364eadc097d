import assert from "node:assert/strict";
import { describeGraph } from "../../../../src/model/graph/told/graphDescription.ts";
import { applyLine } from "../../../support/log/applyLine.ts";
import { EventLog, graphOf, nodeOf, SESSION } from "../../../support/log/eventLog.ts";

describe("The identity of agents", () => {
	it("makes the session the root, named by its id", () => {
		const root = nodeOf(new EventLog().add("session_start").graph, SESSION);
		assert.deepEqual([root.kind, root.parent, root.type], ["session", null, "main"]);
	});

	it("shows a spawn at once, provisionally, under its tool_use_id", () => {
		const node = nodeOf(new EventLog().spawn("t1", "Explore").graph, "t1");
		assert.deepEqual([node.id, node.state, node.type], ["t1", "starting", "Explore"]);
		assert.equal(node.parent, SESSION);
	});

	it("binds a start to the oldest unbound spawn of its type, without a second node", () => {
		const log = new EventLog().spawn("t1", "Explore").spawn("t2", "Explore").spawn("t3", "Plan");
		const graph = log.start("a1", "Explore").start("a3", "Plan").start("a2", "Explore").graph;
		for (const number of [1, 2, 3]) {
			const node = nodeOf(graph, `a${number}`);
			assert.deepEqual(node.aliases, [`t${number}`]);
			assert.equal(node.description, `task t${number}`);
			assert.equal(node.state, "running");
		}
		assert.equal(graph.counters.spawned, 3);
	});

	it("keeps the node's key when the agent becomes known", () => {
		const log = new EventLog().spawn("t1", "Explore");
		const graph = log.graph;
		const key = graph.snapshot().nodes.find((node) => node.id === "t1")?.key;
		applyLine(graph, JSON.stringify(log.start("a1", "Explore").events.at(-1)));
		assert.equal(graph.snapshot().nodes.find((node) => node.id === "a1")?.key, key);
	});

	it("corrects a wrong guess when a link names both, and finds the other its own spawn", () => {
		const log = new EventLog().spawn("t1", "Explore").spawn("t2", "Explore");
		log.start("a2", "Explore").start("a1", "Explore").use("c1", "a2");
		assert.deepEqual(nodeOf(log.graph, "a2").aliases, ["t1"]);
		const graph = log.link("t2", "a2", { model: "claude-opus-5-5" }).graph;
		assert.deepEqual(nodeOf(graph, "a2").aliases, ["t2"]);
		assert.deepEqual(nodeOf(graph, "a1").aliases, ["t1"]);
		assert.equal(nodeOf(graph, "a2").description, "task t2");
		assert.equal(nodeOf(graph, "a2").model, "claude-opus-5-5");
		assert.equal(nodeOf(graph, "a2").calls, 1);
		assert.equal(graph.counters.spawned, 2);
	});

	it("merges the two nodes of one agent that was heard of before its spawn was linked", () => {
		const log = new EventLog().spawn("t1", "Explore").use("c1", "a1");
		assert.equal(log.graph.counters.spawned, 2);
		const graph = log.link("t1", "a1").graph;
		assert.equal(graph.counters.spawned, 1);
		assert.deepEqual(nodeOf(graph, "a1").aliases, ["t1"]);
	});

	it("goes on under the key of the launch, and tells that the agent's own is gone", () => {
		const log = new EventLog().spawn("t1", "Explore").use("c1", "a1");
		const graph = log.graph;
		const keyOf = (id: string) => graph.snapshot().nodes.find((node) => node.id === id)?.key;
		const [kept, gone] = [keyOf("t1"), keyOf("a1")];
		graph.takePatch();
		applyLine(graph, JSON.stringify(log.link("t1", "a1").events.at(-1)));
		assert.deepEqual(graph.takePatch()?.removes, [gone]);
		assert.equal(keyOf("a1"), kept);
	});

	it("moves no picture when a guess is corrected, only what the agents did", () => {
		const log = new EventLog().spawn("t1", "Explore").spawn("t2", "Explore");
		log.start("a2", "Explore").start("a1", "Explore").use("c1", "a2");
		const graph = log.graph;
		const shown = () =>
			graph.snapshot().nodes.map(({ key, description, calls }) => [key, description, calls]);
		const before = shown();
		applyLine(graph, JSON.stringify(log.link("t2", "a2").events.at(-1)));
		assert.deepEqual(
			shown().map(([key, description]) => [key, description]),
			before.map(([key, description]) => [key, description]),
		);
		assert.deepEqual(
			shown().map(([, , calls]) => calls),
			[0, 0, 1],
		);
		assert.deepEqual(graph.takePatch()?.removes, []);
	});

	it("hangs an agent below the agent that launched it", () => {
		const log = new EventLog().spawn("t1", "general-purpose").start("a1", "general-purpose");
		log.spawn("t2", "Explore", { agent_id: "a1", parent_id: "a1" }).start("a2", "Explore");
		assert.equal(nodeOf(log.graph, "a2").parent, "a1");
	});

	it("never binds an agent to a spawn of its own making", () => {
		const log = new EventLog().start("a1", "Explore");
		log.spawn("t2", "Explore", { agent_id: "a1", parent_id: "a1" });
		const graph = log.graph;
		assert.deepEqual(nodeOf(graph, "a1").aliases, []);
		assert.equal(nodeOf(graph, "t2").parent, "a1");
	});

	it("keeps agents of one type and one description apart", () => {
		const log = new EventLog();
		for (const id of ["t1", "t2", "t3"]) log.spawn(id, "Explore", { description: "same" });
		for (const id of ["a1", "a2", "a3"]) log.start(id, "Explore");
		log.use("c1", "a2").result("c1", "a2", false);
		const graph = log.graph;
		assert.equal(graph.counters.alive, 3);
		assert.deepEqual(
			["a1", "a2", "a3"].map((id) => nodeOf(graph, id).failures),
			[0, 1, 0],
		);
	});

	it("binds a start whose spawn left the type to the client", () => {
		const log = new EventLog().spawn("t1", "").start("a1", "general-purpose");
		assert.deepEqual(nodeOf(log.graph, "a1").aliases, ["t1"]);
		assert.equal(nodeOf(log.graph, "a1").type, "general-purpose");
	});

	it("keeps one id in two sessions apart", () => {
		const other = new EventLog("other").spawn("t1", "Plan").start("a1", "Plan").use("c1", "a1");
		const log = new EventLog().spawn("t1", "Explore").start("a1", "Explore").use("c1", "a1");
		const { nodes } = describeGraph(graphOf([...log.events, ...other.events]));
		const agents = nodes.filter((node) => node.kind === "agent");
		assert.deepEqual(
			agents.map((node) => [node.type, node.calls]),
			[
				["Explore", 1],
				["Plan", 1],
			],
		);
	});

	it("survives agents that claim to be each other's parents", () => {
		const log = new EventLog();
		log.spawn("t1", "x", { parent_id: "a2" }).spawn("t2", "x", { parent_id: "a1" });
		log.link("t1", "a1").link("t2", "a2").spawn("t3", "x", { parent_id: "t3" });
		const graph = log.graph;
		for (const node of graph.snapshot().nodes) assert.ok(node.session === SESSION);
		assert.deepEqual(
			[nodeOf(graph, "a1").parent, nodeOf(graph, "a2").parent].sort(),
			[SESSION, "a2"].sort(),
		);
	});
});
