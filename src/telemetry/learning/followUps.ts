import type { FollowUp, Proposal } from "../../sequences/learned.ts";
import type { TelemetryStore } from "../storage/store.ts";

/** As long before and after, at most. */
const MAX_SPAN_MS = 30 * 86_400_000;

type Accepted = Pick<Proposal, "hash" | "kind" | "target" | "status" | "decidedAt"> & {
	readonly evidence: Pick<Proposal["evidence"], "functionIds">;
};

interface SumRow {
	readonly hash: string;
	readonly isAfter: number;
	readonly calls: number;
	readonly errors: number;
	readonly meanDurationMs: number | null;
}

/**
 * What came of accepted proposals: the calls that they are about, before and after. One look at all
 * calls, and none where nothing was accepted.
 *
 * @param now ms since the epoch
 * @returns by hash
 */
export function followUps(
	store: TelemetryStore,
	proposals: readonly Accepted[],
	now: number,
): Map<string, FollowUp> {
	const accepted = proposals.flatMap(({ hash, kind, target, status, decidedAt, evidence }) => {
		if (status !== "accepted" || decidedAt === null || decidedAt >= now) return [];
		const spanMs = Math.min(MAX_SPAN_MS, now - decidedAt);
		const pattern = kind === "extract_function" ? target : null;
		return { hash, pattern, functionIds: evidence.functionIds, decidedAt, spanMs };
	});
	if (accepted.length === 0) return new Map();
	const rows = store.all<SumRow>(SUMS, [JSON.stringify(accepted)]);
	const sumsOf = (hash: string, isAfter: number): FollowUp["after"] => {
		const found = rows.find((row) => row.hash === hash && row.isAfter === isAfter);
		const { calls = 0, errors = 0, meanDurationMs = null } = found ?? {};
		return { calls, errors, meanDurationMs };
	};
	return new Map(
		accepted.map(({ hash, spanMs }) => [
			hash,
			{ spanMs, before: sumsOf(hash, 0), after: sumsOf(hash, 1) },
		]),
	);
}

/** A wait for a person is no part of how long a call takes. */
const SUMS = `
	WITH accepted AS MATERIALIZED (
		SELECT value ->> 'hash' AS hash, value ->> 'pattern' AS pattern, value -> 'functionIds' AS ids,
			value ->> 'decidedAt' AS at, value ->> 'spanMs' AS span FROM json_each(?)
	), wanted AS MATERIALIZED (
		SELECT hash, at, span, value AS function_id FROM accepted, json_each(ids) WHERE pattern IS NULL
	), found AS (
		SELECT hash, c.ts >= at AS isAfter, c.tool_use_id AS id
		FROM calls AS c JOIN wanted USING (function_id)
		WHERE c.ts >= at - span AND c.ts < at + span
		UNION
		SELECT hash, u.ts >= at, u.tool_use_id
		FROM accepted JOIN script_clusters AS k ON k.pattern_hash = pattern
			JOIN script_uses AS u USING (cluster_id)
		WHERE u.ts >= at - span AND u.ts < at + span
	)
	SELECT hash, isAfter, count(*) AS calls,
		total(c.success = 0 AND c.error_class IS NOT 'interrupted') AS errors,
		avg(CASE WHEN t.wait_over_ms IS NULL OR c.duration_ms <= t.wait_over_ms THEN c.duration_ms END)
			AS meanDurationMs
	FROM found JOIN calls AS c ON c.tool_use_id = found.id
		LEFT JOIN function_totals AS t ON t.function_id = c.function_id
	GROUP BY hash, isAfter`;
