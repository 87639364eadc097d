-- What a team's agents did, made of the spans that the collector's ClickHouse exporter writes to otel_traces.
-- Run once in the database that the exporter writes to. Each span counts once, however often it was sent: of
-- its rows the one that came last stays.

CREATE TABLE IF NOT EXISTS agent_calls (
	session String,
	span String,
	ts DateTime64(6, 'UTC'),
	ordinal UInt32,
	agent String,
	client LowCardinality(String),
	user String,
	repository String,
	tool LowCardinality(String),
	function_id String,
	-- Empty for a call that did not fail.
	error LowCardinality(String),
	interrupted Bool,
	timed Bool,
	-- Its duration holds a wait for a person: it is in no mean and no percentile.
	waited Bool,
	duration_us UInt64,
	-- What came of it beside its result, such as a write, a test, a violation or a wait: what it was, and at
	-- the same places the function, the rule, whether the test passed, and when.
	kinds Array(LowCardinality(String)),
	functions Array(String),
	rules Array(LowCardinality(String)),
	passed Array(Bool),
	times Array(DateTime64(6, 'UTC')),
	received DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(received)
PARTITION BY toYYYYMM(ts)
ORDER BY (session, span);

CREATE MATERIALIZED VIEW IF NOT EXISTS agent_calls_from_traces TO agent_calls AS
SELECT
	SpanAttributes['gen_ai.conversation.id'] AS session,
	SpanId AS span,
	Timestamp AS ts,
	toUInt32OrZero(SpanAttributes['agent_live_graph.order']) AS ordinal,
	SpanAttributes['gen_ai.agent.id'] AS agent,
	SpanAttributes['agent_live_graph.client'] AS client,
	if(ResourceAttributes['user.name'] != '', ResourceAttributes['user.name'], ResourceAttributes['host.id'])
		AS user,
	if(ResourceAttributes['vcs.repository.url.full'] != '', ResourceAttributes['vcs.repository.url.full'],
		ResourceAttributes['agent_live_graph.repository']) AS repository,
	SpanAttributes['gen_ai.tool.name'] AS tool,
	SpanAttributes['agent_live_graph.function'] AS function_id,
	SpanAttributes['error.type'] AS error,
	SpanAttributes['agent_live_graph.interrupted'] = 'true' AS interrupted,
	SpanAttributes['agent_live_graph.timed'] != 'false' AS timed,
	arrayExists(
		(name, attributes) -> name = 'agent_live_graph.wait'
			AND attributes['agent_live_graph.wait.told_by'] = 'duration',
		Events.Name, Events.Attributes
	) AS waited,
	intDiv(Duration, 1000) AS duration_us,
	arrayMap(name -> replaceOne(name, 'agent_live_graph.', ''), Events.Name) AS kinds,
	arrayMap(attributes -> attributes['agent_live_graph.function'], Events.Attributes) AS functions,
	arrayMap(attributes -> attributes['agent_live_graph.rule'], Events.Attributes) AS rules,
	arrayMap(attributes -> attributes['agent_live_graph.passed'] = 'true', Events.Attributes) AS passed,
	Events.Timestamp AS times,
	now64(3) AS received
FROM otel_traces
WHERE SpanAttributes['gen_ai.operation.name'] = 'execute_tool'
	AND SpanAttributes['agent_live_graph.function'] != '';

CREATE TABLE IF NOT EXISTS agent_messages (
	session String,
	span String,
	ts DateTime64(6, 'UTC'),
	agent String,
	client LowCardinality(String),
	user String,
	repository String,
	model LowCardinality(String),
	-- With what the cache held.
	tokens_in UInt64,
	tokens_out UInt64,
	cache_read UInt64,
	cache_write UInt64,
	-- null where no list has a price.
	cost_usd Nullable(Float64),
	received DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(received)
PARTITION BY toYYYYMM(ts)
ORDER BY (session, span);

CREATE MATERIALIZED VIEW IF NOT EXISTS agent_messages_from_traces TO agent_messages AS
SELECT
	SpanAttributes['gen_ai.conversation.id'] AS session,
	SpanId AS span,
	Timestamp AS ts,
	SpanAttributes['gen_ai.agent.id'] AS agent,
	SpanAttributes['agent_live_graph.client'] AS client,
	if(ResourceAttributes['user.name'] != '', ResourceAttributes['user.name'], ResourceAttributes['host.id'])
		AS user,
	if(ResourceAttributes['vcs.repository.url.full'] != '', ResourceAttributes['vcs.repository.url.full'],
		ResourceAttributes['agent_live_graph.repository']) AS repository,
	SpanAttributes['gen_ai.response.model'] AS model,
	toUInt64OrZero(SpanAttributes['gen_ai.usage.input_tokens']) AS tokens_in,
	toUInt64OrZero(SpanAttributes['gen_ai.usage.output_tokens']) AS tokens_out,
	toUInt64OrZero(SpanAttributes['gen_ai.usage.cache_read.input_tokens']) AS cache_read,
	toUInt64OrZero(SpanAttributes['gen_ai.usage.cache_creation.input_tokens']) AS cache_write,
	toFloat64OrNull(SpanAttributes['agent_live_graph.cost.usd']) AS cost_usd,
	now64(3) AS received
FROM otel_traces
WHERE SpanAttributes['gen_ai.operation.name'] = 'chat'
	AND SpanAttributes['gen_ai.response.id'] != '';

-- Which agent is of which type.
CREATE TABLE IF NOT EXISTS agent_runs (
	session String,
	agent String,
	ts DateTime64(6, 'UTC'),
	type LowCardinality(String),
	outcome LowCardinality(String),
	duration_us UInt64,
	received DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(received)
ORDER BY (session, agent);

CREATE MATERIALIZED VIEW IF NOT EXISTS agent_runs_from_traces TO agent_runs AS
SELECT
	SpanAttributes['gen_ai.conversation.id'] AS session,
	SpanAttributes['gen_ai.agent.id'] AS agent,
	Timestamp AS ts,
	SpanAttributes['gen_ai.agent.name'] AS type,
	SpanAttributes['agent_live_graph.outcome'] AS outcome,
	intDiv(Duration, 1000) AS duration_us,
	now64(3) AS received
FROM otel_traces
WHERE SpanAttributes['gen_ai.operation.name'] = 'invoke_agent' AND SpanAttributes['gen_ai.agent.id'] != '';

-- Sums per day, function, user and repository, and of everybody's together (is_total, without user and
-- repository), of the days that new spans belong to. What a call wrote, tested or broke counts on the call's
-- day. A day's rows of one refresh stand for all of it: those of earlier ones are passed over, and merged away
-- in time.
CREATE TABLE IF NOT EXISTS function_days (
	is_total Bool,
	day Date,
	function_id String,
	user String,
	repository String,
	refreshed DateTime64(3, 'UTC'),
	calls UInt64,
	errors UInt64,
	last_used_at Nullable(DateTime64(6, 'UTC')),
	last_error_ts Nullable(DateTime64(6, 'UTC')),
	timed_calls UInt64,
	duration_sum_us UInt64,
	durations AggregateFunction(quantilesDD(0.01, 0.5, 0.95, 0.99), Float64),
	writes UInt64,
	last_write_at Nullable(DateTime64(6, 'UTC')),
	tests UInt64,
	tests_failed UInt64,
	last_test_failed_at Nullable(DateTime64(6, 'UTC')),
	violations UInt64
)
ENGINE = ReplacingMergeTree(refreshed)
PARTITION BY toYYYYMM(day)
ORDER BY (is_total, day, function_id, user, repository);

CREATE MATERIALIZED VIEW IF NOT EXISTS function_days_refresh
REFRESH EVERY 5 MINUTE APPEND TO function_days AS
WITH
	-- Seconds of overlap, as a batch may be written while another is read.
	(SELECT max(refreshed) - INTERVAL 60 SECOND FROM function_days) AS since,
	(SELECT groupUniqArray(toDate(ts)) FROM agent_calls WHERE received >= since) AS days
SELECT
	grouping(user) = 1 AS is_total,
	day,
	function_id,
	user,
	repository,
	now64(3) AS refreshed,
	countIf(kind = 'call') AS calls,
	countIf(kind = 'call' AND has_failed) AS errors,
	maxIf(toNullable(time), kind = 'call') AS last_used_at,
	maxIf(toNullable(time), kind = 'call' AND has_failed) AS last_error_ts,
	countIf(is_timed) AS timed_calls,
	sumIf(duration_us, is_timed) AS duration_sum_us,
	quantilesDDStateIf(0.01, 0.5, 0.95, 0.99)(duration_us / 1000., is_timed) AS durations,
	countIf(kind = 'write') AS writes,
	maxIf(toNullable(time), kind = 'write') AS last_write_at,
	countIf(kind = 'test') AS tests,
	countIf(kind = 'test' AND has_failed) AS tests_failed,
	maxIf(toNullable(time), kind = 'test' AND has_failed) AS last_test_failed_at,
	countIf(kind = 'violation') AS violations
FROM (
	SELECT toDate(ts) AS day, function_id, user, repository, 'call' AS kind, ts AS time, error != '' AS has_failed,
		timed AND NOT waited AS is_timed, duration_us
	FROM agent_calls FINAL
	WHERE has(days, toDate(ts))
	UNION ALL
	SELECT toDate(ts), found_function, user, repository, found_kind, found_time, NOT has_passed, false, 0
	FROM agent_calls FINAL
	ARRAY JOIN functions AS found_function, kinds AS found_kind, times AS found_time, passed AS has_passed
	WHERE has(days, toDate(ts)) AND found_function != ''
)
GROUP BY GROUPING SETS ((day, function_id, user, repository), (day, function_id));

-- Tokens and dollars per day, function, user, repository, client and model, as function_days has the calls: the
-- function of an agent is agent:<type>, that of an orchestrator is empty.
CREATE TABLE IF NOT EXISTS usage_days (
	day Date,
	function_id String,
	user String,
	repository String,
	client LowCardinality(String),
	model LowCardinality(String),
	refreshed DateTime64(3, 'UTC'),
	messages UInt64,
	tokens_in UInt64,
	tokens_out UInt64,
	cache_read UInt64,
	cache_write UInt64,
	cost_usd Nullable(Float64),
	messages_without_price UInt64
)
ENGINE = ReplacingMergeTree(refreshed)
PARTITION BY toYYYYMM(day)
ORDER BY (day, function_id, user, repository, client, model);

CREATE MATERIALIZED VIEW IF NOT EXISTS usage_days_refresh
REFRESH EVERY 5 MINUTE APPEND TO usage_days AS
WITH
	(SELECT max(refreshed) - INTERVAL 60 SECOND FROM usage_days) AS since,
	-- Of which type an agent is may come after what it spent.
	(
		SELECT groupUniqArray(toDate(ts)) FROM agent_messages
		WHERE received >= since
			OR (session, agent) IN (SELECT session, agent FROM agent_runs WHERE received >= since)
	) AS days
SELECT
	toDate(m.ts) AS day,
	if(r.type = '', '', concat('agent:', r.type)) AS function_id,
	m.user AS user,
	m.repository AS repository,
	m.client AS client,
	m.model AS model,
	now64(3) AS refreshed,
	count() AS messages,
	sum(m.tokens_in) AS tokens_in,
	sum(m.tokens_out) AS tokens_out,
	sum(m.cache_read) AS cache_read,
	sum(m.cache_write) AS cache_write,
	sum(m.cost_usd) AS cost_usd,
	countIf(isNull(m.cost_usd)) AS messages_without_price
FROM (SELECT * FROM agent_messages FINAL WHERE has(days, toDate(ts))) AS m
LEFT JOIN (SELECT * FROM agent_runs FINAL) AS r ON r.session = m.session AND r.agent = m.agent
GROUP BY day, function_id, user, repository, client, model;
