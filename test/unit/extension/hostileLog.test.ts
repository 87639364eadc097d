import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { statusReport } from "../../../src/extension/status/statusReport.ts";
import { LogLines } from "../../../src/ingest/eventLog/logLines.ts";
import { GraphSource } from "../../../src/live/graphSource.ts";
import { readHere } from "../../../src/live/reading/readHere.ts";
import { describeSource } from "../../../src/live/sourceStatus.ts";
import { describeGraph } from "../../../src/model/graph/told/graphDescription.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>";
const HEAD = { v: 2, ts: "2026-01-01T10:00:00.000Z", session_id: "s", cwd: `/home/${MARKUP}` };
const json = (event: object) => JSON.stringify({ ...HEAD, ...event });

/** A log with everything in it that a log should not hold, and one good line at its end. */
function hostileLines(): (string | Buffer)[] {
	return [
		Buffer.from([0, 1, 2, 0xff, 0xfe, 0xc3, 0x28, 0x80]),
		"x".repeat(2 * 1024 * 1024),
		'{"v":2,"event":"tool_use","session_id":"s","id":"cut',
		`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`,
		json({ event: "tool_use", id: 7, tool: {} }),
		json({ event: "tool_result", id: "t", success: "maybe" }),
		json({ event: "agent_start", agent_id: "a".repeat(1_000_000), agent_type: "big" }),
		'{"__proto__":{"polluted":true},"v":2,"event":"prompt","session_id":"__proto__"}',
		json({ event: "agent_spawn", id: MARKUP, subagent_type: MARKUP, description: MARKUP }),
		json({ event: "tool_use", id: "c", tool: MARKUP, program: MARKUP, ts: "never" }),
		"[]",
		"",
		json({ event: "agent_stop", agent_id: "ghost" }),
		json({ event: MARKUP }),
		'{"v":99,"event":"prompt"}',
		'{"event":"hook_error","reason":"jq missing"}',
		json({ event: "agent_start", agent_id: "good", agent_type: "Explore" }),
	];
}

describe("A hostile log", () => {
	const folder = useTempFolder();

	it("throws nothing, and is counted by kind and named in the status", async () => {
		const file = folder.file("events.jsonl");
		const bytes = hostileLines().flatMap((line) => [Buffer.from(line), Buffer.from("\n")]);
		writeFileSync(file, Buffer.concat(bytes));
		const source = await GraphSource.readOnce({
			eventsFile: file,
			transcriptFolders: [],
			newLog: () => new LogLines(),
			startReading: readHere,
		});
		const { graph } = source;
		assert.equal(({} as { polluted?: boolean }).polluted, undefined);
		assert.deepEqual(
			Object.fromEntries([...graph.stats.problems].map(([kind, { count }]) => [kind, count])),
			{
				not_json: 2,
				line_too_long: 1,
				missing_field: 1,
				wrong_type: 2,
				not_an_object: 1,
				unknown_event: 1,
				unknown_version: 1,
			},
		);
		assert.deepEqual([...graph.stats.notes.keys()].toSorted(), [
			"bad_timestamp",
			"id_shortened",
			"phantom_stop",
		]);
		assert.ok(
			describeGraph(graph).nodes.some((node) => node.id === "good" && node.state === "running"),
		);
		for (const node of graph.snapshot().nodes) {
			for (const value of Object.values(node)) {
				assert.ok(typeof value !== "string" || value.length <= 1024);
			}
		}
		const report = statusReport({
			version: "1",
			now: Date.now(),
			eventsFile: file,
			tail: source.tail,
			activationMs: 1,
			transcripts: null,
			foldersNotRead: [],
			hooks: "",
			clients: "",
			telemetry: "",
			stream: "",
			source: describeSource(source, { isDemo: false, areHooksReady: false }),
			stats: graph.stats,
			counters: graph.counters,
		});
		for (const kind of [...graph.stats.problems.keys(), ...graph.stats.notes.keys()]) {
			assert.ok(report.includes(`| \`${kind}\` |`), kind);
		}
		assert.ok(report.includes("`jq missing`"));
		await source.dispose();
	});
});
