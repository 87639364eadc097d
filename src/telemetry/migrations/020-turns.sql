-- Every time that a turn of an orchestrator began: somebody asked, or an agent's report was handed over. Both
-- sources may tell of one, at times that differ a little.
CREATE TABLE session_turns (
	session_id TEXT NOT NULL,
	ts INTEGER NOT NULL,
	PRIMARY KEY (session_id, ts)
) WITHOUT ROWID;
INSERT INTO session_turns (session_id, ts)
	SELECT session_id, last_asked_at FROM sessions WHERE last_asked_at IS NOT NULL;
-- Every time that somebody was asked for permission. An empty agent: the orchestrator.
CREATE TABLE permission_waits (
	session_id TEXT NOT NULL,
	agent_id TEXT NOT NULL,
	ts INTEGER NOT NULL,
	tool TEXT NOT NULL,
	PRIMARY KEY (session_id, agent_id, ts)
) WITHOUT ROWID;
