import assert from "node:assert/strict";
import { LogLines } from "../../../../src/ingest/eventLog/logLines.ts";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import { Recording } from "../../../../src/model/recording/recording.ts";
import { Timeline } from "../../../../src/model/timeline/timeline.ts";
import { EventLog, SESSION } from "../../../support/log/eventLog.ts";

const BEGIN = Date.parse("2026-01-01T10:00:00.000Z");

describe("A timeline", () => {
	function eventsOf(log: EventLog): AgentEvent[] {
		const lines = new LogLines();
		return log.events
			.map((event) => lines.read(JSON.stringify(event)))
			.filter((event) => typeof event !== "string");
	}

	function timelineOf(log: EventLog): Timeline {
		return recorded(eventsOf(log));
	}

	function recorded(events: readonly AgentEvent[]): Timeline {
		const recording = new Recording(SESSION);
		recording.add(events);
		const timeline = new Timeline(recording);
		timeline.update();
		return timeline;
	}

	const names = (timeline: Timeline) =>
		timeline.rows.map(({ depth, view }) => `${"-".repeat(depth)}${view.id}`);

	it("nests agents under their parents, those of one parent in the order of launch", () => {
		const log = new EventLog().spawn("t1", "x").spawn("t2", "y").link("t2", "a2").link("t1", "a1");
		log.start("a2", "y").start("a1", "x");
		log.add("agent_spawn", { id: "t3", subagent_type: "z", agent_id: "a1" }).link("t3", "a3");
		assert.deepEqual(names(timelineOf(log)), [SESSION, "-a1", "--a3", "-a2"]);
	});

	it("holds every call, also of agents that ended long ago", () => {
		const log = new EventLog().start("a1", "x");
		for (let i = 0; i < 60; i++) log.use(`c${i}`, "a1").result(`c${i}`, "a1", i % 10 !== 0);
		log.stop("a1", "x", "functional");
		const [, row] = timelineOf(log).rows;
		assert.equal(row?.calls.count, 60);
		assert.equal(row?.calls.results.slice(0, 60).filter((result) => result === 2).length, 6);
		assert.deepEqual(
			row?.lives.map(({ endedAt }) => endedAt),
			[row?.view.endedAt],
		);
	});

	it("tells a call that was cut off from one that failed", () => {
		const log = new EventLog().start("a1", "x").use("c1", "a1").use("c2", "a1");
		const answer = { tool: "Read", agent_id: "a1", success: false, duration_ms: 10 };
		log.add("tool_result", { ...answer, id: "c1", error_class: "interrupted" });
		log.add("tool_result", { ...answer, id: "c2", error_class: "not_found" });
		const [, row] = timelineOf(log).rows;
		assert.deepEqual([...(row?.calls.results.slice(0, 2) ?? [])].sort(), [0, 2]);
	});

	it("ends calls without an answer with their agent, and lets others go on", () => {
		const log = new EventLog().start("a1", "x").use("c1", "a1").use("c2").stop("a1", "x");
		const [main, agent] = timelineOf(log).rows;
		assert.equal(main?.calls.ends[0], Number.POSITIVE_INFINITY);
		assert.equal(agent?.calls.ends[0], BEGIN + 4000);
	});

	it("shows waits apart, and the call from when it was allowed", () => {
		const log = new EventLog().start("a1", "x").use("c1", "a1", "Bash");
		log.add("permission_wait", { agent_id: "a1", tool: "Bash" }).add("prompt").add("prompt");
		log.result("c1", "a1", true, "Bash");
		const [, row] = timelineOf(log).rows;
		assert.deepEqual(row?.waits, [
			{ tool: "Bash", since: BEGIN + 3000, until: BEGIN + 5990, call: "c1" },
		]);
		assert.deepEqual([row?.calls.starts[0], row?.calls.ends[0]], [BEGIN + 5990, BEGIN + 6000]);
	});

	it("shows a wait that goes on, and one that was refused", () => {
		const log = new EventLog().start("a1", "x").use("c1", "a1", "Bash");
		log.add("permission_wait", { agent_id: "a1", tool: "Bash" });
		const [, open] = timelineOf(log).rows;
		assert.deepEqual(open?.waits, [{ tool: "Bash", since: BEGIN + 3000, until: null }]);
		const [, refused] = timelineOf(log.use("c2", "a1")).rows;
		assert.deepEqual(refused?.waits[0]?.until, BEGIN + 4000);
	});

	it("keeps lives of an agent that was resumed apart", () => {
		const log = new EventLog().start("a1", "x").stop("a1", "x").add("prompt").start("a1", "x");
		const [, row] = timelineOf(log).rows;
		assert.deepEqual(row?.lives, [
			{ began: BEGIN + 1000, endedAt: BEGIN + 2000 },
			{ began: BEGIN + 4000, endedAt: null },
		]);
	});

	it("tells what each update changed, and nothing else", () => {
		const recording = new Recording(SESSION);
		const timeline = new Timeline(recording);
		const log = new EventLog().start("a1", "x").start("a2", "x").use("c1", "a1").use("c2", "a2");
		const [first, second, third, fourth] = eventsOf(log);
		const add = (event: AgentEvent | undefined) => {
			assert.ok(event !== undefined);
			recording.add([event]);
			const { changed, isReordered } = timeline.update();
			return { changed: [...changed].map(({ view }) => view.id), isReordered };
		};
		assert.equal(add(first).isReordered, true);
		assert.equal(add(second).isReordered, true);
		assert.deepEqual(add(third), { changed: ["a1"], isReordered: false });
		assert.deepEqual(add(fourth), { changed: ["a2"], isReordered: false });
		assert.deepEqual(timeline.update(), { changed: new Set(), isReordered: false });
	});

	it("says from when to when it reaches", () => {
		const timeline = timelineOf(new EventLog().start("a1", "x").use("c1").use("c2"));
		assert.deepEqual([timeline.from, timeline.until], [BEGIN + 1000, BEGIN + 3000]);
		assert.equal(timeline.isLive, true);
		assert.deepEqual([timelineOf(new EventLog()).from, timelineOf(new EventLog()).until], [0, 0]);
	});

	it("has the orchestrator's turns, whenever they were told", () => {
		const log = new EventLog().add("session_start").add("prompt").use("c1").add("turn_end");
		log.add("prompt").use("c2");
		const turns = [
			{ began: BEGIN + 2000, endedAt: BEGIN + 4000 },
			{ began: BEGIN + 5000, endedAt: null },
		];
		assert.deepEqual(timelineOf(log).turns, turns);
		assert.deepEqual(recorded(eventsOf(log).toReversed()).turns, turns);
	});
});
