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

-- Sums per day, function, user and repository, of the days that new spans belong to. A day's rows of one
-- refresh stand for all of it: those of earlier ones are passed over, and merged away in time.
CREATE TABLE IF NOT EXISTS function_days (
	day Date,
	function_id String,
	user String,
	repository String,
	refreshed DateTime64(3, 'UTC'),
	calls UInt64,
	errors UInt64,
	last_used_at DateTime64(6, 'UTC'),
	last_error_ts Nullable(DateTime64(6, 'UTC')),
	timed_calls UInt64,
	duration_sum_us UInt64,
	durations AggregateFunction(quantilesDD(0.01, 0.5, 0.95, 0.99), Float64)
)
ENGINE = ReplacingMergeTree(refreshed)
PARTITION BY toYYYYMM(day)
ORDER BY (day, function_id, user, repository);

CREATE MATERIALIZED VIEW IF NOT EXISTS function_days_refresh
REFRESH EVERY 5 MINUTE APPEND TO function_days AS
WITH
	-- Seconds of overlap, as a batch may be written while another is read.
	(SELECT max(refreshed) - INTERVAL 60 SECOND FROM function_days) AS since,
	now64(3) AS at
SELECT
	toDate(ts) AS day,
	function_id,
	user,
	repository,
	at AS refreshed,
	count() AS calls,
	countIf(error != '') AS errors,
	max(ts) AS last_used_at,
	maxIf(toNullable(ts), error != '') AS last_error_ts,
	countIf(timed AND NOT waited) AS timed_calls,
	sumIf(duration_us, timed AND NOT waited) AS duration_sum_us,
	quantilesDDStateIf(0.01, 0.5, 0.95, 0.99)(duration_us / 1000., timed AND NOT waited) AS durations
FROM agent_calls FINAL
WHERE toDate(ts) IN (SELECT DISTINCT toDate(ts) FROM agent_calls WHERE received >= since)
GROUP BY day, function_id, user, repository;
