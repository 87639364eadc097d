-- Which source a call's duration comes from: a hook's beats a transcript's.
ALTER TABLE calls ADD COLUMN duration_from TEXT
	CHECK (duration_from IN ('hook', 'transcript'));

UPDATE calls SET duration_from = 'hook' WHERE duration_ms IS NOT NULL;
