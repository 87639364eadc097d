import type {
	BehindQuery,
	FlakyTest,
	HealthPoint,
	LookedUpCall,
	PatternCount,
	ViolationCount,
} from "../../insights/insights.ts";
import type { Calendar, Period } from "../../insights/period.ts";
import type { TelemetryStore } from "../storage/store.ts";

const MAX_ROWS = 50;
const MAX_ORPHANS = 500;
const MAX_CALLS = 20;

/** Health scores of the sessions that began in a period, as a mean of each part of it. */
export function healthOver(
	store: TelemetryStore,
	period: Period,
	calendar: Calendar,
	isWanted: (session: string) => boolean,
): HealthPoint[] {
	const rows = store.all<{ id: string; startedAt: number; health: number | null }>(
		`SELECT session_id AS id, started_at AS startedAt, health_score AS health FROM sessions
			WHERE started_at >= ? AND started_at < ?`,
		[period.from, period.until],
	);
	const sums = calendar.keys.map(() => ({ sessions: 0, scored: 0, sum: 0 }));
	for (const { id, startedAt, health } of rows) {
		const at = sums[calendar.placeOf(startedAt)];
		if (at === undefined || !isWanted(id)) continue;
		at.sessions++;
		if (health === null) continue;
		at.scored++;
		at.sum += health;
	}
	return calendar.keys.map((name, place) => {
		const { sessions, scored, sum } = sums[place] ?? { sessions: 0, scored: 0, sum: 0 };
		return { name, sessions, health: scored === 0 ? null : sum / scored };
	});
}

/**
 * Tests that passed and failed with no change of their function between the two: of two runs that
 * follow each other with different results, no version of the function lies between.
 */
export function flakyTests(store: TelemetryStore, { from, until }: Period): FlakyTest[] {
	return store.all(
		`WITH runs AS (
			SELECT test_id, function_id, passed, ts,
				lag(passed) OVER same AS before, lag(ts) OVER same AS beforeTs
			FROM test_runs
			WHERE ts >= ?1 AND ts < ?2 AND passed IS NOT NULL AND test_id <> '*'
			WINDOW same AS (PARTITION BY test_id, function_id ORDER BY ts, tool_use_id)
		)
		SELECT test_id AS testId, function_id AS functionId, count(*) AS runs,
			sum(passed = 0) AS failed, max(ts) AS lastTs
		FROM runs GROUP BY test_id, function_id
		HAVING sum(passed <> before AND NOT EXISTS (
			SELECT 1 FROM function_versions AS v WHERE v.function_id = runs.function_id
				AND v.ts > runs.beforeTs AND v.ts <= runs.ts
		)) > 0
		ORDER BY failed DESC, lastTs DESC, testId LIMIT ${MAX_ROWS}`,
		[from, until],
	);
}

/** Broken rules of a period, the most frequent first. */
export function violationCounts(store: TelemetryStore, { from, until }: Period): ViolationCount[] {
	return store.all(
		`SELECT rule_id AS ruleId, ifnull(max(severity), '') AS severity, count(*) AS count,
			count(DISTINCT session_id) AS sessions, max(ts) AS lastTs
		FROM violations WHERE ts >= ? AND ts < ?
		GROUP BY rule_id ORDER BY count DESC, rule_id LIMIT ${MAX_ROWS}`,
		[from, until],
	);
}

/** Rules that calls of one function broke in a period. */
export function violationsOf(
	store: TelemetryStore,
	functionId: string,
	{ from, until }: Period,
): { name: string; calls: number }[] {
	return store.all(
		`SELECT rule_id AS name, count(*) AS calls FROM violations
			WHERE function_id = ? AND ts >= ? AND ts < ? GROUP BY rule_id ORDER BY 2 DESC, 1`,
		[functionId, from, until],
	);
}

/** Scripts that were written again and again, the most frequent first. */
export function patternCounts(store: TelemetryStore, { from, until }: Period): PatternCount[] {
	return store.all(
		`SELECT pattern_hash AS patternHash, ifnull(kind, '') AS kind, occurrences,
			json_array_length(ifnull(session_ids, '[]')) AS sessions, last_ts AS lastTs
		FROM patterns WHERE last_ts >= ? AND first_ts < ?
		ORDER BY occurrences DESC, pattern_hash LIMIT ${MAX_ROWS}`,
		[from, until],
	);
}

/** Skills, and then functions that an index knows, of which no call was ever recorded. */
export function orphans(store: TelemetryStore, skills: readonly string[]): string[] {
	return store
		.all<{ id: string }>(
			`SELECT DISTINCT k.id FROM (
				SELECT value AS id, 0 AS place FROM json_each(?) UNION ALL
				SELECT function_id, 1 FROM function_versions WHERE source = 'index'
			) AS k LEFT JOIN function_totals AS t ON t.function_id = k.id
				WHERE ifnull(t.calls + t.writes + t.tests + t.e2e, 0) = 0
				ORDER BY place, k.id LIMIT ${MAX_ORPHANS}`,
			[JSON.stringify(skills)],
		)
		.map(({ id }) => id);
}

/** Calls by their rows, newest first. */
export function lookUpCalls(store: TelemetryStore, rows: readonly number[]): LookedUpCall[] {
	return calls(store, "rowid IN (SELECT value FROM json_each(?))", [JSON.stringify(rows)]);
}

/** The newest calls of a period behind something that is told of it. */
export function callsBehind(
	store: TelemetryStore,
	{ what, id, from, until, functionId = "" }: BehindQuery,
): LookedUpCall[] {
	return calls(
		store,
		`tool_use_id IN (${BEHIND[what]}) AND ts >= ? AND ts < ? AND ? IN ('', function_id)`,
		[id, from, until, functionId],
	);
}

const BEHIND: Readonly<Record<BehindQuery["what"], string>> = {
	violation: "SELECT tool_use_id FROM violations WHERE rule_id = ?",
	pattern: `SELECT tool_use_id FROM script_uses JOIN script_clusters USING (cluster_id)
		WHERE pattern_hash = ?`,
	test: "SELECT tool_use_id FROM test_runs WHERE test_id = ?",
	proposal: `SELECT value ->> 'toolUseId' FROM proposals, json_each(evidence, '$.calls')
		WHERE proposal_hash = ?`,
};

/** At most 20, newest first, those of the same time as they were recorded. */
function calls(
	store: TelemetryStore,
	condition: string,
	values: (string | number)[],
): LookedUpCall[] {
	return store
		.all<Omit<LookedUpCall, "success"> & { success: 0 | 1 | null }>(
			`SELECT tool_use_id AS toolUseId, session_id AS sessionId, agent_id AS agentId, ts,
				function_id AS functionId, duration_ms AS durationMs, success, error_class AS errorClass
				FROM calls WHERE ${condition} ORDER BY ts DESC, rowid DESC LIMIT ${MAX_CALLS}`,
			values,
		)
		.map(({ success, ...call }) => ({
			...call,
			success: success === null ? null : success === 1,
		}));
}
