-- Facts have places of their own: transcripts were read for both in one before.
INSERT OR IGNORE INTO ingest_cursors (source, file_identity, byte_offset)
	SELECT 'facts:' || substr(source, length('transcript:') + 1), file_identity, byte_offset
	FROM ingest_cursors WHERE source LIKE 'transcript:%';
