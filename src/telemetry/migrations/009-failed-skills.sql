-- A skill's failed call was a use of it all along, but hooks did not write it down as one.
INSERT OR IGNORE INTO skill_invocations
	(ts, session_id, agent_id, skill, success, duration_ms, tool_use_id)
	SELECT CAST(ts + ifnull(duration_ms, 0) AS INTEGER), session_id, agent_id,
		substr(function_id, length('skill:') + 1), 0, duration_ms, tool_use_id
	FROM calls
	WHERE function_id >= 'skill:' AND function_id < 'skill;' AND success = 0
		AND error_class <> 'interrupted';
