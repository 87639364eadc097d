import assert from "node:assert/strict";
import type { TranscriptReader } from "../../../../src/ingest/transcripts/port.ts";
import { LiveGraph } from "../../../../src/model/graph/liveGraph.ts";
import { describeGraph } from "../../../../src/model/graph/told/graphDescription.ts";
import { applyLine } from "../../../support/log/applyLine.ts";
import { nodeOf } from "../../../support/log/eventLog.ts";
import { fileOf, unpriced } from "../../../support/transcripts/recordedRun.ts";

const MAIN = "-home/s1.jsonl";
const AGENT = "-home/s1/subagents/agent-a1.jsonl";
const META = { agentType: "Explore", description: "look", toolUseId: "t1" };
const START = Date.UTC(2026, 0, 5, 9);

/** A session as its files tell it, one line at a time; each line a second after the one before. */
class Telling {
	readonly graph = new LiveGraph();
	readonly #readers = new Map<string, TranscriptReader>();
	#second = 0;

	line(path: string, type: string, message: object, more: object = {}): this {
		const timestamp = new Date(START + this.#second++ * 1000).toISOString();
		return this.text(path, JSON.stringify({ type, sessionId: "s1", timestamp, message, ...more }));
	}

	text(path: string, line: string): this {
		const { records } = this.#reader(path).line(line);
		for (const { event } of records) this.graph.apply(event);
		return this;
	}

	meta(meta: object = META): this {
		const { records } = this.#reader(AGENT).companion("", JSON.stringify(meta));
		for (const { event } of records) this.graph.apply(event);
		return this;
	}

	prompt(path = MAIN, content = "go", more: object = {}): this {
		return this.line(path, "user", { content }, more);
	}

	says(path: string, content: object[], stop_reason: string | null = "tool_use"): this {
		return this.line(path, "assistant", { id: `m${this.#second}`, content, stop_reason });
	}

	launch(): this {
		const input = { subagent_type: "Explore", description: "look", prompt: "p" };
		return this.says(MAIN, [{ type: "tool_use", id: "t1", name: "Agent", input }]);
	}

	answer(path: string, id: string, content: string, more: object = {}): this {
		const block = { type: "tool_result", tool_use_id: id, content };
		return this.line(path, "user", { content: [block] }, more);
	}

	launched(): this {
		const answer = { isAsync: true, status: "async_launched", agentId: "a1" };
		const text = "Async agent launched successfully.\nagentId: a1 (internal ID)";
		return this.answer(MAIN, "t1", text, { toolUseResult: answer });
	}

	ends(path: string): this {
		return this.says(path, [{ type: "text", text: "done" }], "end_turn");
	}

	hook(event: object): this {
		const ts = new Date(START + this.#second++ * 1000).toISOString();
		applyLine(this.graph, JSON.stringify({ v: 2, ts, session_id: "s1", ...event }));
		return this;
	}

	state(id = "a1"): string {
		return nodeOf(this.graph, id).state;
	}

	#reader(path: string): TranscriptReader {
		let reader = this.#readers.get(path);
		const file = fileOf(path);
		if (file === null) throw new Error(path);
		reader ??= unpriced.newReader(file);
		this.#readers.set(path, reader);
		return reader;
	}
}

describe("Lives that only transcripts tell", () => {
	it("show a background agent running until it stops, whatever its launch came back with", () => {
		const told = new Telling().prompt().launch().meta().prompt(AGENT).launched();
		assert.equal(told.state(), "running");
		assert.equal(told.ends(AGENT).state(), "done");
	});

	it("bring a resumed agent back to life, and end it again", () => {
		const told = new Telling().prompt().launch().meta().prompt(AGENT).launched().ends(AGENT);
		told.prompt(AGENT, "go on", { isMeta: true, origin: { kind: "coordinator" } });
		assert.equal(told.state(), "running");
		assert.equal(told.ends(AGENT).state(), "done");
		assert.equal(told.graph.counters.spawned, 1);
	});

	it("end an agent that was stopped in the middle of a call", () => {
		const told = new Telling().prompt().launch().meta().prompt(AGENT).launched();
		told.says(AGENT, [{ type: "tool_use", id: "c1", name: "Bash", input: {} }]);
		told.prompt(AGENT, "[Request interrupted by user for tool use]");
		assert.equal(told.state(), "done");
	});

	it("give up on an agent that never stops, and take it back when it is heard of again", () => {
		const told = new Telling().prompt().launch().meta().prompt(AGENT).launched();
		told.graph.reap(START + 3_600_000, 1_800_000);
		assert.equal(told.state(), "lost");
		const timestamp = new Date(START + 3_700_000).toISOString();
		const content = [{ type: "tool_use", id: "c1", name: "Bash", input: {} }];
		const line = { type: "assistant", sessionId: "s1", timestamp, message: { id: "m", content } };
		assert.equal(told.text(AGENT, JSON.stringify(line)).state(), "running");
	});

	it("take a session that was left after its turn for done, until it is gone on with", () => {
		const told = new Telling().prompt().ends(MAIN);
		told.graph.reap(START + 3_600_000, 1_800_000);
		assert.equal(told.state("s1"), "done");
		const timestamp = new Date(START + 3_700_000).toISOString();
		const line = { type: "user", sessionId: "s1", timestamp, message: { content: "go on" } };
		assert.equal(told.text(MAIN, JSON.stringify(line)).state("s1"), "running");
	});

	it("know the parent late when the file beside it comes late, and from the answer when never", () => {
		const late = new Telling().prompt().launch().prompt(AGENT);
		assert.equal(describeGraph(late.graph).nodes.length, 3);
		late.meta();
		assert.deepEqual(
			describeGraph(late.graph).nodes.map(({ id }) => id),
			["s1", "a1"],
		);
		const never = new Telling().prompt().launch().prompt(AGENT).launched();
		for (const { graph } of [late, never]) {
			const { parent, type, description } = nodeOf(graph, "a1");
			assert.deepEqual([parent, type, description], ["s1", "Explore", "look"]);
			assert.equal(nodeOf(graph, "t1").id, "a1");
		}
	});

	it("keep agents of one type and description apart", () => {
		const told = new Telling().prompt().launch().meta().prompt(AGENT).launched();
		const twin = "-home/s1/subagents/agent-a2.jsonl";
		const input = { subagent_type: "Explore", description: "look" };
		told.says(MAIN, [{ type: "tool_use", id: "t2", name: "Agent", input }]).prompt(twin);
		const answer = { status: "async_launched", agentId: "a2" };
		told.answer(MAIN, "t2", "Async agent launched", { toolUseResult: answer });
		assert.deepEqual(
			describeGraph(told.graph).nodes.map(({ id, aliases }) => [id, ...aliases]),
			[["s1"], ["a1", "t1"], ["a2", "t2"]],
		);
	});

	it("go on with a session that a second process resumes after the first has ended", () => {
		const told = new Telling().hook({ event: "session_start", source: "startup" });
		told.prompt().launch().meta().prompt(AGENT).launched();
		told.hook({ event: "session_end", reason: "other" });
		assert.deepEqual([told.state("s1"), told.state()], ["done", "lost"]);
		told.prompt(MAIN, "where were we");
		assert.deepEqual([told.state("s1"), told.state()], ["running", "lost"]);
		told.ends(MAIN);
		assert.equal(told.state("s1"), "idle");
	});

	it("take a compaction for no agent, and for no end", () => {
		const told = new Telling().prompt();
		const request = "-home/s1/subagents/agent-acompact-1.jsonl";
		told.prompt(request, "summarise").ends(request);
		told.hook({ event: "agent_stop", agent_id: "acompact-1", agent_type: "" });
		told.line(MAIN, "system", {}, { subtype: "compact_boundary" });
		told.prompt(MAIN, "This session is being continued", { isCompactSummary: true });
		assert.equal(told.state("s1"), "running");
		assert.equal(describeGraph(told.graph).nodes.length, 1);
		assert.equal(told.graph.stats.notes.get("phantom_stop")?.count, 1);
	});

	it("are not undone by a log that is read after them", () => {
		const log = new Telling().hook({ event: "agent_start", agent_id: "a1", agent_type: "Explore" });
		assert.equal(log.state(), "running");
		// The hook that tells of the end was killed with its run; the transcript has it.
		log.prompt().launch().meta().prompt(AGENT).launched().ends(AGENT);
		const start = { v: 2, ts: new Date(START).toISOString(), session_id: "s1" };
		const again = { ...start, event: "agent_start", agent_id: "a1", agent_type: "Explore" };
		applyLine(log.graph, JSON.stringify(again));
		assert.equal(log.state(), "done");
	});
});
