-- Functions of source files, as the last snapshot found them.

-- Id of the file's content in git, by which a version can be shown again; null where it is not known.
ALTER TABLE function_versions ADD COLUMN git_blob TEXT;
-- The function that a copy equals; of rows with the source copy_detected only.
ALTER TABLE function_versions ADD COLUMN copy_of TEXT;

CREATE TABLE indexed_files (
	-- Absolute.
	path TEXT PRIMARY KEY,
	-- Top folder of its repository.
	root TEXT NOT NULL,
	size INTEGER NOT NULL,
	mtime_ms REAL NOT NULL,
	indexed_at INTEGER NOT NULL,
	blob TEXT NOT NULL,
	-- JSON: [name, hash, first line, last line, statements] of each function.
	functions TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX indexed_files_by_root ON indexed_files (root);
CREATE INDEX code_writes_by_function ON code_writes (function_id, ts) WHERE function_id IS NOT NULL;
