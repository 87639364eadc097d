import { LogHistogram } from "../../../src/model/calls/logHistogram.ts";
import type { TelemetryStore } from "../../../src/telemetry/storage/store.ts";

type Value = string | number | null;
type Row = Readonly<Record<string, Value>>;

const HOUR_MS = 3_600_000;
/** Hours are kept for rows that were at most this old when they came. */
const HOURS_KEPT_MS = 48 * HOUR_MS;

/**
 * Computes every rollup anew from the event tables. Slow: it reads every row. Makes sense only
 * while no row has been pruned, as totals outlive the rows that they sum up.
 *
 * @param now ms since the epoch
 * @returns one line per difference; none when all is as it should be
 */
export function auditRollups(store: TelemetryStore, now: number = Date.now()): string[] {
	const firstHour = Math.floor((now - HOURS_KEPT_MS) / HOUR_MS) + 1;
	return [
		...compare("function_totals", withHistograms(store), store.all(KEPT.totals)),
		...compare("function_days", store.all(COMPUTED.days), store.all(KEPT.days)),
		...compare(
			"function_hours",
			store.all(COMPUTED.hours, [firstHour]),
			store.all(KEPT.hours, [firstHour]),
		),
		...compare("session_totals", store.all(COMPUTED.sessions), store.all(KEPT.sessions)),
		...compare("usage_days", store.all(COMPUTED.usage), store.all(KEPT.usage)),
		...compare("patterns", store.all(COMPUTED.patterns), store.all(KEPT.patterns)),
		...compare("agents", store.all(COMPUTED.agents), store.all(KEPT.agents)),
		...compare("sessions", store.all<Row>(COMPUTED.scores).map(scored), store.all(KEPT.scores)),
	];
}

/** The first column of a row is its key. */
function compare(table: string, expected: readonly Row[], actual: readonly Row[]): string[] {
	const found = new Map(actual.map((row) => [keyOf(row), row]));
	const differences: string[] = [];
	for (const row of expected) {
		const other = found.get(keyOf(row));
		found.delete(keyOf(row));
		if (other === undefined) {
			differences.push(`${table} ${keyOf(row)}: missing`);
			continue;
		}
		for (const [column, value] of Object.entries(row)) {
			if (value === other[column]) continue;
			differences.push(`${table} ${keyOf(row)}.${column}: ${other[column]}, not ${value}`);
		}
	}
	for (const key of found.keys()) differences.push(`${table} ${key}: of no row`);
	return differences;
}

function keyOf(row: Row): string {
	return String(Object.values(row)[0]);
}

interface Timed {
	readonly ms: number;
	/** Not measured, but the time between two lines. */
	readonly isBetween: boolean;
}

/** Durations come one by one: the histogram is no sum that SQL could make. */
function withHistograms(store: TelemetryStore): Row[] {
	const durations = new Map<string, Timed[]>();
	const statement = store.database.prepare(
		"SELECT function_id, duration_ms, duration_from FROM calls WHERE duration_ms IS NOT NULL",
	);
	while (statement.step()) {
		const [id, ms, from] = statement.get() as [string, number, string | null];
		const timed = durations.get(id) ?? [];
		durations.set(id, timed);
		timed.push({ ms, isBetween: from === "transcript" });
	}
	statement.free();
	return store.all<Row>(COMPUTED.totals).map((row) => {
		const timed = durations.get(keyOf(row)) ?? [];
		const isWait = waitsIn(keyOf(row), timed);
		const waits = timed.filter(isWait);
		const counted = histogramOf(timed.filter((one) => !isWait(one)));
		const [p50_ms = null, p95_ms = null, p99_ms = null] = counted.quantiles([0.5, 0.95, 0.99]);
		return {
			...row,
			histogram: histogramOf(timed).toString(),
			p50_ms,
			p95_ms,
			p99_ms,
			waits: waits.length,
			wait_sum_us: waits.reduce((sum, { ms }) => sum + Math.round(ms * 1000), 0),
		};
	});
}

function histogramOf(timed: readonly Timed[]): LogHistogram {
	const histogram = new LogHistogram();
	for (const { ms } of timed) histogram.add(ms);
	return histogram;
}

