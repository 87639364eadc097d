import {
	type FunctionFigures,
	type LearnedFacts,
	type PatternFigures,
	type SkillFigures,
	windowStart,
} from "../../sequences/proposals.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { UNKNOWN } from "../tables/functionId.ts";

/** What the tables say that proposals are made of; sequences come from their detection. */
export function learnedFacts(store: TelemetryStore, now: number): Omit<LearnedFacts, "sequences"> {
	return {
		patterns: store.all<PatternFigures>(
			`SELECT pattern_hash AS patternHash, ifnull(kind, '') AS kind,
				occurrences, json_array_length(ifnull(session_ids, '[]')) AS sessions,
				first_ts AS firstTs, last_ts AS lastTs FROM patterns ORDER BY 1`,
		),
		functions: store.all<FunctionFigures>(
			`SELECT function_id AS functionId, calls_total AS calls, errors_total AS errors,
				error_rate AS errorRate, tests_total AS tests, tests_failed AS testsFailed,
				test_fail_rate AS testFailRate FROM function_stats
				WHERE function_id NOT LIKE '%:${UNKNOWN}' ORDER BY 1`,
		),
		skills: store.all<SkillFigures>(SKILLS, [windowStart(now), now]),
	};
}

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
