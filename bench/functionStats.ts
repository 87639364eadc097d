// Reading function_stats over a million calls, beside the same columns computed from the rows.

import { parseLine } from "../src/ingest/eventLog/parseLine.ts";
import type { AgentEvent } from "../src/model/events/events.ts";
import { TelemetryStore } from "../src/telemetry/storage/store.ts";
import { sqlJs } from "../test/support/telemetry/telemetry.ts";

const CALLS = 1_000_000;
const FUNCTIONS = 500;
const BATCH = 20_000;
const ROUNDS = 9;
/** The slow side once is enough to be sure, and takes seconds. */
const SLOW_ROUNDS = 3;
const DAY_MS = 86_400_000;

/** Gives back a Markdown table of medians. */
export async function run(): Promise<string> {
	const store = new TelemetryStore(await sqlJs(), null);
	for (let from = 0; from < CALLS; from += BATCH) store.ingest(batch(from), null);
	const slow = Array.from({ length: SLOW_ROUNDS }, () => timed(store, OVER_ROWS));
	const fast = Array.from({ length: ROUNDS }, () => timed(store, "SELECT * FROM function_stats"));
	const differences = differing(store);
	store.close();
	const [view, rows] = [median(fast), median(slow)];
	return [
		`function_stats over ${CALLS.toLocaleString("en-US")} calls of ${FUNCTIONS} functions in 120 days, sql.js`,
		"",
		"| | ms |",
		"| --- | ---: |",
		`| the same columns computed over the event tables | ${rows.toFixed(0)} |`,
		`| SELECT * FROM function_stats (under 40) | **${view.toFixed(1)}** |`,
		`| times faster (at least 30) | **${(rows / view).toFixed(0)}** |`,
		`| functions whose counts differ between the two | ${differences} |`,
	].join("\n");
}

function timed(store: TelemetryStore, sql: string): number {
	const startedAt = performance.now();
	const rows = store.all(sql);
	const took = performance.now() - startedAt;
	if (rows.length !== FUNCTIONS) throw new Error(`${rows.length} functions`);
	return took;
}

/** Both must say the same, or their times mean nothing. Percentiles may be 2 % apart. */
function differing(store: TelemetryStore): number {
	const read = (sql: string) =>
		new Map(store.all<Record<string, number>>(sql).map((row) => [row.function_id, row]));
	const ours = read("SELECT * FROM function_stats");
	const isSame = (a: Record<string, number>, b: Record<string, number>) =>
		Object.keys(a).every((column) => {
			const [x = 0, y = 0] = [a[column], b[column]];
			if (x === y) return true;
			return column.endsWith("_ms") && Math.abs(x - y) <= 0.02001 * Math.abs(x);
		});
	return [...read(OVER_ROWS)].filter(([id, row]) => !isSame(row, ours.get(id) ?? {})).length;
}

function batch(from: number): AgentEvent[] {
	const now = Date.now();
	return Array.from({ length: BATCH }, (_, offset) => {
		const index = from + offset;
		const event = parseLine(
			JSON.stringify({
				v: 2,
				ts: new Date(now - ageOf(index)).toISOString(),
				event: "tool_result",
				session_id: `session-${index % 400}`,
				id: `toolu_${index}`,
				tool: "Bash",
				program: `program-${(index * 7) % FUNCTIONS}`,
				success: index % 13 !== 0,
				duration_ms: 1 + ((index * 7919) % 60_000),
			}),
		);
		if (typeof event === "string") throw new Error(event);
		return event;
	});
}

/** From now back to 120 days ago, in no order. */
function ageOf(index: number): number {
	return ((index * 104_729) % CALLS) * ((120 * DAY_MS) / CALLS);
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The view's columns without rollups, with windows that begin where the view's do. */
const OVER_ROWS = `
	WITH
		clock AS (SELECT CAST(strftime('%s', 'now') AS INTEGER) AS now_s),
		counted AS (
			SELECT function_id,
				count(*) AS calls_total,
				sum(ts / 3600000 >= now_s / 3600 - 24) AS calls_24h,
				sum(ts / 86400000 >= now_s / 86400 - 7) AS calls_7d,
				sum(ts / 86400000 >= now_s / 86400 - 30) AS calls_30d,
				sum(ts / 86400000 >= now_s / 86400 - 90) AS calls_90d,
				max(ts) AS last_used_at, sum(success = 0) AS errors_total,
				max(CASE WHEN success = 0 THEN ts END) AS last_error_ts,
				avg(duration_ms) AS mean_duration_ms
			FROM calls, clock GROUP BY function_id
		),
		ranked AS (
			SELECT function_id, duration_ms,
				row_number() OVER (PARTITION BY function_id ORDER BY duration_ms) - 1 AS place,
				count(*) OVER (PARTITION BY function_id) - 1 AS last
			FROM calls WHERE duration_ms IS NOT NULL
		),
		percentiles AS (
			SELECT function_id,
				max(CASE WHEN place = CAST(0.5 * last AS INTEGER) THEN duration_ms END) AS p50,
				max(CASE WHEN place = CAST(0.95 * last AS INTEGER) THEN duration_ms END) AS p95,
				max(CASE WHEN place = CAST(0.99 * last AS INTEGER) THEN duration_ms END) AS p99
			FROM ranked GROUP BY function_id
		),
		written AS (
			SELECT function_id, count(*) AS writes_count, max(ts) AS last_write_at
			FROM code_writes GROUP BY function_id
		),
		tested AS (
			SELECT function_id, count(*) AS tests_total, sum(passed = 0) AS tests_failed,
				max(CASE WHEN passed = 0 THEN ts END) AS last_test_failed_at
			FROM test_runs GROUP BY function_id
		),
		checked AS (
			SELECT function_id, count(*) AS e2e_total, sum(passed = 0) AS e2e_failed,
				count(DISTINCT app_id) AS consumer_apps_count
			FROM e2e_runs_fn GROUP BY function_id
		),
		violated AS (
			SELECT function_id, count(*) AS violations_caused FROM violations GROUP BY function_id
		),
		versioned AS (
			SELECT function_id, count(*) AS versions_count FROM function_versions GROUP BY function_id
		)
	SELECT c.function_id, calls_total, calls_24h, calls_7d, calls_30d, calls_90d, last_used_at,
		errors_total, CAST(errors_total AS REAL) / calls_total AS error_rate, last_error_ts,
		mean_duration_ms, p50 AS p50_duration_ms, p95 AS p95_duration_ms, p99 AS p99_duration_ms,
		ifnull(writes_count, 0) AS writes_count, last_write_at,
		ifnull(tests_total, 0) AS tests_total, ifnull(tests_failed, 0) AS tests_failed,
		CAST(tests_failed AS REAL) / tests_total AS test_fail_rate, last_test_failed_at,
		ifnull(e2e_total, 0) AS e2e_total, ifnull(e2e_failed, 0) AS e2e_failed,
		CAST(e2e_failed AS REAL) / e2e_total AS e2e_fail_rate,
		ifnull(consumer_apps_count, 0) AS consumer_apps_count,
		ifnull(violations_caused, 0) AS violations_caused, ifnull(versions_count, 0) AS versions_count
	FROM counted AS c LEFT JOIN percentiles USING (function_id) LEFT JOIN written USING (function_id)
		LEFT JOIN tested USING (function_id) LEFT JOIN checked USING (function_id)
		LEFT JOIN violated USING (function_id) LEFT JOIN versioned USING (function_id)`;

if (process.argv[1] === import.meta.filename) console.log(await run());
