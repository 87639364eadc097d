-- What the client said that the agent took for this launch: one that is launched again took another time.
ALTER TABLE agent_spawns ADD COLUMN duration_ms REAL;
