import type { FunctionDetail, FunctionStats, TelemetryFacts } from "../figures.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { FAILED } from "../tables/callRow.ts";
import { SESSION_USAGE } from "./usageQueries.ts";

/** Calls, writes and tests listed of one function. */
const DETAIL_ROWS = 20;

/** Tables whose rows are counted for Show Status. */
const COUNTED = [
	"sessions",
	"agents",
	"calls",
	"code_writes",
	"test_runs",
	"e2e_runs_fn",
	"violations",
	"messages",
	"patterns",
	"function_versions",
	"skill_invocations",
	"numeric_claims",
	"sequences",
	"proposals",
	"ingest_cursors",
] as const;

/** @param functionIds absent for all that were used, and the first of those that never were */
export function functionStats(
	store: TelemetryStore,
	functionIds?: readonly string[],
): FunctionStats[] {
	if (functionIds === undefined) {
		return [...store.all<FunctionStats>(USED), ...store.all<FunctionStats>(UNUSED)];
	}
	return store.all(
		"SELECT * FROM function_stats WHERE function_id IN (SELECT value FROM json_each(?))",
		[JSON.stringify(functionIds)],
	);
}

const IS_USED = `calls_total + writes_count + tests_total + e2e_total + violations_caused > 0
	OR versions_count > 1`;
const USED = `SELECT * FROM function_stats WHERE ${IS_USED}`;
/** A snapshot finds functions by the ten thousand that no agent ever touched. */
const UNUSED = `SELECT * FROM function_stats WHERE NOT (${IS_USED}) ORDER BY function_id LIMIT 500`;

type CallOfDetail = Omit<FunctionDetail["calls"][number], "success" | "hasWaited"> & {
	readonly success: number | null;
	readonly hasWaited: number;
};

export function functionDetail(store: TelemetryStore, functionId: string): FunctionDetail {
	const newest = [functionId, DETAIL_ROWS];
	return {
		functionId,
		errors: store.all(
			`SELECT ifnull(error_class, 'unknown') AS errorClass, count(*) AS count FROM calls
				WHERE function_id = ? AND ${FAILED} GROUP BY 1 ORDER BY 2 DESC, 1`,
			[functionId],
		),
		calls: store
			.all<CallOfDetail>(
				`SELECT tool_use_id AS id, session_id AS session, agent_id AS agent, ts, duration_ms AS durationMs, success,
					EXISTS (SELECT 1 FROM waits AS w WHERE w.tool_use_id = calls.tool_use_id) AS hasWaited,
					error_class AS errorClass FROM calls
					WHERE function_id = ? ORDER BY ts DESC, rowid DESC LIMIT ?`,
				newest,
			)
			.map((row) => ({
				...row,
				hasWaited: Boolean(row.hasWaited),
				success: row.success === null ? null : Boolean(row.success),
			})),
		writes: store.all(
			`SELECT ts, file_path AS filePath, lines_added AS linesAdded,
				lines_removed AS linesRemoved FROM code_writes
				WHERE function_id = ? ORDER BY ts DESC LIMIT ?`,
			newest,
		),
		tests: newestTests(store, functionId),
		versions: newestVersions(store, functionId),
	};
}

/** Newest first. */
export function newestTests(store: TelemetryStore, functionId: string): FunctionDetail["tests"] {
	return store
		.all<Omit<FunctionDetail["tests"][number], "passed"> & { passed: number }>(
			`SELECT ts, test_id AS testId, passed FROM test_runs
				WHERE function_id = ? ORDER BY ts DESC LIMIT ?`,
			[functionId, DETAIL_ROWS],
		)
		.map((row) => ({ ...row, passed: Boolean(row.passed) }));
}

/** Newest first. */
export function newestVersions(
	store: TelemetryStore,
	functionId: string,
): FunctionDetail["versions"] {
	return store.all(
		`SELECT version_hash AS versionHash, ts, source, file_path AS filePath, lines,
			git_blob AS gitBlob, copy_of AS copyOf FROM function_versions
			WHERE function_id = ? ORDER BY ts DESC, rowid DESC LIMIT ?`,
		[functionId, DETAIL_ROWS],
	);
}

export function topFunctions(store: TelemetryStore, top: number): FunctionStats[] {
	return store.all("SELECT * FROM function_stats ORDER BY calls_total DESC, function_id LIMIT ?", [
		top,
	]);
}

export function lastSessions(store: TelemetryStore): TelemetryFacts["sessions"] {
	return store.all(
		`SELECT s.session_id AS sessionId, s.cwd, s.started_at AS startedAt, s.last_heard_at AS lastHeardAt,
			iif(s.ended_by = 'session_end', s.ended_at, NULL) AS endedAt,
			ifnull(t.calls, 0) AS calls, s.health_score AS healthScore, u.tokens, u.costUsd,
			ifnull(u.messagesWithoutPrice, 0) AS messagesWithoutPrice
			FROM sessions AS s LEFT JOIN session_totals AS t ON t.session_id = s.session_id
			LEFT JOIN (${SESSION_USAGE}) AS u ON u.session_id = s.session_id
			ORDER BY s.started_at DESC LIMIT 10`,
	);
}

/** Calls whose duration holds the wait for a person. */
export function waitCount(store: TelemetryStore): number {
	return Number(store.first("SELECT total(waits) FROM function_totals")?.[0]);
}

export function rowCounts(store: TelemetryStore): TelemetryFacts["rows"] {
	return COUNTED.map((table) => ({
		table,
		rows: Number(store.first(`SELECT count(*) FROM ${table}`)?.[0] ?? 0),
	}));
}
