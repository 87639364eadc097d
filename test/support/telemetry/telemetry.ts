import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { compileFunction } from "node:vm";
import type { InitSqlJsStatic, SqlJsStatic } from "sql.js";
import { bundledSqlJs } from "../../../scripts/bundle/sqlJs.mjs";
import { inProject } from "../../../scripts/paths.ts";
import { parseLine } from "../../../src/ingest/eventLog/parseLine.ts";
import type { AgentEvent } from "../../../src/model/events/events.ts";
import { TelemetryStore } from "../../../src/telemetry/storage/store.ts";

const SQL_JS = inProject("node_modules/sql.js/dist");
let loaded: Promise<SqlJsStatic> | null = null;

/** As it is in a bundle. */
export function sqlJs(): Promise<SqlJsStatic> {
	loaded ??= loadBundledSqlJs();
	return loaded;
}

/** One of its own, which a test may break. */
export async function loadBundledSqlJs(): Promise<SqlJsStatic> {
	const source = bundledSqlJs(readFileSync(`${SQL_JS}/sql-wasm.js`, "utf8"));
	const module = { exports: {} };
	const require = createRequire(`${SQL_JS}/`);
	compileFunction(source, ["module", "exports", "require", "__dirname"])(
		...[module, module.exports, require, SQL_JS],
	);
	return (module.exports as InitSqlJsStatic)();
}

/** A time shortly after the events of the tests' logs. */
export const NOW = Date.parse("2026-01-01T12:00:00.000Z");

export async function newStore(now: () => number = () => NOW): Promise<TelemetryStore> {
	return new TelemetryStore(await sqlJs(), null, now);
}

/** A store that these batches were read into, one after the other. */
export async function storeOf(
	batches: readonly (readonly AgentEvent[])[],
): Promise<TelemetryStore> {
	const store = await newStore();
	for (const batch of batches) store.ingest(batch, null);
	return store;
}

/** Events as the parser gives them; fails on a line it cannot use. */
export function eventsOf(lines: readonly object[]): AgentEvent[] {
	return lines.map((line) => {
		const event = parseLine(JSON.stringify(line));
		if (typeof event === "string") throw new Error(`${event}: ${JSON.stringify(line)}`);
		return event;
	});
}

const TABLES = [
	"sessions",
	"agents",
	"agent_spawns",
	"calls",
	"code_writes",
	"skill_invocations",
	"numeric_claims",
	"messages",
	"usage_days",
	"test_runs",
	"violations",
	"patterns",
	"function_totals",
	"function_days",
	"function_hours",
	"session_totals",
	"session_ends",
	"session_turns",
	"permission_waits",
];

/** Every row of every table, in an order that does not depend on that of their insertion. */
export function dump(store: TelemetryStore): Record<string, unknown[]> {
	return Object.fromEntries(
		TABLES.map((table) => {
			const rows = store.all<Record<string, unknown>>(`SELECT * FROM ${table}`);
			const keyed = rows.map((row) => [JSON.stringify(Object.values(row)), row] as const);
			return [table, keyed.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)];
		}),
	);
}
