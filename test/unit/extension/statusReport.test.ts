import assert from "node:assert/strict";
import { statusReport } from "../../../src/extension/status/statusReport.ts";
import {
	type TranscriptFacts,
	transcriptReport,
} from "../../../src/extension/status/transcriptReport.ts";
import { describeSource } from "../../../src/live/sourceStatus.ts";
import { EventStats } from "../../../src/model/events/eventStats.ts";
import { LiveGraph } from "../../../src/model/graph/liveGraph.ts";
import { EventLog, graphOf } from "../../support/log/eventLog.ts";

const TAIL = { state: "following", offset: 1200, size: 1500, error: "" } as const;

function report(graph: LiveGraph): string {
	return statusReport({
		version: "1.2.3",
		now: (graph.lastEventAt ?? 0) + 5000,
		eventsFile: "/home/dev/.claude/memory/agent-events.jsonl",
		tail: TAIL,
		transcripts: null,
		foldersNotRead: [],
		source: describeSource(
			{
				eventsFile: "/log",
				tail: TAIL,
				phase: "live",
				transcripts: null,
			},
			{ isDemo: false, areHooksReady: false },
		),
		stats: graph.stats,
		counters: graph.counters,
		activationMs: 7.25,
		hooks: "## Hooks\n",
		clients: "",
		telemetry: "## Telemetry\n",
		stream: "## Stream\n",
	});
}

describe("statusReport", () => {
	it("names the log, how far it was read and what is in it", () => {
		const text = report(new EventLog().add("session_start").start("a1", "x").use("c", "a1").graph);
		for (const row of [
			"| path | `/home/dev/.claude/memory/agent-events.jsonl` |",
			"| read | 1,200 bytes of 1,500 bytes |",
			"| lag | 300 bytes |",
			"| agents at work | 1 |",
			"| `tool_use` | 1 | 5.0 s ago |",
		]) {
			assert.ok(text.includes(row), row);
		}
	});

	it("counts bad lines by kind, in words", () => {
		const lines = ["\u0000rubbish", "rubbish", '{"v":2,"event":"dance","session_id":"s"}', "[]"];
		const graph = graphOf(lines);
		graph.countProblem("line_too_long");
		const text = report(graph);
		assert.match(text, /\| `not_json` \| not JSON \| 2 \|/);
		assert.match(text, /\| `unknown_event` \| an event this version does not know \| 1 \|/);
		assert.match(text, /\| `not_an_object` \| .* \| 1 \|/);
		assert.match(text, /\| `line_too_long` \| longer than 1 MiB \| 1 \|/);
		assert.match(text, /\| bad lines \| 5 \|/);
	});

	it("says what to do when jq is missing", () => {
		const text = report(graphOf(['{"event":"hook_error","reason":"jq missing"}']));
		assert.match(text, /\| `jq missing` \| 1 \|/);
		assert.match(text, /The hooks need `jq`/);
	});

	it("shows text from outside inside code spans only", () => {
		const reason = "<script>alert(1)</script> ` | # [x](command:evil)\nnext";
		const text = report(graphOf([JSON.stringify({ event: "hook_error", reason })]));
		assert.ok(text.includes("| `<script>alert(1)</script>     # [x](command:evil) next` |"));
	});

	it("has something to say about an empty log", () => {
		const text = report(new LiveGraph());
		assert.match(text, /No event has been read yet\. Run \*\*Install Hooks\*\*/);
		assert.match(text, /## Bad lines\n\nNone\./);
	});
});

describe("transcriptReport", () => {
	const status = {
		files: 3,
		bytesDone: 1200,
		bytesTotal: 5000,
		unreadable: 1,
		isReadingHistory: true,
		isHistoryStopped: false,
		isWatching: true,
	};
	const of = (facts: TranscriptFacts | null) => transcriptReport(facts, new EventStats(), 0);

	it("says what is followed, how far it was read and what cannot be", () => {
		const text = of({ folders: ["/home/dev/.claude/projects"], status, error: "" });
		for (const row of [
			"| folder | `/home/dev/.claude/projects` |",
			"| of the last 24 h | 3 transcripts |",
			"| read | 1,200 bytes of 5,000 bytes, going on |",
			"| cannot be read | 1 |",
		]) {
			assert.ok(text.includes(row), row);
		}
	});

	it("says why nothing is read", () => {
		assert.match(of(null), /Not read: `agentLiveGraph.transcripts.enabled` is off/);
		assert.match(of({ folders: [], status: null, error: "out of memory" }), /out of memory/);
	});
});
