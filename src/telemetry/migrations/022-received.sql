-- Who told of a message: null its client's transcript, `otlp` what the client sends by itself, which counts
-- as long as no transcript tells of its session, `program` another program that paid a model.
ALTER TABLE messages ADD COLUMN told_by TEXT;
CREATE INDEX messages_received ON messages (session_id) WHERE told_by = 'otlp';
