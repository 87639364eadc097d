-- Whose agents they are: until now there was one client.
ALTER TABLE sessions ADD COLUMN client TEXT NOT NULL DEFAULT 'claude-code';
ALTER TABLE agent_spawns ADD COLUMN client TEXT NOT NULL DEFAULT 'claude-code';
ALTER TABLE calls ADD COLUMN client TEXT NOT NULL DEFAULT 'claude-code';

-- Whose a transcript is, its path or its first line says: a cursor is known by the path alone.
UPDATE ingest_cursors SET source = 'transcript:' || substr(source, length('transcript:claude-code:') + 1)
	WHERE source LIKE 'transcript:claude-code:%';
