import assert from "node:assert/strict";
import { noTelemetry, telemetryReport } from "../../../src/extension/status/telemetryReport.ts";
import type { TelemetryFacts } from "../../../src/telemetry/figures.ts";
import { statsRow } from "../../support/telemetry/functionStats.ts";

const NOW = 1_780_000_000_000;

const NO_TOKENS = {
	messages: 0,
	tokensIn: 0,
	tokensOut: 0,
	cacheRead: 0,
	cacheWrite: 0,
	costUsd: null,
	messagesWithoutPrice: 0,
};

const NO_USAGE = {
	today: NO_TOKENS,
	last7Days: NO_TOKENS,
	last30Days: NO_TOKENS,
	all: NO_TOKENS,
	models: [],
	topSessions: [],
	clients: [],
	modelsWithoutPrice: [],
};

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
	usage: NO_USAGE,
	clients: [],
	migratedFrom: 0,
	waits: 0,
	badLines: [],
	transcriptProblems: [],
	setAside: [],
	trouble: null,
};

describe("telemetryReport", () => {
	it("says on a line of its own that an empty database has no calls", () => {
		const lines = telemetryReport(EMPTY, NOW).split("\n");
		assert.ok(lines.includes("no calls recorded yet"));
		assert.ok(lines.includes("| saved | never |"));
		assert.ok(lines.includes("| `calls` | 0 |"));
	});

	it("says which transcripts hold lines that were not understood, and of which kind", () => {
		const transcriptProblems = [
			{ path: "/home/dev/.claude/projects/p/s1.jsonl", kind: "unknown_type", lines: 12 },
			{ path: "/home/dev/.claude/projects/p/s2.jsonl", kind: "unknown_type", lines: 1 },
			{ path: "/home/dev/.claude/projects/p/s2.jsonl", kind: "cut_line", lines: 1 },
		];
		const text = telemetryReport({ ...EMPTY, transcriptProblems }, NOW);
		for (const part of [
			"13 lines of 2 transcripts were not understood: of a kind that is not known",
			"1 line of 1 transcript was not understood: cut off",
			"| `/home/dev/.claude/projects/p/s1.jsonl` | of a kind that is not known | 12 |",
		]) {
			assert.ok(text.includes(part), part);
		}
		const many = Array.from({ length: 30 }, (_, at) => ({ path: `${at}`, kind: "x", lines: 1 }));
		assert.match(telemetryReport({ ...EMPTY, transcriptProblems: many }, NOW), /and 10 more/);
	});

	it("says what is where, how far it is read and who writes", () => {
		const text = telemetryReport(
			{
				...EMPTY,
				databaseBytes: 40_960,
				ingestedBytes: 900,
				lagBytes: 100,
				savedAt: NOW - 2000,
				role: "reader",
				rows: [{ table: "calls", rows: 12_345 }],
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

	it("says how far the transcripts are, and whether history is read or stopped", () => {
		const read = {
			files: 800,
			bytesDone: 900,
			bytesTotal: 1000,
			unreadable: 0,
			isWatching: true,
			isReadingHistory: true,
			isHistoryStopped: false,
		};
		const row = (transcripts: TelemetryFacts["transcripts"]) => {
			const text = telemetryReport({ ...EMPTY, transcripts: transcripts ?? null }, NOW);
			return text.split("\n").find((line) => line.startsWith("| transcripts "));
		};
		assert.equal(
			row(read),
			"| transcripts | 800 files, 900 bytes ingested; lag 100 bytes; reading history |",
		);
		assert.equal(
			row({ ...read, isReadingHistory: false, isHistoryStopped: true, unreadable: 1 }),
			"| transcripts | 800 files, 900 bytes ingested; lag 100 bytes; history stopped; 1 file unreadable |",
		);
		assert.equal(row(null), "| transcripts | none read |");
	});

	it("lists the top functions and the last sessions", () => {
		const git = statsRow("bash:git", {
			calls_total: 1200,
			error_rate: 0.25,
			p95_duration_ms: 1500,
		});
		const session = {
			sessionId: "s-1",
			cwd: "/home/dev/app",
			startedAt: NOW,
			endedAt: NOW + 65_000,
			lastHeardAt: NOW,
			calls: 7,
			healthScore: 88,
			tokens: 182_400,
			costUsd: 1.9,
			messagesWithoutPrice: 0,
		};
		const text = telemetryReport(
			{
				...EMPTY,
				topFunctions: [git],
				sessions: [session, { ...session, endedAt: null, messagesWithoutPrice: 2 }],
			},
			NOW,
		);
		assert.ok(text.includes("| `bash:git` | 1,200 | 25 % | 1.5 s |"));
		assert.match(
			text,
			/\| `s-1` \| `\/home\/dev\/app` \| [-\d: ]{19} \| 1 m 5 s \| 7 \| 88 \| 182 k \| \$1\.90 \|/,
		);
		assert.match(text, /\| open \| 7 \| 88 \| 182 k \| at least \$1\.90 \|/);
		assert.ok(!text.includes("no calls recorded yet"));
	});

	it("says what was used and what it cost, and of which models it does not know that", () => {
		const tokens = { messages: 3, tokensIn: 1200, tokensOut: 42, cacheRead: 5000, cacheWrite: 300 };
		const priced = { ...tokens, costUsd: 1.9, messagesWithoutPrice: 0 };
		const unpriced = { ...tokens, costUsd: null, messagesWithoutPrice: 3 };
		const both = { ...tokens, costUsd: 1.9, messagesWithoutPrice: 3 };
		const models = [
			{ model: "claude-sonnet-5", ...priced },
			{ model: "own-`model`", ...unpriced },
		];
		const topSessions = [{ sessionId: "s-1", cwd: "/home/dev/app", ...both }];
		const usage = {
			...NO_USAGE,
			last30Days: both,
			all: both,
			models,
			topSessions,
			modelsWithoutPrice: ["own-`model`"],
		};
		const text = telemetryReport({ ...EMPTY, usage }, NOW);
		for (const line of [
			"| today | 0 | 0 | 0 | 0 | 0 | – |",
			"| all | 3 | 1 k | 42 | 5 k | 300 | at least $1.90 |",
			"| `claude-sonnet-5` | 3 | 1 k | 42 | 5 k | 300 | $1.90 |",
			"| `own- model` | 3 | 1 k | 42 | 5 k | 300 | unknown price |",
			"No price is known for `own- model`: what they cost is not counted.",
			"| `s-1` | `/home/dev/app` | 7 k | at least $1.90 |",
		]) {
			assert.ok(text.includes(line), line);
		}
	});

	it("says when no transcript has told of tokens", () => {
		assert.ok(telemetryReport(EMPTY, NOW).includes("No transcript has been read yet."));
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
