-- When the last line before a place in a log happened: a line there without a readable time takes it.
ALTER TABLE ingest_cursors ADD COLUMN last_ts INTEGER NOT NULL DEFAULT 0;

-- Windows end now: what a clock ahead of this one tells is in none of them. Of today it is the hours that
-- tell how much of it is over.
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
	CASE WHEN t.timed_calls > 0 THEN t.duration_sum_us / 1000.0 / t.timed_calls END AS mean_duration_ms,
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
