-- Views over the tables of tables.sql, to be asked by people and dashboards.

-- Of each day the rows of its last refresh.
CREATE OR REPLACE VIEW function_days_now AS
SELECT * EXCEPT (is_total) FROM function_days
WHERE NOT is_total
	AND (day, refreshed) IN (SELECT day, max(refreshed) FROM function_days WHERE is_total GROUP BY day);

CREATE OR REPLACE VIEW usage_by_day AS
SELECT * EXCEPT (refreshed) FROM usage_days
WHERE (day, refreshed) IN (SELECT day, max(refreshed) FROM usage_days GROUP BY day);

CREATE OR REPLACE VIEW cost_by_day AS
SELECT day, user, repository, client, model, sum(messages) AS messages, sum(tokens_in) AS tokens_in,
	sum(tokens_out) AS tokens_out, sum(cost_usd) AS cost_usd
FROM usage_by_day
GROUP BY day, user, repository, client, model;

-- The columns of the local function_stats, for the whole team. What comes of apps and of versions of source
-- files is known on each machine alone.
CREATE OR REPLACE VIEW function_stats AS
WITH
	toDate(now('UTC')) AS today,
	toStartOfHour(now('UTC')) AS this_hour,
	recent AS (
		SELECT
			function_id,
			countIf(ts >= this_hour - INTERVAL 24 HOUR) AS calls_24h,
			countIf(toDate(ts) = today) AS calls_today
		FROM agent_calls FINAL
		WHERE ts >= today - INTERVAL 1 DAY AND ts < this_hour + INTERVAL 1 HOUR
		GROUP BY function_id
	),
	sums AS (
		SELECT
			function_id,
			sum(calls) AS calls_total,
			sumIf(calls, day BETWEEN today - 7 AND today - 1) AS calls_7d,
			sumIf(calls, day BETWEEN today - 30 AND today - 1) AS calls_30d,
			sumIf(calls, day BETWEEN today - 90 AND today - 1) AS calls_90d,
			max(last_used_at) AS last_used_at,
			sum(errors) AS errors_total,
			max(last_error_ts) AS last_error_ts,
			sum(timed_calls) AS timed,
			sum(duration_sum_us) AS took_us,
			quantilesDDMerge(0.01, 0.5, 0.95, 0.99)(durations) AS quantiles,
			sum(writes) AS writes,
			max(last_write_at) AS last_write_at,
			sum(tests) AS tests,
			sum(tests_failed) AS tests_failed,
			max(last_test_failed_at) AS last_test_failed_at,
			sum(violations) AS violations
		FROM function_days
		WHERE is_total
			AND (day, refreshed) IN (SELECT day, max(refreshed) FROM function_days WHERE is_total GROUP BY day)
		GROUP BY function_id
	)
SELECT
	function_id,
	s.calls_total AS calls_total,
	r.calls_24h AS calls_24h,
	s.calls_7d + r.calls_today AS calls_7d,
	s.calls_30d + r.calls_today AS calls_30d,
	s.calls_90d + r.calls_today AS calls_90d,
	toUnixTimestamp64Milli(toDateTime64(s.last_used_at, 3, 'UTC')) AS last_used_at,
	s.errors_total AS errors_total,
	if(s.calls_total > 0, s.errors_total / s.calls_total, NULL) AS error_rate,
	toUnixTimestamp64Milli(toDateTime64(s.last_error_ts, 3, 'UTC')) AS last_error_ts,
	if(s.timed > 0, s.took_us / 1000 / s.timed, NULL) AS mean_duration_ms,
	if(s.timed > 0, s.quantiles[1], NULL) AS p50_duration_ms,
	if(s.timed > 0, s.quantiles[2], NULL) AS p95_duration_ms,
	if(s.timed > 0, s.quantiles[3], NULL) AS p99_duration_ms,
	s.writes AS writes_count,
	toUnixTimestamp64Milli(toDateTime64(s.last_write_at, 3, 'UTC')) AS last_write_at,
	s.tests AS tests_total,
	s.tests_failed AS tests_failed,
	if(s.tests > 0, s.tests_failed / s.tests, NULL) AS test_fail_rate,
	toUnixTimestamp64Milli(toDateTime64(s.last_test_failed_at, 3, 'UTC')) AS last_test_failed_at,
	0 AS e2e_total,
	0 AS e2e_failed,
	NULL AS e2e_fail_rate,
	0 AS consumer_apps_count,
	s.violations AS violations_caused,
	0 AS versions_count
FROM sums AS s
LEFT JOIN recent AS r ON r.function_id = s.function_id;

-- Who waited for a person, for what and for how long at most: what runs after the answer is in it.
CREATE OR REPLACE VIEW who_waits AS
SELECT
	toDate(ts) AS day,
	user,
	repository,
	client,
	function_id,
	count() AS waits,
	sum(each_ms) AS waited_ms,
	max(each_ms) AS longest_ms
