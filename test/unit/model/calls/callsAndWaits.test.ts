import assert from "node:assert/strict";
import { nodeDetail } from "../../../../src/model/graph/told/nodeDetail.ts";
import { applyLine } from "../../../support/log/applyLine.ts";
import { EventLog, graphOf, nodeOf, SESSION } from "../../../support/log/eventLog.ts";

describe("Calls and waits", () => {
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
		const log = new EventLog().use("c1", undefined, "Skill").result("c1", undefined, true, "Skill");
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

	it("ends a wait that was refused when an agent is launched instead", () => {
		const log = new EventLog().add("prompt").use("c1", undefined, "Bash");
		log.add("permission_wait", { tool: "Bash" }).spawn("t1", "x");
		assert.equal(nodeOf(log.graph, SESSION).state, "running");
	});

	it("ends the wait for a launch when its agent runs, in the foreground and in the background", () => {
		const log = new EventLog().add("prompt").spawn("t1", "x");
		log.add("permission_wait", { tool: "Agent" });
		assert.equal(nodeOf(log.graph, SESSION).state, "waiting");
		const started = [new EventLog().start("a1", "x"), new EventLog().link("t1", "a1")];
		for (const { events } of started) {
			const later = events.map((event) => ({ ...event, ts: "2026-01-01T10:01:00.000Z" }));
			assert.equal(nodeOf(graphOf([...log.events, ...later]), SESSION).state, "running");
		}
	});

	describe("beside a call that waits", () => {
		// Times are those of client 2.1.329, whose hooks of one message run at the same time.
		const head = { ts: "2026-11-21T10:46:23.986Z" };
		const ms = (after: number) => ({ ts: new Date(Date.parse(head.ts) + after).toISOString() });
		const asked = (...last: readonly ["use" | "wait", number][]) => {
			const log = new EventLog().add("prompt", head);
			log.add("tool_use", { ...ms(128), id: "c1", tool: "WebFetch" });
			for (const [what, at] of last) {
				if (what === "wait") log.add("permission_wait", { ...ms(at), tool: "WebFetch" });
				else log.add("tool_use", { ...ms(at), id: "c2", tool: "WebFetch" });
			}
			return log;
		};
		const done = (log: EventLog, id: string, at: number, duration_ms: number) =>
			log.add("tool_result", { ...ms(at), id, tool: "WebFetch", success: true, duration_ms });
		const waiting = (log: EventLog) => log.graph.counters.waiting;

		it("another of its tool may end", () => {
			const log = done(asked(["use", 156], ["wait", 172]), "c2", 213, 53);
			assert.equal(waiting(log), 1);
			assert.equal(waiting(done(log, "c1", 11_000, 20)), 0);
		});

		it("another of its tool may run on, when it is allowed", () => {
			const log = asked(["use", 156], ["wait", 172]);
			assert.equal(waiting(done(log, "c1", 11_000, 20)), 0);
		});

		it("another may begin, whichever line comes first", () => {
			for (const tool of ["WebFetch", "Read"]) {
				const log = asked(["wait", 172]).add("tool_use", { ...ms(190), id: "c2", tool });
				assert.equal(waiting(log), 1, tool);
			}
		});
	});

	describe("where the client reminds of an open question, some seconds after it", () => {
		const log = () => {
			const told = new EventLog().add("prompt").use("c1", undefined, "Bash");
			told.add("permission_wait", { tool: "Bash" });
			told.add("notification", { notification_type: "permission_prompt" });
			return told.result("c1", undefined, true, "Bash");
		};
		const asked = () => log().use("c2", undefined, "Bash").add("permission_wait", { tool: "Bash" });
		const stateAfter = (told: EventLog, seconds: number) => {
			const { graph } = told;
			graph.reap((graph.lastEventAt ?? 0) + seconds * 1000, 30 * 60_000);
			return nodeOf(graph, SESSION).state;
		};

		it("takes one for answered that it does not remind of", () => {
			assert.equal(stateAfter(asked(), 5), "waiting");
			assert.equal(stateAfter(asked(), 15), "running");
		});

		it("goes on with one that it reminds of, also when that comes late", () => {
			const reminder = { notification_type: "permission_prompt" };
			assert.equal(stateAfter(asked().add("notification", reminder), 15), "waiting");
			const { graph } = asked();
			const at = graph.lastEventAt ?? 0;
			graph.reap(at + 15_000, 30 * 60_000);
			const ts = new Date(at + 20_000).toISOString();
			const head = { v: 2, ts, session_id: SESSION, event: "notification" };
			applyLine(graph, JSON.stringify({ ...head, ...reminder }));
			graph.reap(at + 60_000, 30 * 60_000);
			assert.equal(nodeOf(graph, SESSION).state, "waiting");
		});

		it("takes nothing for answered as long as it never reminded", () => {
			const told = new EventLog().add("prompt").use("c1", undefined, "Bash");
			assert.equal(stateAfter(told.add("permission_wait", { tool: "Bash" }), 15), "waiting");
		});
	});

	it("does not wait for a permission that a process asked for which is gone", () => {
		const log = new EventLog().add("prompt").use("c1", undefined, "Bash");
		log.add("permission_wait", { tool: "Bash" }).add("session_start", { source: "resume" });
		assert.equal(nodeOf(log.graph, SESSION).state, "idle");
	});

	it("loses nothing that waits for a permission, for a day", () => {
		const log = new EventLog().add("prompt").start("a1", "x").use("c1", "a1", "Bash");
		const { graph } = log.add("permission_wait", { agent_id: "a1", tool: "Bash" });
		const at = graph.lastEventAt ?? 0;
		graph.reap(at + 8 * 3_600_000, 30 * 60_000);
		assert.deepEqual(
			[nodeOf(graph, "a1").state, nodeOf(graph, SESSION).state],
			["waiting", "running"],
		);
		graph.reap(at + 25 * 3_600_000, 30 * 60_000);
		assert.equal(nodeOf(graph, "a1").state, "lost");
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
		const detail = nodeDetail(graph, graph.snapshot().nodes[0]?.key ?? "");
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
			assert.deepEqual(nodeDetail(graph, node?.key ?? "")?.toolStats, [
				{ name: "readCount", count: 2 },
				{ name: "linesAdded", count: 12 },
			]);
		}
		assert.deepEqual(nodeDetail(graph, graph.snapshot().nodes[0]?.key ?? "")?.toolStats, []);
	});

	it("shows the inspector the calls by tool and the latest ones", () => {
		const log = new EventLog().use("c1", undefined, "Bash").result("c1", undefined, false, "Bash");
		for (let index = 0; index < 30; index++) log.use(`r${index}`);
		const graph = log.graph;
		const detail = nodeDetail(graph, graph.snapshot().nodes[0]?.key ?? "");
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
