-- What patterns are made from. Each distinct script is kept as a hash and a signature, never as text.

-- Scripts that differ in more than names and literals; those of one cluster are one pattern.
CREATE TABLE script_bodies (
	body_id INTEGER PRIMARY KEY,
	body_hash TEXT NOT NULL UNIQUE,
	-- MinHash: 128 numbers of 32 bits, little-endian.
	signature BLOB NOT NULL,
	cluster_id INTEGER NOT NULL,
	first_ts INTEGER NOT NULL
);

CREATE INDEX script_bodies_by_cluster ON script_bodies (cluster_id, first_ts, body_hash);

-- Similar bodies share at least one band.
CREATE TABLE script_bands (
	band INTEGER NOT NULL,
	body_id INTEGER NOT NULL,
	PRIMARY KEY (band, body_id)
) WITHOUT ROWID;

-- The row of `patterns` of each cluster.
CREATE TABLE script_clusters (
	cluster_id INTEGER PRIMARY KEY,
	pattern_hash TEXT NOT NULL
);

CREATE TABLE script_uses (
	tool_use_id TEXT NOT NULL,
	-- Place among the scripts of the call.
	ordinal INTEGER NOT NULL,
	cluster_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	ts INTEGER NOT NULL,
	session_id TEXT NOT NULL,
	agent_id TEXT,
	function_id TEXT NOT NULL,
	-- One of the first three of its pattern, after which the rule against them begins.
	is_early INTEGER NOT NULL,
	PRIMARY KEY (tool_use_id, ordinal)
) WITHOUT ROWID;

CREATE INDEX script_uses_early ON script_uses (cluster_id) WHERE is_early = 1;
CREATE INDEX script_uses_late ON script_uses (cluster_id) WHERE is_early = 0;

-- Scores and details are asked for by session and by function.
CREATE INDEX test_runs_by_session ON test_runs (session_id);
CREATE INDEX test_runs_by_function ON test_runs (function_id, ts);
CREATE INDEX violations_by_session ON violations (session_id);
