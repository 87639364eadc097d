-- An end that nobody told of is when the session was last heard of, whoever told of its start.
UPDATE sessions SET ended_at = last_heard_at, ended_by = 'last_heard' WHERE ended_by IS NULL;

-- A call that its session's end came before: none told of its result, or one did afterwards.
ALTER TABLE calls ADD COLUMN cut_off TEXT CHECK (cut_off IN ('open', 'answered'));

-- Of the durations in the histogram those between two lines: buckets, counts and sums in µs. What of them
-- is above wait_over_ms holds a wait, and is in the sums of all that has a duration, but no percentile.
ALTER TABLE function_totals ADD COLUMN between_lines TEXT NOT NULL DEFAULT '[]';
ALTER TABLE function_totals ADD COLUMN wait_over_ms REAL;
ALTER TABLE function_totals ADD COLUMN waits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE function_totals ADD COLUMN wait_sum_us INTEGER NOT NULL DEFAULT 0;

WITH
	timed AS (
		SELECT function_id, duration_ms AS ms, ln(max(duration_ms, 1)) / ln(1.02 / 0.98) AS place
		FROM calls WHERE duration_from = 'transcript' AND duration_ms IS NOT NULL
	),
	buckets AS (
		SELECT function_id,
			iif(ms < 0.1, -1000, CAST(place AS INTEGER) + (place > CAST(place AS INTEGER))) AS bucket,
			count(*) AS calls, sum(CAST(round(ms * 1000) AS INTEGER)) AS sum_us
		FROM timed GROUP BY 1, 2
	)
UPDATE function_totals SET between_lines = told.buckets FROM (
		SELECT function_id, json_group_array(json_array(bucket, calls, sum_us)) AS buckets
		FROM buckets GROUP BY function_id
	) AS told WHERE told.function_id = function_totals.function_id;

CREATE VIEW waits AS
SELECT c.tool_use_id, c.function_id, c.ts, c.duration_ms, t.wait_over_ms
FROM calls AS c JOIN function_totals AS t ON t.function_id = c.function_id
WHERE c.duration_from = 'transcript' AND c.duration_ms > t.wait_over_ms;

DROP VIEW function_stats;
CREATE VIEW function_stats AS
WITH
	clock AS (SELECT CAST(strftime('%s', 'now') AS INTEGER) AS now_s),
	past AS (
		SELECT function_id, day, calls FROM function_days, clock WHERE day < now_s / 86400
		UNION ALL
		SELECT function_id, hour / 24, calls FROM function_hours, clock
		WHERE hour BETWEEN now_s / 86400 * 24 AND now_s / 3600
	),
	days AS (
		SELECT
			function_id,
			SUM(CASE WHEN day >= now_s / 86400 - 7 THEN calls ELSE 0 END) AS calls_7d,
			SUM(CASE WHEN day >= now_s / 86400 - 30 THEN calls ELSE 0 END) AS calls_30d,
			SUM(CASE WHEN day >= now_s / 86400 - 90 THEN calls ELSE 0 END) AS calls_90d
		FROM past, clock
		GROUP BY function_id
	),
	hours AS (
		SELECT function_id, SUM(calls) AS calls_24h
		FROM function_hours, clock
		WHERE hour BETWEEN now_s / 3600 - 24 AND now_s / 3600
		GROUP BY function_id
	)
SELECT
	t.function_id AS function_id,
	t.calls AS calls_total,
	ifnull(h.calls_24h, 0) AS calls_24h,
	ifnull(d.calls_7d, 0) AS calls_7d,
	ifnull(d.calls_30d, 0) AS calls_30d,
	ifnull(d.calls_90d, 0) AS calls_90d,
	t.last_used_at AS last_used_at,
	t.errors AS errors_total,
	CASE WHEN t.calls > 0 THEN CAST(t.errors AS REAL) / t.calls END AS error_rate,
	t.last_error_at AS last_error_ts,
	CASE WHEN t.timed_calls > t.waits
		THEN (t.duration_sum_us - t.wait_sum_us) / 1000.0 / (t.timed_calls - t.waits)
	END AS mean_duration_ms,
	t.p50_ms AS p50_duration_ms,
	t.p95_ms AS p95_duration_ms,
	t.p99_ms AS p99_duration_ms,
	t.writes AS writes_count,
	t.last_write_at AS last_write_at,
	t.tests AS tests_total,
	t.tests_failed AS tests_failed,
	CASE WHEN t.tests > 0 THEN CAST(t.tests_failed AS REAL) / t.tests END AS test_fail_rate,
	t.last_test_failed_at AS last_test_failed_at,
	t.e2e AS e2e_total,
	t.e2e_failed AS e2e_failed,
	CASE WHEN t.e2e > 0 THEN CAST(t.e2e_failed AS REAL) / t.e2e END AS e2e_fail_rate,
	t.consumer_apps AS consumer_apps_count,
	t.violations AS violations_caused,
	t.versions AS versions_count
FROM function_totals AS t
LEFT JOIN days AS d ON d.function_id = t.function_id
LEFT JOIN hours AS h ON h.function_id = t.function_id;
