-- When a session was last heard of stands for its end where none was told, and is marked as that.
ALTER TABLE sessions ADD COLUMN last_heard_at INTEGER;
ALTER TABLE sessions ADD COLUMN ended_by TEXT CHECK (ended_by IN ('session_end', 'last_heard'));
-- Time and name of the model that answered last, see messageRow.ts.
ALTER TABLE sessions ADD COLUMN answered TEXT;
ALTER TABLE agents ADD COLUMN answered TEXT;
-- When an agent was first heard of, which its start need not have been.
ALTER TABLE agents ADD COLUMN heard_at INTEGER;

UPDATE agents SET heard_at = started_at;
UPDATE agents SET started_at = NULL WHERE told NOT LIKE '%"start"%';
UPDATE agents SET ended_at = (
		SELECT max(json_extract(value, '$[0]')) FROM json_each(agents.told)
		WHERE json_extract(value, '$[3]') <> 'start'
	) WHERE typeof(ended_at) = 'real';

UPDATE sessions SET
	ended_by = CASE WHEN ended_at IS NOT NULL THEN 'session_end'
		WHEN last_start_at IS NULL THEN 'last_heard' END,
	last_heard_at = max(started_at, ifnull(ended_at, 0), ifnull(last_start_at, 0),
		ifnull(last_asked_at, 0));
UPDATE sessions SET last_heard_at = max(last_heard_at, latest.ts) FROM (
		SELECT session_id, max(ts) AS ts FROM (
			SELECT session_id, ts FROM calls UNION ALL SELECT session_id, ts FROM messages
		) GROUP BY session_id
	) AS latest WHERE latest.session_id = sessions.session_id;
UPDATE sessions SET ended_at = last_heard_at WHERE ended_by = 'last_heard';
UPDATE sessions SET model = latest.model, answered = latest.answered FROM (
		SELECT session_id, model, max(printf('%015d %s', ts, model)) AS answered
		FROM messages WHERE agent_id IS NULL GROUP BY session_id
	) AS latest WHERE latest.session_id = sessions.session_id;
UPDATE agents SET model = latest.model, answered = latest.answered FROM (
		SELECT agent_id, model, max(printf('%015d %s', ts, model)) AS answered
		FROM messages WHERE agent_id IS NOT NULL GROUP BY agent_id
	) AS latest WHERE latest.agent_id = agents.agent_id;
