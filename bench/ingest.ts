// Lines of the log into the database with every rollup, beside bare inserts of the same rows.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { DatabaseSync } from "node:sqlite";
import initSqlJs, { type SqlJsStatic } from "sql.js";
import { parseLine } from "../src/ingest/eventLog/parseLine.ts";
import type { AgentEvent } from "../src/model/events/events.ts";
import { TelemetryStore } from "../src/telemetry/storage/store.ts";
import { syntheticLines } from "../test/support/log/syntheticLog.ts";
import { sqlJs } from "../test/support/telemetry/telemetry.ts";

const LINES = 200_000;
const BATCH = 5_000;
const ROUNDS = 5;
type Row = (string | number | null)[];

/** Median of interleaved rounds; gives back a Markdown table. */
export async function run(): Promise<string> {
	const lines = [...syntheticLines({ lines: LINES })];
	const { rows, schema } = await rowsOf(lines);
	const published = await initSqlJs();
	const [ours, bare, wal]: [number[], number[], number[]] = [[], [], []];
	const growing: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		bare.push(bareInserts(published, rows, schema));
		growing.push(bareInserts(await sqlJs(), rows, schema));
		ours.push(await ingest(lines));
		wal.push(nodeSqlite(rows, schema));
	}
	const perSecond = (ms: number, count = LINES) =>
		Math.round((count / ms) * 1000).toLocaleString("en-US");
	const [us, them, inPlace, builtIn] = [median(ours), median(bare), median(growing), median(wal)];
	return [
		`Log to database, ${LINES.toLocaleString("en-US")} v2 lines giving ${rows.length.toLocaleString("en-US")} calls, median of ${ROUNDS}`,
		"",
		"| | ms | events a second |",
		"| --- | ---: | ---: |",
		`| bare prepared inserts of the calls, sql.js | ${them.toFixed(0)} | ${perSecond(them)} |`,
		`| the same, sql.js as bundled: the file grows in place | ${inPlace.toFixed(0)} | ${perSecond(inPlace)} |`,
		`| the same on node:sqlite, WAL | ${builtIn.toFixed(0)} | ${perSecond(builtIn)} |`,
		`| lines parsed, rows, rollups (at least 60,000) | ${us.toFixed(0)} | **${perSecond(us)}** |`,
		`| speed against bare sql.js (at least 0.4) | | **${(them / us).toFixed(2)}** |`,
	].join("\n");
}

async function ingest(lines: readonly string[]): Promise<number> {
	const store = new TelemetryStore(await sqlJs(), null);
	const startedAt = performance.now();
	for (let from = 0; from < lines.length; from += BATCH) {
		const events: AgentEvent[] = [];
		for (const line of lines.slice(from, from + BATCH)) {
			const event = parseLine(line);
			if (typeof event !== "string") events.push(event);
		}
		store.ingest(events, { source: "log", fileIdentity: "1:1", byteOffset: from });
	}
	const took = performance.now() - startedAt;
	store.close();
	return took;
}

async function rowsOf(lines: readonly string[]): Promise<{ rows: Row[]; schema: string }> {
	const store = new TelemetryStore(await sqlJs(), null);
	store.ingest(
		lines.map(parseLine).filter((event) => typeof event !== "string"),
		null,
	);
	const rows = (store.database.exec("SELECT * FROM calls")[0]?.values ?? []) as Row[];
	const schema = String(store.first("SELECT sql FROM sqlite_schema WHERE name = 'calls'")?.[0]);
	store.close();
	return { rows, schema };
}

function insertOf([row = []]: readonly Row[]): string {
	return `INSERT INTO calls VALUES (${row.map(() => "?").join(", ")})`;
}

function bareInserts({ Database }: SqlJsStatic, rows: readonly Row[], schema: string): number {
	const database = new Database();
	database.run(schema);
	const statement = database.prepare(insertOf(rows));
	const startedAt = performance.now();
	for (let from = 0; from < rows.length; from += 500) {
		database.run("BEGIN");
		for (const row of rows.slice(from, from + 500)) statement.run(row);
		database.run("COMMIT");
	}
	const took = performance.now() - startedAt;
	statement.free();
	database.close();
	return took;
}

function nodeSqlite(rows: readonly Row[], schema: string): number {
	const folder = mkdtempSync(path.join(tmpdir(), "agent-live-graph-bench-"));
	const database = new DatabaseSync(path.join(folder, "calls.db"));
	database.exec("PRAGMA journal_mode = WAL");
	database.exec(schema);
	const statement = database.prepare(insertOf(rows));
	const startedAt = performance.now();
	for (let from = 0; from < rows.length; from += 500) {
		database.exec("BEGIN");
		for (const row of rows.slice(from, from + 500)) statement.run(...row);
		database.exec("COMMIT");
	}
	const took = performance.now() - startedAt;
	database.close();
	rmSync(folder, { recursive: true });
	return took;
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

if (process.argv[1] === import.meta.filename) console.log(await run());
