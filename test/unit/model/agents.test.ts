import assert from "node:assert/strict";
import { EventLog, graphOf, nodeOf, SESSION } from "../../support/eventLog.ts";

describe("From events to agents", () => {
	describe("identity", () => {
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
			graph.applyLine(JSON.stringify(log.start("a1", "Explore").events.at(-1)));
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

		it("tells whoever was told of a merged node that it is gone", () => {
			const log = new EventLog().spawn("t1", "Explore").use("c1", "a1");
			const graph = log.graph;
			const gone = graph.snapshot().nodes.find((node) => node.id === "t1")?.key;
			graph.takePatch();
			graph.applyLine(JSON.stringify(log.link("t1", "a1").events.at(-1)));
			assert.deepEqual(graph.takePatch()?.removes, [gone]);
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
			const { nodes } = graphOf([...log.events, ...other.events]).describe();
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

	describe("life", () => {
		it("does not take a launch for an end", () => {
			const log = new EventLog().spawn("t1", "Explore").start("a1", "Explore").link("t1", "a1");
			assert.equal(nodeOf(log.graph, "a1").state, "running");
		});

		it("ends an agent at its stop, with the outcome it reported", () => {
			const log = new EventLog().start("a1", "Explore").stop("a1", "Explore", "partial");
			const node = nodeOf(log.graph, "a1");
			assert.deepEqual([node.state, node.outcome], ["done", "partial"]);
		});

		it("ends an agent whose stop was never seen when its call comes back", () => {
			const log = new EventLog().spawn("t1", "x").start("a1", "x");
			log.add("agent_done", { id: "t1", child_id: "a1", outcome: "functional" });
			const node = nodeOf(log.graph, "a1");
			assert.deepEqual([node.state, node.outcome], ["done", "functional"]);
		});

		it("ends an agent whose stop was never seen when its result is reported", () => {
			const log = new EventLog().spawn("t1", "x").start("a1", "x").link("t1", "a1");
			log.add("agent_result", { id: "t1", child_id: "a1", status: "completed" });
			assert.equal(nodeOf(log.graph, "a1").state, "done");
		});

		it("does not end a resumed agent by the report of its former life", () => {
			const log = new EventLog().start("a1", "x").stop("a1", "x", "partial").start("a1", "x");
			const report = { child_id: "a1", status: "completed", tokens: 1 };
			const graph = log.add("agent_result", report).graph;
			assert.deepEqual([nodeOf(graph, "a1").state, nodeOf(graph, "a1").outcome], ["running", null]);
			const again = log.stop("a1", "x", "functional").graph;
			assert.equal(nodeOf(again, "a1").outcome, "functional");
		});

		it("does not end a third life by the report of the second, after a first that was killed", () => {
			const report = (tokens: number, status: string) => ({ child_id: "a1", status, tokens });
			// A killed agent is reported, but its stop never comes.
			const log = new EventLog().start("a1", "x").add("agent_result", report(1, "killed"));
			assert.equal(nodeOf(log.graph, "a1").state, "done");
			log.start("a1", "x").stop("a1", "x").start("a1", "x");
			log.add("agent_result", report(2, "completed"));
			assert.equal(nodeOf(log.graph, "a1").state, "running");
		});

		it("takes start and stop twice for once", () => {
			const log = new EventLog().start("a1", "x").start("a1", "x").use("c", "a1");
			log.stop("a1", "x", "fail").stop("a1", "x", "fail");
			const node = nodeOf(log.graph, "a1");
			assert.deepEqual([node.state, node.outcome, node.calls], ["done", "fail", 1]);
			assert.equal(log.graph.counters.spawned, 1);
		});

		it("drops and counts a stop without type of an agent that never started", () => {
			const graph = new EventLog().add("session_start").stop("ghost", "").graph;
			assert.equal(graph.counters.spawned, 0);
			assert.equal(graph.stats.notes.get("phantom_stop")?.count, 1);
		});

		it("takes a phantom back when its agent starts after all", () => {
			const graph = new EventLog().stop("a1", "").start("a1", "Explore").graph;
			assert.equal(nodeOf(graph, "a1").state, "done");
			assert.equal(graph.stats.notes.get("phantom_stop"), undefined);
		});

		it("counts a call that arrives after the stop, and lets the agent rest", () => {
			const log = new EventLog().start("a1", "x").stop("a1", "x");
			const graph = log.use("late", "a1").result("late", "a1", false).graph;
			const node = nodeOf(graph, "a1");
			assert.deepEqual([node.state, node.calls, node.failures], ["done", 1, 1]);
			assert.equal(graph.stats.notes.get("late_event")?.count, 2);
		});

		it("loses what still runs when the session ends", () => {
			const log = new EventLog().add("session_start").start("a1", "x").start("a2", "x");
			const graph = log.stop("a1", "x").add("session_end").graph;
			assert.deepEqual([nodeOf(graph, "a1").state, nodeOf(graph, "a2").state], ["done", "lost"]);
			assert.equal(nodeOf(graph, SESSION).state, "done");
		});

		it("loses an agent that was silent too long, and has it back when it speaks", () => {
			const log = new EventLog().add("prompt").start("a1", "x");
			const graph = log.graph;
			const later = (graph.lastEventAt ?? 0) + 31 * 60_000;
			graph.reap(later, 30 * 60_000);
			assert.equal(nodeOf(graph, "a1").state, "lost");
			graph.applyLine(JSON.stringify(log.use("c", "a1").events.at(-1)));
			assert.equal(nodeOf(graph, "a1").state, "running");
		});

		it("does not lose an agent whose own agent is heard of", () => {
			const log = new EventLog().spawn("t1", "x").start("a1", "x");
			log.spawn("t2", "y", { agent_id: "a1", parent_id: "a1" }).start("a2", "y");
			const graph = log.graph;
			const ts = (graph.lastEventAt ?? 0) + 29 * 60_000;
			const call = { ...log.use("c", "a2").events.at(-1), ts: new Date(ts).toISOString() };
			graph.applyLine(JSON.stringify(call));
			graph.reap(ts + 5 * 60_000, 30 * 60_000);
			assert.equal(nodeOf(graph, "a1").state, "running");
		});

		it("forgets a session that has been over for long, and tells", () => {
			const graph = new EventLog().start("a1", "x").add("session_end").graph;
			const keys = graph.snapshot().nodes.map((node) => node.key);
			graph.takePatch();
			graph.reap((graph.lastEventAt ?? 0) + 7_200_000, 1000, 3_600_000);
			assert.deepEqual(graph.describe().nodes, []);
			assert.deepEqual(graph.takePatch()?.removes.toSorted(), keys.toSorted());
		});

		it("ends an agent whose launch failed", () => {
			const log = new EventLog().spawn("t1", "nope");
			log.add("tool_result", { id: "t1", tool: "Agent", success: false, error_class: "unknown" });
			const node = nodeOf(log.graph, "t1");
			assert.deepEqual([node.state, node.outcome], ["done", "fail"]);
			assert.equal(log.graph.counters.toolCalls, 0);
		});
	});

	describe("calls and waits", () => {
		it("puts every call down to the agent that made it", () => {
			const log = new EventLog().start("a1", "x").start("a2", "x");
			log.use("c0").use("c1", "a1").use("c2", "a2").use("c3", "a2").result("c3", "a2", false);
			const graph = log.graph;
			assert.deepEqual(
				[SESSION, "a1", "a2"].map((id) => nodeOf(graph, id).calls),
				[1, 1, 2],
			);
			assert.equal(nodeOf(graph, "a2").failures, 1);
		});

		it("counts a skill's own event and its call once", () => {
			const log = new EventLog()
				.use("c1", undefined, "Skill")
				.result("c1", undefined, true, "Skill");
			log.add("skill_use", { id: "c1", skill: "review", success: true });
			assert.equal(nodeOf(log.graph, SESSION).calls, 1);
		});

		it("waits from a permission request until the call's result", () => {
			const log = new EventLog().start("a1", "x").use("c1", "a1", "Bash");
			log.add("permission_wait", { agent_id: "a1", tool: "Bash" });
			assert.equal(nodeOf(log.graph, "a1").state, "waiting");
			assert.equal(log.graph.counters.waiting, 1);
			log.use("c0", undefined).result("c0");
			assert.equal(nodeOf(log.graph, "a1").state, "waiting");
			log.result("c1", "a1", true, "Bash");
			assert.equal(nodeOf(log.graph, "a1").state, "running");
		});

		it("ends a wait that was refused when the agent does something else", () => {
			const log = new EventLog().start("a1", "x").use("c1", "a1", "Bash");
			log.add("permission_wait", { agent_id: "a1", tool: "Bash" }).use("c2", "a1", "Read");
			assert.equal(nodeOf(log.graph, "a1").state, "running");
		});

		it("knows the call that waits also when its event was overtaken", () => {
			const log = new EventLog().start("a1", "x");
			log.add("permission_wait", { agent_id: "a1", tool: "Bash" }).use("c1", "a1", "Bash");
			assert.equal(nodeOf(log.graph, "a1").state, "waiting");
			assert.equal(nodeOf(log.result("c1", "a1", true, "Bash").graph, "a1").state, "running");
		});

		it("rests the orchestrator between its turns", () => {
			const log = new EventLog().add("session_start");
			assert.equal(nodeOf(log.graph, SESSION).state, "idle");
			assert.equal(nodeOf(log.add("prompt").graph, SESSION).state, "running");
			assert.equal(nodeOf(log.add("turn_end", { running: 0 }).graph, SESSION).state, "idle");
		});

		it("shows a file by its base name, a shell call by its program, a skill by its name", () => {
			const log = new EventLog();
			const use = (id: string, fields: object) => log.add("tool_use", { id, tool: "x", ...fields });
			use("c1", { file_path: "/home/dev/a b/c.ts" });
			use("c2", { file_path: "C:\\work\\d.ts" });
			use("c3", { program: "cargo" });
			use("c4", { skill: "review" });
			use("c5", {});
			const graph = log.graph;
			const detail = graph.detail(graph.snapshot().nodes[0]?.key ?? "");
			assert.deepEqual(
				detail?.recent.map((call) => call.detail),
				["c.ts", "d.ts", "cargo", "review", ""],
			);
		});

		it("shows the inspector what the client counted, also where the agent was not known yet", () => {
			const tool_stats = { readCount: 2, linesAdded: 12 };
			const log = new EventLog().spawn("t1", "x").start("a1", "x");
			log.add("agent_done", { id: "t1", child_id: "a1", tool_stats });
			log.spawn("t2", "y").add("agent_done", { id: "t2", tool_stats }).link("t2", "a2");
			const graph = log.graph;
			for (const id of ["a1", "a2"]) {
				const node = graph.snapshot().nodes.find((each) => each.id === id);
				assert.deepEqual(graph.detail(node?.key ?? "")?.toolStats, [
					{ name: "readCount", count: 2 },
					{ name: "linesAdded", count: 12 },
				]);
			}
			assert.deepEqual(graph.detail(graph.snapshot().nodes[0]?.key ?? "")?.toolStats, []);
		});

		it("shows the inspector the calls by tool and the latest ones", () => {
			const log = new EventLog()
				.use("c1", undefined, "Bash")
				.result("c1", undefined, false, "Bash");
			for (let index = 0; index < 30; index++) log.use(`r${index}`);
			const graph = log.graph;
			const detail = graph.detail(graph.snapshot().nodes[0]?.key ?? "");
			assert.deepEqual(
				detail?.tools.map(({ tool, calls, failures }) => [tool, calls, failures]),
				[
					["Read", 30, 0],
					["Bash", 1, 1],
				],
			);
			assert.equal(detail?.recent.length, 20);
			assert.equal(detail?.recent.at(-1)?.id, "r29");
		});
	});
});
