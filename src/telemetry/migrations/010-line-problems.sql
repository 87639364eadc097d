-- Lines of transcripts that were not understood, or not in full, by file and kind.
CREATE TABLE line_problems (
	-- As in ingest_cursors.
	source TEXT NOT NULL,
	kind TEXT NOT NULL,
	lines INTEGER NOT NULL,
	PRIMARY KEY (source, kind)
) WITHOUT ROWID;
