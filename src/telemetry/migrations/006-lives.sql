-- What hooks told of an agent's lives, see agentRow.ts.
ALTER TABLE agents ADD COLUMN lives TEXT;
-- Launches whose source and arguments were not kept are told by hooks and have no hash.
ALTER TABLE agent_spawns ADD COLUMN source TEXT;
ALTER TABLE agent_spawns ADD COLUMN args_hash TEXT;
CREATE INDEX agent_spawns_by_call ON agent_spawns (tool_use_id);

-- Every end of a session: one that is resumed has several.
CREATE TABLE session_ends (
	session_id TEXT NOT NULL,
	ts INTEGER NOT NULL,
	PRIMARY KEY (session_id, ts)
) WITHOUT ROWID;
INSERT INTO session_ends (session_id, ts)
	SELECT session_id, ended_at FROM sessions WHERE ended_at IS NOT NULL;
ALTER TABLE sessions ADD COLUMN last_start_at INTEGER;

-- Latest times among the rows that were pruned.
ALTER TABLE function_totals ADD COLUMN pruned_used_at INTEGER;
ALTER TABLE function_totals ADD COLUMN pruned_error_at INTEGER;
