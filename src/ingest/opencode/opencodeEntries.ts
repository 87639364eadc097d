import type { TranscriptEntry } from "../transcripts/entry.ts";

/** Its words stand in a database, of which no document is made yet. */
export function opencodeEntries(): readonly TranscriptEntry[] {
	return [];
}
