-- Tokens and cost of requests to models. Times are milliseconds since the Unix epoch.

CREATE TABLE messages (
	message_id TEXT PRIMARY KEY,
	session_id TEXT NOT NULL,
	-- null: the orchestrator
	agent_id TEXT,
	model TEXT NOT NULL,
	ts INTEGER NOT NULL,
	tokens_in INTEGER NOT NULL,
	tokens_out INTEGER NOT NULL,
	cache_read INTEGER NOT NULL,
	cache_write_5m INTEGER NOT NULL,
	cache_write_1h INTEGER NOT NULL,
	-- null: no list has a price for the model
	cost_usd REAL,
	is_sidechain INTEGER NOT NULL
) WITHOUT ROWID;

-- Messages per UTC day (days since the epoch), session, agent (empty: the orchestrator) and model.
CREATE TABLE usage_days (
	day INTEGER NOT NULL,
	session_id TEXT NOT NULL,
	agent_id TEXT NOT NULL,
	model TEXT NOT NULL,
	messages INTEGER NOT NULL,
	tokens_in INTEGER NOT NULL,
	tokens_out INTEGER NOT NULL,
	cache_read INTEGER NOT NULL,
	cache_write_5m INTEGER NOT NULL,
	cache_write_1h INTEGER NOT NULL,
	messages_without_price INTEGER NOT NULL,
	-- Whole billionths of a dollar, so that the sum does not depend on the order of its parts.
	cost_nano_usd INTEGER NOT NULL,
	cost_usd REAL AS (CASE WHEN messages > messages_without_price THEN cost_nano_usd / 1e9 END),
	PRIMARY KEY (day, session_id, agent_id, model)
) WITHOUT ROWID;

CREATE INDEX usage_days_by_session ON usage_days (session_id);
CREATE INDEX usage_days_by_agent ON usage_days (agent_id);

-- What the client itself said that an agent cost, for where its messages are not known.
ALTER TABLE agents ADD COLUMN reported_cost_usd REAL;
UPDATE agents SET reported_cost_usd = cost_usd;
