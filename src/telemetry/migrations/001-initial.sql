-- Event tables. Times are milliseconds since the Unix epoch unless a column says otherwise.

CREATE TABLE sessions (
	session_id TEXT PRIMARY KEY,
	cwd TEXT,
	source TEXT,
	model TEXT,
	started_at INTEGER,
	ended_at INTEGER,
	health_score INTEGER,
	mcp_ratio REAL
) WITHOUT ROWID;

CREATE TABLE agents (
	agent_id TEXT PRIMARY KEY,
	session_id TEXT,
	parent_agent_id TEXT,
	tool_use_id TEXT,
	agent_type TEXT,
	model TEXT,
	description TEXT,
	depth INTEGER,
	started_at INTEGER,
	ended_at INTEGER,
	outcome TEXT,
	stubs INTEGER,
	duration_ms REAL,
	tool_use_count INTEGER,
	tokens_in INTEGER,
	tokens_out INTEGER,
	cache_read INTEGER,
	cache_write INTEGER,
	cost_usd REAL,
	tool_stats TEXT,
	-- What the columns above are put together from, so that the order of events does not matter.
	own_type TEXT,
	own_model TEXT,
	last_start_at INTEGER,
	last_stop_at INTEGER,
	reported_at INTEGER,
	outcome_at INTEGER
) WITHOUT ROWID;

CREATE INDEX agents_by_session ON agents (session_id);
CREATE INDEX agents_by_parent ON agents (parent_agent_id) WHERE parent_agent_id IS NOT NULL;

-- What a launching call asked for, until and after a link names the agent that came of it.
CREATE TABLE agent_spawns (
	session_id TEXT NOT NULL,
	tool_use_id TEXT NOT NULL,
	ts INTEGER,
	parent_agent_id TEXT,
	agent_type TEXT,
	model TEXT,
	description TEXT,
	agent_id TEXT,
	failed_at INTEGER,
	error_class TEXT,
	PRIMARY KEY (session_id, tool_use_id)
) WITHOUT ROWID;

CREATE INDEX agent_spawns_by_agent ON agent_spawns (agent_id) WHERE agent_id IS NOT NULL;

CREATE TABLE calls (
	tool_use_id TEXT NOT NULL UNIQUE,
	ts INTEGER NOT NULL,
	session_id TEXT NOT NULL,
	agent_id TEXT,
	function_id TEXT NOT NULL,
	tool_used TEXT NOT NULL,
	duration_ms REAL,
	success INTEGER,
	error_class TEXT,
	args_hash TEXT,
	source TEXT NOT NULL CHECK (source IN ('hook', 'transcript', 'both'))
);

CREATE INDEX calls_open ON calls (session_id) WHERE success IS NULL;

CREATE TABLE code_writes (
	tool_use_id TEXT NOT NULL,
	ts INTEGER NOT NULL,
	session_id TEXT NOT NULL,
	agent_id TEXT,
	function_id TEXT,
	file_path TEXT,
	lines_added INTEGER,
	lines_removed INTEGER
);

CREATE UNIQUE INDEX code_writes_once ON code_writes (tool_use_id, ifnull(function_id, ''));

CREATE TABLE test_runs (
	ts INTEGER NOT NULL,
	session_id TEXT,
	agent_id TEXT,
	function_id TEXT,
	test_id TEXT NOT NULL,
	passed INTEGER,
	duration_ms REAL,
	output_snippet TEXT,
	tool_use_id TEXT
);

CREATE UNIQUE INDEX test_runs_once ON test_runs (tool_use_id, test_id);

CREATE TABLE e2e_runs_fn (
	ts INTEGER NOT NULL,
	function_id TEXT NOT NULL,
	app_id TEXT NOT NULL,
	check_id TEXT NOT NULL,
	passed INTEGER,
	duration_ms REAL,
	UNIQUE (function_id, app_id, check_id, ts)
);

CREATE TABLE violations (
	ts INTEGER NOT NULL,
	session_id TEXT,
	agent_id TEXT,
	tool_use_id TEXT,
	rule_id TEXT NOT NULL,
	function_id TEXT,
	severity TEXT,
	UNIQUE (tool_use_id, rule_id)
);

CREATE TABLE patterns (
	pattern_hash TEXT PRIMARY KEY,
	kind TEXT,
	first_ts INTEGER,
	last_ts INTEGER,
	occurrences INTEGER,
	session_ids TEXT
) WITHOUT ROWID;

CREATE TABLE function_versions (
	function_id TEXT NOT NULL,
	version_hash TEXT NOT NULL,
	ts INTEGER NOT NULL,
	source TEXT NOT NULL CHECK (source IN ('index', 'edit_hook', 'copy_detected')),
	file_path TEXT,
	lines TEXT,
	UNIQUE (function_id, version_hash, source)
);

