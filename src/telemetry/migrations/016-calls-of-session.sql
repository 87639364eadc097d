-- The end of a session looks at the calls that it may have cut off, open or answered.
CREATE INDEX calls_of_session ON calls (session_id, ts)
	WHERE success IS NULL OR cut_off IS NOT NULL OR duration_from = 'transcript' OR error_class = 'interrupted';
