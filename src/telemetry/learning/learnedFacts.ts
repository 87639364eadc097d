import {
	type FunctionFigures,
	type LearnedFacts,
	MIN_RUNS,
	type PatternFigures,
	RECENT,
	type SkillFigures,
	windowStart,
} from "../../sequences/proposals/drafts.ts";
import type { Thresholds } from "../../sequences/proposals/thresholds.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { FAILED } from "../tables/callRow.ts";
import { UNKNOWN } from "../tables/functionId.ts";

/** What the tables say that proposals are made of; sequences come from their detection. */
export function learnedFacts(
	store: TelemetryStore,
	{ fixMinCalls, fixAbove }: Thresholds,
	now: number,
): Omit<LearnedFacts, "pipelines" | "spanMs"> {
	return {
		patterns: store.all<PatternFigures>(PATTERNS),
		functions: store.all<FunctionFigures>(FUNCTIONS, [fixMinCalls, fixAbove]),
		skills: store.all<SkillFigures>(SKILLS, [windowStart(now), now]),
	};
}

/** From the first to the last call that is recorded, ms. */
export function recordedSpan(store: TelemetryStore): number {
	return Number(store.first("SELECT ifnull(max(ts) - min(ts), 0) FROM calls")?.[0]);
}

const PATTERNS = `
	SELECT pattern_hash AS patternHash, ifnull(kind, '') AS kind,
		occurrences, json_array_length(ifnull(session_ids, '[]')) AS sessions,
		first_ts AS firstTs, last_ts AS lastTs, ifnull(taken.ms, 0) AS totalMs
	FROM patterns LEFT JOIN (
		SELECT pattern_hash, total(duration_ms) AS ms FROM (
			SELECT DISTINCT pattern_hash, tool_use_id
			FROM script_clusters JOIN script_uses USING (cluster_id)
		) JOIN calls USING (tool_use_id) GROUP BY pattern_hash
	) AS taken USING (pattern_hash) ORDER BY 1`;

/**
 * How calls ended last is asked of those functions alone that may fail too often: they are sorted for
 * it. That a session ended while a call ran says nothing of the function. Most runners name only tests that
 * failed: a whole run that passed, of the same runner in the same folder, is one of theirs that passed too.
 */
const FUNCTIONS = `
	WITH stats AS MATERIALIZED (
		SELECT function_id, calls_total AS calls, errors_total AS errors FROM function_stats
			WHERE function_id NOT LIKE '%:${UNKNOWN}'
	), suspects AS MATERIALIZED (
		SELECT function_id, ${FAILED} AS hasFailed, success, duration_ms, ts, tool_use_id
		FROM calls WHERE success IS NOT NULL AND function_id IN (
			SELECT function_id FROM stats WHERE calls >= ?1 AND errors > calls * ?2
		)
	), cut AS (
		SELECT function_id, total(success = 0 AND NOT hasFailed) AS calls,
			total(CASE WHEN hasFailed THEN duration_ms END) AS failedMs
		FROM suspects GROUP BY function_id
	), recent AS (
		SELECT function_id, total(hasFailed) AS errors FROM (
			SELECT function_id, hasFailed, row_number() OVER (
				PARTITION BY function_id ORDER BY ts DESC, tool_use_id DESC
			) AS place
			FROM suspects WHERE success = 1 OR hasFailed
		) WHERE place <= ${RECENT} GROUP BY function_id
	), seen AS MATERIALIZED (
		SELECT test_runs.function_id, calls.function_id AS runner, cwd, min(test_runs.ts) AS since
		FROM test_runs JOIN calls USING (tool_use_id)
			JOIN sessions ON sessions.session_id = test_runs.session_id
		WHERE passed = 0 AND test_runs.function_id <> calls.function_id
		GROUP BY 1, 2, 3 HAVING count(DISTINCT tool_use_id) > ${MIN_RUNS} * ?2
	), runs AS (
		SELECT function_id, max(passed = 0) AS failed, max(ts) AS ts, tool_use_id
		FROM test_runs GROUP BY function_id, ifnull(tool_use_id, rowid)
		UNION ALL
		SELECT seen.function_id, 0, test_runs.ts, tool_use_id
		FROM seen CROSS JOIN test_runs ON test_runs.function_id = runner AND test_runs.ts > since
			JOIN sessions ON sessions.session_id = test_runs.session_id AND sessions.cwd IS seen.cwd
		WHERE test_id = '*' AND passed = 1
	), placed AS (
		SELECT function_id, failed, row_number() OVER (
			PARTITION BY function_id ORDER BY ts DESC, tool_use_id DESC
		) AS place FROM runs
	), tested AS (
		SELECT function_id, count(*) AS runs, total(failed) AS failed,
			total(failed AND place <= ${RECENT}) AS recent
		FROM placed GROUP BY function_id
	)
	SELECT function_id AS functionId, stats.calls - ifnull(cut.calls, 0) AS calls,
		stats.errors, ifnull(cut.failedMs, 0) AS failedMs,
		ifnull(recent.errors, 0) AS recentErrors, ifnull(tested.runs, 0) AS runs,
		ifnull(tested.failed, 0) AS runsFailed, ifnull(tested.recent, 0) AS recentRunsFailed
	FROM stats LEFT JOIN cut USING (function_id) LEFT JOIN recent USING (function_id)
		LEFT JOIN tested USING (function_id)
	ORDER BY 1`;

/**
 * Old uses are pruned, but that there were some is known from the totals. Of a skill without a name,
 * as version 1 tells of them, nothing can be proposed.
 */
const SKILLS = `
	SELECT skill, sum(uses) AS uses, sum(succeeded) AS succeeded, sum(recentUses) AS recentUses,
		sum(recentSucceeded) AS recentSucceeded, sum(recentFailedMs) AS recentFailedMs,
		max(lastUsedAt) AS lastUsedAt
	FROM (
		SELECT skill, count(success) AS uses, total(success = 1) AS succeeded,
			count(CASE WHEN ts BETWEEN ?1 AND ?2 THEN success END) AS recentUses,
			total(ts BETWEEN ?1 AND ?2 AND success = 1) AS recentSucceeded,
			total(CASE WHEN ts BETWEEN ?1 AND ?2 AND success = 0 THEN duration_ms END) AS recentFailedMs,
			max(ts) AS lastUsedAt
		FROM skill_invocations GROUP BY skill
		UNION ALL
		SELECT substr(function_id, length('skill:') + 1), 0, 0, 0, 0, 0, last_used_at
		FROM function_totals WHERE function_id >= 'skill:' AND function_id < 'skill;'
			AND last_used_at IS NOT NULL
	)
	WHERE skill <> '${UNKNOWN}' GROUP BY skill ORDER BY skill`;