/** The rule of docs/telemetry.md; a limit is as exact as a bucket of the histogram. */
function waitsIn(functionId: string, timed: readonly Timed[]): (one: Timed) => boolean {
	const isQuick = functionId.includes("#") || /^tool:(Read|Edit|Grep|Glob)$/.test(functionId);
	const most = isQuick ? 60_000 : 600_000;
	const certain = histogramOf(timed.filter(({ isBetween }) => !isBetween));
	const median = histogramOf(timed).quantile(0.5) ?? 0;
	const usual = Math.max(median, certain.quantile(0.95) ?? 0);
	const limit = timed.length < 5 ? most : Math.max(30_000, 10 * usual);
	const bounded = functionId.startsWith("mcp:") ? limit : Math.min(limit, most);
	const gamma = 1.02 / 0.98;
	const edge = gamma ** Math.ceil(Math.log(bounded) / Math.log(gamma));
	return ({ ms, isBetween }) => isBetween && ms > edge;
}

/** The formulas of docs/telemetry.md, without SQL. */
function scored(row: Row): Row {
	const [calls, errors, mcp] = [Number(row.calls), Number(row.errors), Number(row.mcp_calls)];
	const loss =
		(0.5 * errors) / calls +
		0.3 * Number(row.test_fail_rate) +
		0.2 * Math.min(1, (Number(row.violations) * 20) / calls);
	return {
		session_id: row.session_id ?? null,
		mcp_ratio: calls > 0 ? mcp / calls : null,
		health_score: calls >= 5 ? Math.round(100 * (1 - Math.min(1, Math.max(0, loss)))) : null,
	};
}

