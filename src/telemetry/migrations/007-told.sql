-- What is told of agents is kept as a set of facts, see src/model/agents/facts.ts; each is an array of
-- at, by, v, kind, call, status, outcome and stubs. Of what was told before the columns say this much.
ALTER TABLE agents ADD COLUMN told TEXT;
UPDATE agents SET told = (
	SELECT json_group_array(json_array(at, source, v, kind, call, status, outcome, stubs)) FROM (
		SELECT value AS at, 'hook' AS source, 2 AS v, 'start' AS kind, '' AS call, '' AS status,
			NULL AS outcome, NULL AS stubs
			FROM json_each(agents.lives, '$.starts')
		UNION SELECT last_start_at, 'transcript', 2, 'start', '', '', NULL, NULL
			WHERE last_start_at IS NOT NULL
				AND last_start_at NOT IN (SELECT value FROM json_each(agents.lives, '$.starts'))
		UNION SELECT started_at, 'transcript', 2, 'start', '', '', NULL, NULL
			WHERE started_at IS NOT NULL AND last_start_at IS NOT NULL
				AND started_at NOT IN (SELECT value FROM json_each(agents.lives, '$.starts'))
		UNION SELECT value, 'hook', 2, 'stop', '', '',
				CASE WHEN value = agents.outcome_at THEN agents.outcome END,
				CASE WHEN value = agents.outcome_at THEN agents.stubs END
			FROM json_each(agents.lives, '$.stops')
		UNION SELECT last_stop_at, 'transcript', 2, 'stop', '', '',
				CASE WHEN last_stop_at = outcome_at THEN outcome END,
				CASE WHEN last_stop_at = outcome_at THEN stubs END
			WHERE last_stop_at IS NOT NULL
				AND last_stop_at NOT IN (SELECT value FROM json_each(agents.lives, '$.stops'))
		UNION SELECT value, 'hook', 2, 'report', key, 'killed', NULL, NULL
			FROM json_each(agents.lives, '$.kills')
		UNION SELECT value, 'hook', 2, 'report', key,
				CASE WHEN value = json_extract(agents.lives, '$.failedAt') THEN 'failed'
					ELSE 'completed' END,
				CASE WHEN value = agents.outcome_at THEN agents.outcome END,
				CASE WHEN value = agents.outcome_at THEN agents.stubs END
			FROM json_each(agents.lives, '$.reports')
			WHERE key NOT IN (SELECT key FROM json_each(agents.lives, '$.kills'))
		-- Of version 1 nothing was kept but this.
		UNION SELECT reported_at, 'hook', 1, 'report', agent_id, 'completed', outcome, stubs
			WHERE reported_at IS NOT NULL AND lives IS NULL
	)
);

ALTER TABLE agent_spawns ADD COLUMN told TEXT;
ALTER TABLE agent_spawns ADD COLUMN v INTEGER NOT NULL DEFAULT 2;
UPDATE agent_spawns SET told = json_array(json_array(
		failed_at, 'hook', 2, 'report', tool_use_id, 'launch:' || ifnull(error_class, 'unknown'), NULL, NULL))
	WHERE failed_at IS NOT NULL;
-- Version 1 knows no agent ids: the launching call stands for the agent.
UPDATE agent_spawns SET v = 1 WHERE agent_id = tool_use_id;

ALTER TABLE agents DROP COLUMN lives;
ALTER TABLE agents DROP COLUMN last_start_at;
ALTER TABLE agents DROP COLUMN last_stop_at;
ALTER TABLE agents DROP COLUMN reported_at;
ALTER TABLE agents DROP COLUMN outcome_at;
ALTER TABLE agent_spawns DROP COLUMN failed_at;
ALTER TABLE agent_spawns DROP COLUMN error_class;

-- Which version of lines told of a call: version 1 names its agent by the call that launched it.
ALTER TABLE calls ADD COLUMN v INTEGER NOT NULL DEFAULT 2;
UPDATE calls SET v = 1 WHERE agent_id LIKE 'toolu!_%' ESCAPE '!';

-- When somebody last asked something of a session, which takes an earlier end back.
ALTER TABLE sessions ADD COLUMN last_asked_at INTEGER;

-- Stops of agents that nothing else is known of, as the client's own compactions leave them.
CREATE TABLE phantom_stops (
	agent_id TEXT PRIMARY KEY,
	session_id TEXT NOT NULL,
	told TEXT NOT NULL
) WITHOUT ROWID;
