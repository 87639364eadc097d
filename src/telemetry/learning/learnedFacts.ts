import {
	type FunctionFigures,
	HIGH_FAILURE,
	type LearnedFacts,
	MIN_CALLS,
	type PatternFigures,
	RECENT,
	type SkillFigures,
	windowStart,
} from "../../sequences/proposals.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { UNKNOWN } from "../tables/functionId.ts";

/** What the tables say that proposals are made of; sequences come from their detection. */
export function learnedFacts(store: TelemetryStore, now: number): Omit<LearnedFacts, "pipelines"> {
	return {
		patterns: store.all<PatternFigures>(
			`SELECT pattern_hash AS patternHash, ifnull(kind, '') AS kind,
				occurrences, json_array_length(ifnull(session_ids, '[]')) AS sessions,
				first_ts AS firstTs, last_ts AS lastTs FROM patterns ORDER BY 1`,
		),
		functions: store.all<FunctionFigures>(FUNCTIONS),
		skills: store.all<SkillFigures>(SKILLS, [windowStart(now), now]),
	};
}

/** How calls ended last is asked of those functions alone that fail too often: they are sorted for it. */
const FUNCTIONS = `
	WITH stats AS MATERIALIZED (
		SELECT function_id, calls_total AS calls, errors_total AS errors FROM function_stats
			WHERE function_id NOT LIKE '%:${UNKNOWN}'
	), recent AS (
		SELECT function_id, total(success = 0) AS errors FROM (
			SELECT function_id, success, row_number() OVER (
				PARTITION BY function_id ORDER BY ts DESC, tool_use_id DESC
			) AS place
			FROM calls WHERE success IS NOT NULL AND function_id IN (
				SELECT function_id FROM stats
					WHERE calls >= ${MIN_CALLS} AND errors > calls * ${HIGH_FAILURE}
			)
		) WHERE place <= ${RECENT} GROUP BY function_id
	), runs AS (
		SELECT function_id, max(passed = 0) AS failed, row_number() OVER (
			PARTITION BY function_id ORDER BY max(ts) DESC, tool_use_id DESC
		) AS place
		FROM test_runs GROUP BY function_id, ifnull(tool_use_id, rowid)
	), tested AS (
		SELECT function_id, count(*) AS runs, total(failed) AS failed,
			total(failed AND place <= ${RECENT}) AS recent
		FROM runs GROUP BY function_id
	)
	SELECT function_id AS functionId, stats.calls, stats.errors,
		ifnull(recent.errors, 0) AS recentErrors, ifnull(tested.runs, 0) AS runs,
		ifnull(tested.failed, 0) AS runsFailed, ifnull(tested.recent, 0) AS recentRunsFailed
	FROM stats LEFT JOIN recent USING (function_id) LEFT JOIN tested USING (function_id)
	ORDER BY 1`;

/**
 * Old uses are pruned, but that there were some is known from the totals. Of a skill without a name,
 * as version 1 tells of them, nothing can be proposed.
 */
const SKILLS = `
	SELECT skill, sum(uses) AS uses, sum(succeeded) AS succeeded, sum(recentUses) AS recentUses,
		sum(recentSucceeded) AS recentSucceeded, max(lastUsedAt) AS lastUsedAt
	FROM (
		SELECT skill, count(success) AS uses, total(success = 1) AS succeeded,
			count(CASE WHEN ts BETWEEN ?1 AND ?2 THEN success END) AS recentUses,
			total(ts BETWEEN ?1 AND ?2 AND success = 1) AS recentSucceeded, max(ts) AS lastUsedAt
		FROM skill_invocations GROUP BY skill
		UNION ALL
		SELECT substr(function_id, length('skill:') + 1), 0, 0, 0, 0, last_used_at
		FROM function_totals WHERE function_id >= 'skill:' AND function_id < 'skill;'
			AND last_used_at IS NOT NULL
	)
	WHERE skill <> '${UNKNOWN}' GROUP BY skill ORDER BY skill`;
