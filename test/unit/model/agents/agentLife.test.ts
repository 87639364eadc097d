import assert from "node:assert/strict";
import { describeGraph } from "../../../../src/model/graph/told/graphDescription.ts";
import { applyLine } from "../../../support/log/applyLine.ts";
import { EventLog, graphOf, nodeOf, SESSION } from "../../../support/log/eventLog.ts";

describe("The life of agents", () => {
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

	it("does not end a resumed agent by the late report that its former life was stopped", () => {
		// The client puts the notice beside the next result of a call, and hooks overtake each other.
		const lived = () => new EventLog().spawn("t1", "x").start("a1", "x").link("t1", "a1");
		const killed = { id: "t1", child_id: "a1", status: "killed" };
		const late = lived().use("c", "a1").start("a1", "x").add("agent_result", killed);
		assert.equal(nodeOf(late.graph, "a1").state, "running");
		const own = { id: "t2", child_id: "a1", status: "killed", tokens: 7 };
		assert.equal(nodeOf(late.add("agent_result", own).graph, "a1").state, "done");
	});

	it("ends an agent whose start was logged twice when it is reported once", () => {
		const log = new EventLog().spawn("t1", "x").start("a1", "x");
		log.events.push({ ...log.events.at(-1) });
		log.add("agent_result", { id: "t1", child_id: "a1", status: "killed" });
		assert.equal(nodeOf(log.graph, "a1").state, "done");
	});

	it("ends an agent that was stopped in its second life, after one in the foreground", () => {
		const log = new EventLog().add("prompt").spawn("t1", "x").start("a1", "x").stop("a1", "x");
		log.link("t1", "a1", { status: "completed" }).add("agent_done", { id: "t1", child_id: "a1" });
		log.start("a1", "x").use("c1", "a1");
		assert.equal(nodeOf(log.graph, "a1").state, "running");
		log.add("agent_result", { id: "t2", child_id: "a1", status: "killed" });
		assert.equal(nodeOf(log.graph, "a1").state, "done");
	});

	it("takes a stop for one that the client tells of several times", () => {
		// Client 2.1.329 told of one end four times where a hook did not let the agent go at once.
		const log = new EventLog().spawn("t1", "x").start("a1", "x").link("t1", "a1");
		for (let time = 0; time < 4; time++) log.stop("a1", "x");
		log.add("agent_result", { id: "t1", child_id: "a1", status: "completed", tokens: 1 });
		log.start("a1", "x").use("c2", "a1");
		assert.equal(nodeOf(log.graph, "a1").state, "running");
		log.add("agent_result", { id: "t2", child_id: "a1", status: "killed" });
		assert.equal(nodeOf(log.graph, "a1").state, "done");
	});

	it("is the same when a whole log is read again, such as one that was restored", () => {
		const log = new EventLog().spawn("t1", "x").start("a1", "x").link("t1", "a1").use("c1", "a1");
		const killed = { ts: "2026-01-01T11:00:00.000Z", event: "agent_result", v: 2 };
		const report = { ...killed, session_id: SESSION, id: "t1", child_id: "a1", status: "killed" };
		for (const events of [
			[...log.events, ...log.events, report],
			[...log.events, report, ...log.events, report],
		]) {
			assert.equal(nodeOf(graphOf(events), "a1").state, "done");
		}
	});

	it("has an agent back that is resumed, though its first start was never logged", () => {
		const log = new EventLog().stop("a1", "x", "functional");
		const later = { ts: "2026-01-01T10:10:00.000Z", agent_id: "a1", agent_type: "x" };
		assert.equal(nodeOf(log.add("agent_start", later).graph, "a1").state, "running");
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
		applyLine(graph, JSON.stringify(log.use("c", "a1").events.at(-1)));
		assert.equal(nodeOf(graph, "a1").state, "running");
	});

	it("does not lose an agent whose own agent is heard of", () => {
		const log = new EventLog().spawn("t1", "x").start("a1", "x");
		log.spawn("t2", "y", { agent_id: "a1", parent_id: "a1" }).start("a2", "y");
		const graph = log.graph;
		const ts = (graph.lastEventAt ?? 0) + 29 * 60_000;
		const call = { ...log.use("c", "a2").events.at(-1), ts: new Date(ts).toISOString() };
		applyLine(graph, JSON.stringify(call));
		graph.reap(ts + 5 * 60_000, 30 * 60_000);
		assert.equal(nodeOf(graph, "a1").state, "running");
	});

	it("forgets a session that has been over for long, and tells", () => {
		const graph = new EventLog().start("a1", "x").add("session_end").graph;
		const keys = graph.snapshot().nodes.map((node) => node.key);
		graph.takePatch();
		graph.reap((graph.lastEventAt ?? 0) + 7_200_000, 1000, 3_600_000);
		assert.deepEqual(describeGraph(graph).nodes, []);
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