const COMPUTED = {
	totals: `
		WITH
			c AS (
				SELECT function_id, count(*) AS calls, max(ts) AS last_used_at,
					total(success = 0 AND error_class IS NOT 'interrupted') AS errors,
					max(CASE WHEN success = 0 AND error_class IS NOT 'interrupted' THEN ts END) AS last_error_at,
					count(duration_ms) AS timed_calls,
					total(CAST(round(duration_ms * 1000) AS INTEGER)) AS duration_sum_us
				FROM calls GROUP BY function_id
			),
			w AS (
				SELECT function_id, count(*) AS writes, max(ts) AS last_write_at
				FROM code_writes WHERE function_id IS NOT NULL GROUP BY function_id
			),
			r AS (
				SELECT function_id, count(*) AS tests, total(passed = 0) AS tests_failed,
					max(CASE WHEN passed = 0 THEN ts END) AS last_test_failed_at
				FROM test_runs WHERE function_id IS NOT NULL GROUP BY function_id
			),
			e AS (
				SELECT function_id, count(*) AS e2e, total(passed = 0) AS e2e_failed,
					count(DISTINCT app_id) AS consumer_apps
				FROM e2e_runs_fn GROUP BY function_id
			),
			v AS (
				SELECT function_id, count(*) AS violations
				FROM violations WHERE function_id IS NOT NULL GROUP BY function_id
			),
			s AS (
				SELECT function_id, count(DISTINCT version_hash) AS versions
				FROM function_versions GROUP BY function_id
			),
			ids AS (
				SELECT function_id FROM c UNION SELECT function_id FROM w UNION SELECT function_id FROM r
				UNION SELECT function_id FROM e UNION SELECT function_id FROM v
				UNION SELECT function_id FROM s
			)
		SELECT ids.function_id, ifnull(calls, 0) AS calls, last_used_at, ifnull(errors, 0) AS errors,
			last_error_at, ifnull(timed_calls, 0) AS timed_calls,
			ifnull(duration_sum_us, 0) AS duration_sum_us, ifnull(writes, 0) AS writes, last_write_at,
			ifnull(tests, 0) AS tests, ifnull(tests_failed, 0) AS tests_failed, last_test_failed_at,
			ifnull(e2e, 0) AS e2e, ifnull(e2e_failed, 0) AS e2e_failed,
			ifnull(consumer_apps, 0) AS consumer_apps, ifnull(violations, 0) AS violations,
			ifnull(versions, 0) AS versions
		FROM ids LEFT JOIN c USING (function_id) LEFT JOIN w USING (function_id)
			LEFT JOIN r USING (function_id) LEFT JOIN e USING (function_id)
			LEFT JOIN v USING (function_id) LEFT JOIN s USING (function_id)`,
	days: `SELECT function_id || ' ' || (ts / 86400000) AS key, count(*) AS calls
		FROM calls GROUP BY 1`,
	hours: `SELECT function_id || ' ' || (ts / 3600000) AS key, count(*) AS calls
		FROM calls WHERE ts / 3600000 >= ? GROUP BY 1`,
	sessions: `SELECT session_id, count(*) AS calls, total(function_id LIKE 'mcp:%') AS mcp_calls,
		count(CASE WHEN success = 1 OR (success = 0 AND error_class IS NOT 'interrupted') THEN 1 END) AS finished, total(success = 0 AND error_class IS NOT 'interrupted') AS errors FROM calls GROUP BY 1`,
	usage: `SELECT json_array(ts / 86400000, session_id, ifnull(agent_id, ''), model) AS key,
		count(*) AS messages, total(tokens_in) AS tokens_in, total(tokens_out) AS tokens_out,
		total(cache_read) AS cache_read, total(cache_write_5m) AS cache_write_5m,
		total(cache_write_1h) AS cache_write_1h, total(cost_usd IS NULL) AS messages_without_price,
		total(CAST(round(cost_usd * 1e9) AS INTEGER)) AS cost_nano_usd FROM messages GROUP BY 1`,
	patterns: `SELECT pattern_hash, count(*) AS occurrences, min(ts) AS first_ts, max(ts) AS last_ts
		FROM script_uses JOIN script_clusters USING (cluster_id) GROUP BY 1`,
	agents: `SELECT a.agent_id, sum(m.tokens_in) AS tokens_in, sum(m.tokens_out) AS tokens_out,
		sum(m.cache_read) AS cache_read, sum(m.cache_write_5m + m.cache_write_1h) AS cache_write,
		ifnull(sum(CAST(round(m.cost_usd * 1e9) AS INTEGER)) / 1e9, a.reported_cost_usd) AS cost_usd
		FROM agents AS a LEFT JOIN messages AS m ON m.agent_id = a.agent_id GROUP BY 1`,
	scores: `
		WITH
			c AS (
				SELECT session_id, count(*) AS calls, total(success = 0 AND error_class IS NOT 'interrupted') AS errors,
					total(function_id LIKE 'mcp:%') AS mcp_calls
				FROM calls GROUP BY session_id
			),
			r AS (
				SELECT session_id, avg(passed = 0) AS test_fail_rate FROM test_runs GROUP BY session_id
			),
			v AS (SELECT session_id, count(*) AS violations FROM violations GROUP BY session_id)
		SELECT session_id, ifnull(calls, 0) AS calls, errors, mcp_calls, test_fail_rate, violations
		FROM sessions LEFT JOIN c USING (session_id) LEFT JOIN r USING (session_id)
			LEFT JOIN v USING (session_id)`,
} as const;

const KEPT = {
	totals: "SELECT * FROM function_totals",
	days: "SELECT function_id || ' ' || day AS key, calls FROM function_days",
	hours: "SELECT function_id || ' ' || hour AS key, calls FROM function_hours WHERE hour >= ?",
	// A session whose calls all turned out to be another's keeps a row of noughts.
	sessions: "SELECT * FROM session_totals WHERE calls > 0",
	usage: `SELECT json_array(day, session_id, agent_id, model) AS key, messages, tokens_in, tokens_out,
		cache_read, cache_write_5m, cache_write_1h, messages_without_price, cost_nano_usd
		FROM usage_days`,
	patterns: "SELECT pattern_hash, occurrences, first_ts, last_ts FROM patterns",
	agents: `SELECT agent_id, tokens_in, tokens_out, cache_read, cache_write, cost_usd FROM agents`,
	scores: "SELECT session_id, mcp_ratio, health_score FROM sessions",
} as const;