CREATE TABLE skill_invocations (
	ts INTEGER NOT NULL,
	session_id TEXT,
	agent_id TEXT,
	skill TEXT NOT NULL,
	success INTEGER,
	duration_ms REAL,
	tool_use_id TEXT NOT NULL UNIQUE
);

CREATE TABLE numeric_claims (
	ts INTEGER NOT NULL,
	session_id TEXT,
	tier TEXT NOT NULL,
	value TEXT NOT NULL,
	pointer TEXT
);

CREATE UNIQUE INDEX numeric_claims_once ON numeric_claims (
	session_id, tier, value, ifnull(pointer, ''), ts / 1000
);

CREATE TABLE sequences (
	sequence_hash TEXT PRIMARY KEY,
	function_ids TEXT NOT NULL,
	length INTEGER NOT NULL,
	occurrences INTEGER NOT NULL,
	sessions INTEGER NOT NULL,
	success_rate REAL,
	mean_duration_ms REAL,
	lift REAL,
	first_ts INTEGER,
	last_ts INTEGER
) WITHOUT ROWID;

CREATE TABLE proposals (
	proposal_hash TEXT PRIMARY KEY,
	kind TEXT NOT NULL,
	target TEXT NOT NULL,
	evidence TEXT NOT NULL,
	status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'accepted', 'dismissed')),
	created_at INTEGER NOT NULL,
	decided_at INTEGER
) WITHOUT ROWID;

-- Position up to which the rows of each source are in the tables; written with them.
CREATE TABLE ingest_cursors (
	source TEXT PRIMARY KEY,
	file_identity TEXT NOT NULL,
	byte_offset INTEGER NOT NULL
) WITHOUT ROWID;

-- Facts about the database itself.
CREATE TABLE meta (
	key TEXT PRIMARY KEY,
	value TEXT
) WITHOUT ROWID;

-- Rollups, kept in the transaction of the rows that they sum up.

CREATE TABLE function_totals (
	function_id TEXT PRIMARY KEY,
	calls INTEGER NOT NULL DEFAULT 0,
	last_used_at INTEGER,
	errors INTEGER NOT NULL DEFAULT 0,
	last_error_at INTEGER,
	timed_calls INTEGER NOT NULL DEFAULT 0,
	-- Whole microseconds, so that the sum does not depend on the order of its parts.
	duration_sum_us INTEGER NOT NULL DEFAULT 0,
	-- Logarithmic histogram of durations: JSON pairs of bucket and count.
	histogram TEXT NOT NULL DEFAULT '[]',
	p50_ms REAL,
	p95_ms REAL,
	p99_ms REAL,
	writes INTEGER NOT NULL DEFAULT 0,
	last_write_at INTEGER,
	tests INTEGER NOT NULL DEFAULT 0,
	tests_failed INTEGER NOT NULL DEFAULT 0,
	last_test_failed_at INTEGER,
	e2e INTEGER NOT NULL DEFAULT 0,
	e2e_failed INTEGER NOT NULL DEFAULT 0,
	consumer_apps INTEGER NOT NULL DEFAULT 0,
	violations INTEGER NOT NULL DEFAULT 0,
	versions INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- Calls per function and UTC day (days since the epoch).
CREATE TABLE function_days (
	function_id TEXT NOT NULL,
	day INTEGER NOT NULL,
	calls INTEGER NOT NULL,
	PRIMARY KEY (function_id, day)
) WITHOUT ROWID;

-- Calls per function and hour (hours since the epoch).
CREATE TABLE function_hours (
	function_id TEXT NOT NULL,
	hour INTEGER NOT NULL,
	calls INTEGER NOT NULL,
	PRIMARY KEY (function_id, hour)
) WITHOUT ROWID;

CREATE TABLE session_totals (
	session_id TEXT PRIMARY KEY,
	calls INTEGER NOT NULL DEFAULT 0,
	mcp_calls INTEGER NOT NULL DEFAULT 0,
	finished INTEGER NOT NULL DEFAULT 0,
	errors INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE VIEW function_stats AS
WITH
	clock AS (SELECT CAST(strftime('%s', 'now') AS INTEGER) AS now_s),
	days AS (
		SELECT
			function_id,
			SUM(CASE WHEN day >= now_s / 86400 - 7 THEN calls ELSE 0 END) AS calls_7d,
			SUM(CASE WHEN day >= now_s / 86400 - 30 THEN calls ELSE 0 END) AS calls_30d,
			SUM(CASE WHEN day >= now_s / 86400 - 90 THEN calls ELSE 0 END) AS calls_90d
		FROM function_days, clock
		GROUP BY function_id
	),
	hours AS (
		SELECT function_id, SUM(calls) AS calls_24h
		FROM function_hours, clock
		WHERE hour >= now_s / 3600 - 24
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
