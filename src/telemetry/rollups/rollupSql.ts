/** Statements of the rollups, by name. */
export const ROLLUP_SQL = {
	latest: `SELECT MAX(used_at), MAX(error_at) FROM (
			SELECT ts AS used_at, CASE WHEN success = 0 THEN ts END AS error_at
			FROM calls WHERE function_id = ?1
			UNION ALL
			SELECT pruned_used_at, pruned_error_at FROM function_totals WHERE function_id = ?1
		)`,
	dropUnused: `DELETE FROM function_totals WHERE function_id = ? AND writes = 0 AND tests = 0
		AND e2e = 0 AND violations = 0 AND versions = 0`,
	day: `INSERT INTO function_days (function_id, day, calls) VALUES (?, ?, ?)
		ON CONFLICT (function_id, day) DO UPDATE SET calls = calls + excluded.calls`,
	hour: `INSERT INTO function_hours (function_id, hour, calls) VALUES (?, ?, ?)
		ON CONFLICT (function_id, hour) DO UPDATE SET calls = calls + excluded.calls`,
	session: `INSERT INTO session_totals (session_id, calls, mcp_calls, finished, errors)
		VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (session_id) DO UPDATE SET calls = calls + excluded.calls,
			mcp_calls = mcp_calls + excluded.mcp_calls, finished = finished + excluded.finished,
			errors = errors + excluded.errors`,
} as const;