FROM (
	SELECT ts, user, repository, client, function_id,
		dateDiff('millisecond', arrayMin(arrayFilter((time, kind) -> kind = 'wait', times, kinds)),
			addMicroseconds(ts, duration_us)) AS each_ms
	FROM agent_calls FINAL
	WHERE has(kinds, 'wait')
)
GROUP BY day, user, repository, client, function_id;

-- Sequences of 2 to 5 calls by the definition of docs/telemetry.md, over the sessions of everybody.
CREATE OR REPLACE VIEW sequences AS
WITH
	-- Of one agent in one session, in order: (function, microseconds, outcome or -1, duration or -1).
	rows AS (
		SELECT
			session,
			arrayMap(
				each -> each.3,
				arraySort(
					each -> (each.1, each.2),
					groupArray((
						ts,
						ordinal,
						(
							function_id,
							toUnixTimestamp64Micro(ts),
							if(interrupted, -1, toInt8(error = '')),
							if(timed AND NOT waited, toInt64(duration_us), -1)
						)
					))
				)
			) AS calls
		FROM agent_calls FINAL
		GROUP BY session, agent
	),
	-- More than ten minutes from start to start are a gap.
	runs AS (
		SELECT session, run
		FROM rows
		ARRAY JOIN arraySplit(
			(each, gap) -> gap > 600000000,
			calls,
			arrayDifference(arrayMap(each -> each.2, calls))
		) AS run
	),
	-- Direct repeats are one step: (function, first, last, failed, all known, microseconds or -1).
	steps AS (
		SELECT
			session,
			arrayMap(
				part -> (
					part[1].1,
					part[1].2,
					part[-1].2,
					arrayExists(each -> each.3 = 0, part),
					arrayAll(each -> each.3 >= 0, part),
					if(arrayExists(each -> each.4 < 0, part), -1, arraySum(each -> each.4, part))
				),
				arraySplit(
					(each, isNew) -> isNew,
					run,
					arrayMap(
						(each, before) -> each.1 != before.1,
						run,
						arrayConcat([run[1]], arrayPopBack(run))
					)
				)
			) AS run
		FROM runs
	),
	shares AS (
		SELECT step.1 AS function_id, count() AS steps FROM steps ARRAY JOIN run AS step GROUP BY function_id
	),
	(SELECT mapFromArrays(groupArray(function_id), groupArray(steps)) FROM shares) AS steps_of,
	assumeNotNull((SELECT sum(steps) FROM shares)) AS all_steps,
	places AS (
		SELECT session, arraySlice(run, at, size) AS found
		FROM steps
		ARRAY JOIN [2, 3, 4, 5] AS size
		ARRAY JOIN range(1, toUInt64(greatest(0, toInt64(length(run)) - size + 1)) + 1) AS at
	),
	windows AS (
		SELECT length(found) AS size, count() AS windows FROM places GROUP BY size
	),
	counted AS (
		SELECT
			arrayMap(step -> step.1, found) AS functions,
			count() AS occurrences,
			uniqExact(session) AS sessions,
			countIf(arrayExists(step -> step.4, found) OR arrayAll(step -> step.5, found)) AS finished,
			countIf(NOT arrayExists(step -> step.4, found) AND arrayAll(step -> step.5, found)) AS good,
			countIf(arrayAll(step -> step.6 >= 0, found)) AS timed,
			sumIf(arraySum(step -> step.6, found), arrayAll(step -> step.6 >= 0, found)) AS took_us,
			min(found[1].2) AS first_us,
			max(found[-1].3) AS last_us
		FROM places
		GROUP BY functions
	),
	parts AS (
		SELECT arrayPopBack(functions) AS part, occurrences FROM counted
		UNION DISTINCT
		SELECT arrayPopFront(functions) AS part, occurrences FROM counted
	)
SELECT
	lower(hex(SHA256(replaceAll(toJSONString(functions), '\\/', '/')))) AS sequence_hash,
	functions AS function_ids,
	length(functions) AS length,
	occurrences,
	sessions,
	if(finished > 0, good / finished, NULL) AS success_rate,
	if(timed > 0, took_us / 1000 / timed, NULL) AS mean_duration_ms,
	occurrences / w.windows / arrayProduct(arrayMap(each -> steps_of[each] / all_steps, functions)) AS lift,
	intDiv(first_us, 1000) AS first_ts,
	intDiv(last_us, 1000) AS last_ts
FROM counted AS c
LEFT JOIN windows AS w ON w.size = length(c.functions)
WHERE occurrences >= 3 AND sessions >= 2
	AND (functions, occurrences) NOT IN (SELECT part, occurrences FROM parts);
