/** Why a line was dropped, or not understood in full. */
export type LineProblem =
	| "not_json"
	| "not_an_object"
	| "unknown_version"
	| "unknown_event"
	| "unknown_type"
	| "unknown_parent"
	| "missing_field"
	| "wrong_type"
	| "no_time"
	| "line_too_long"
	| "cut_line"
	| LineNote;

/** What was repaired on a line that was kept. */
export type LineNote = (typeof LINE_NOTES)[number];

export const LINE_NOTES = ["id_shortened", "bad_timestamp", "bad_field"] as const;
