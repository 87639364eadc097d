import assert from "node:assert/strict";
import { noTelemetry, telemetryReport } from "../../../src/extension/status/telemetryReport.ts";
import type { TelemetryFacts } from "../../../src/telemetry/api.ts";
import { statsRow } from "../../support/functionStats.ts";

const NOW = 1_780_000_000_000;

const EMPTY: TelemetryFacts = {
	databaseFile: "/home/dev/storage/telemetry.db",
	databaseBytes: 0,
	role: "writer",
	rows: [{ table: "calls", rows: 0 }],
	eventsFile: "/home/dev/.claude/memory/agent-events.jsonl",
	ingestedBytes: 0,
	lagBytes: 0,
	savedAt: null,
	topFunctions: [],
	sessions: [],
	badLines: [],
	trouble: null,
};

describe("telemetryReport", () => {
	it("says on a line of its own that an empty database has no calls", () => {
		const lines = telemetryReport(EMPTY, NOW).split("\n");
		assert.ok(lines.includes("no calls recorded yet"));
		assert.ok(lines.includes("| saved | never |"));
		assert.ok(lines.includes("| `calls` | 0 |"));
	});

	it("says what is where, how far it is read and who writes", () => {
		const text = telemetryReport(
			{
				...EMPTY,
				...{ databaseBytes: 40_960, ingestedBytes: 900, lagBytes: 100, savedAt: NOW - 2000 },
				...{ role: "reader", rows: [{ table: "calls", rows: 12_345 }] },
			},
			NOW,
		);
		for (const row of [
			"| database | `/home/dev/storage/telemetry.db` |",
			"| size | 40,960 bytes |",
			"| role | another window writes the database, this one reads it |",
			"| saved | 2.0 s ago |",
			"| ingested | 900 bytes |",
			"| lag | 100 bytes |",
			"| `calls` | 12,345 |",
		]) {
			assert.ok(text.includes(row), row);
		}
	});

	it("lists the top functions and the last sessions", () => {
		const git = statsRow("bash:git", {
			...{ calls_total: 1200, error_rate: 0.25, p95_duration_ms: 1500 },
		});
		const session = {
			...{ sessionId: "s-1", cwd: "/home/dev/app", startedAt: NOW, endedAt: NOW + 65_000 },
			...{ calls: 7, healthScore: 88 },
		};
		const text = telemetryReport(
			{ ...EMPTY, topFunctions: [git], sessions: [session, { ...session, endedAt: null }] },
			NOW,
		);
		assert.ok(text.includes("| `bash:git` | 1,200 | 25 % | 1.5 s |"));
		assert.match(text, /\| `s-1` \| `\/home\/dev\/app` \| [-\d: ]{19} \| 1 m 5 s \| 7 \| 88 \|/);
		assert.match(text, /\| open \| 7 \| 88 \|/);
		assert.ok(!text.includes("no calls recorded yet"));
	});

	it("names trouble and bad lines, as text that is not read as markup", () => {
		const trouble = { reason: "disk_full", message: "No space <b>left</b>`" } as const;
		const badLines = [{ kind: "not_json", count: 2 }];
		const text = telemetryReport({ ...EMPTY, trouble, badLines }, NOW);
		assert.ok(text.includes("**Trouble** (`disk_full`): `No space <b>left</b>`"));
		assert.ok(text.includes("| `not_json` | 2 |"));
	});

	it("gives the reason where there is no database to report of", () => {
		assert.equal(noTelemetry("It is turned off."), "## Telemetry\n\nIt is turned off.\n");
	});
});
