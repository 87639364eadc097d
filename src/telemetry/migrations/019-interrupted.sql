-- Calls that were cut off with their session or agent did not fail. Of those that were pruned nobody
-- knows any more: they stay counted as they were.
UPDATE function_totals SET
	errors = errors - cut.calls,
	last_error_at = (
		SELECT max(at) FROM (
			SELECT max(ts) AS at FROM calls WHERE calls.function_id = function_totals.function_id
				AND success = 0 AND error_class IS NOT 'interrupted'
			UNION ALL SELECT function_totals.pruned_error_at
		)
	)
	FROM (
		SELECT function_id, count(*) AS calls FROM calls
		WHERE success = 0 AND error_class = 'interrupted' GROUP BY function_id
	) AS cut WHERE cut.function_id = function_totals.function_id;

UPDATE session_totals SET errors = errors - cut.calls, finished = finished - cut.calls
	FROM (
		SELECT session_id, count(*) AS calls FROM calls
		WHERE success = 0 AND error_class = 'interrupted' GROUP BY session_id
	) AS cut WHERE cut.session_id = session_totals.session_id;

UPDATE sessions SET health_score = (
		SELECT CAST(round(100 * (1 - min(1, max(0,
			0.5 * t.errors / t.calls
			+ 0.3 * ifnull((
				SELECT avg(passed = 0) FROM test_runs AS r WHERE r.session_id = sessions.session_id
			), 0)
			+ 0.2 * min(1, (
				SELECT count(*) FROM violations AS v WHERE v.session_id = sessions.session_id
			) * 20.0 / t.calls)
		)))) AS INTEGER)
		FROM session_totals AS t WHERE t.session_id = sessions.session_id AND t.calls >= 5
	)
	WHERE session_id IN (
		SELECT session_id FROM calls WHERE success = 0 AND error_class = 'interrupted'
	);
