import assert from "node:assert/strict";
import fc from "fast-check";
import { parseLine } from "../../../../src/ingest/eventLog/parseLine.ts";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import { RECENT_CALLS } from "../../../../src/model/events/limits.ts";
import { nodeDetail } from "../../../../src/model/graph/told/nodeDetail.ts";
import { Recording } from "../../../../src/model/recording/recording.ts";
import { EventLog, SESSION } from "../../../support/log/eventLog.ts";

function parsed(log: EventLog): AgentEvent[] {
	return log.events.map((event) => {
		const read = parseLine(JSON.stringify(event));
		assert.notEqual(typeof read, "string");
		return read as AgentEvent;
	});
}

/** Calls of one agent, one after the other. */
function manyCalls(count: number): AgentEvent[] {
	const log = new EventLog().spawn("toolu_1", "Explore").start("a1", "Explore");
	for (let n = 0; n < count; n++) {
		log.add("tool_use", { id: `toolu_c${n}`, tool: "Bash", agent_id: "a1" });
		log.add("tool_result", { id: `toolu_c${n}`, tool: "Bash", agent_id: "a1", success: true });
	}
	return parsed(log.stop("a1", "Explore"));
}

const noted = (ts: number): AgentEvent => ({
	event: "agent_meta",
	origin: "transcript",
	client: "claude-code",
	v: 2,
	ts,
	session: SESSION,
	agent: "",
	cwd: "",
	id: "toolu_1",
	child: "a1",
	parent: "",
	agentType: "Explore",
	defaultType: "",
	model: "",
	description: "look",
	background: false,
	note: null,
});

describe("a recording", () => {
	it("is the same in whatever order it was told", () => {
		const events = manyCalls(5);
		fc.assert(
			fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
				const recording = new Recording(SESSION);
				for (const event of shuffled) recording.add([event]);
				assert.deepEqual(recording.events, events);
			}),
			{ numRuns: 50 },
		);
	});

	it("says from when until when it goes, nothing at first", () => {
		const recording = new Recording(SESSION);
		assert.deepEqual([recording.from, recording.until], [0, 0]);
		const events = manyCalls(1);
		recording.add(events);
		assert.deepEqual([recording.from, recording.until], [events[0]?.ts, events.at(-1)?.ts]);
	});

	it("keeps every call of an agent that is long over", () => {
		const recording = new Recording(SESSION);
		recording.add(manyCalls(RECENT_CALLS * 3));
		const { nodes } = recording.graph.snapshot();
		const agent = nodes.find(({ kind }) => kind === "agent");
		const calls = nodeDetail(recording.graph, agent?.key ?? "")?.recent ?? [];
		assert.equal(calls.length, RECENT_CALLS * 3);
		assert.ok(calls.every(({ success, durationMs }) => success === true && durationMs !== null));
	});

	it("takes what stands beside a transcript for as old as the first word of its agent", () => {
		const recording = new Recording(SESSION);
		const events = manyCalls(1);
		const late = (events.at(-1)?.ts ?? 0) + 60_000;
		recording.add([noted(late), ...events]);
		assert.equal(recording.events.find(({ event }) => event === "agent_meta")?.ts, events[0]?.ts);
		assert.equal(recording.until, events.at(-1)?.ts);
	});
});
