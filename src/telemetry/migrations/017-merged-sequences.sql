-- What the sequences come to: one row for each habit, which is what is shown.
CREATE TABLE merged_sequences (
	sequence_hash TEXT PRIMARY KEY,
	function_ids TEXT NOT NULL,
	length INTEGER NOT NULL,
	is_loop INTEGER NOT NULL,
	merged INTEGER NOT NULL,
	occurrences INTEGER NOT NULL,
	sessions INTEGER NOT NULL,
	success_rate REAL,
	mean_duration_ms REAL,
	lift REAL NOT NULL,
	first_ts INTEGER NOT NULL,
	last_ts INTEGER NOT NULL
) WITHOUT ROWID;
-- A search fills it: the next upkeep is due now.
DELETE FROM meta WHERE key = 'maintained_at';
