import type { Pass } from "../../ingest/transcripts/port.ts";
import type { TelemetryStore } from "../storage/store.ts";

/** How the name of a transcript's cursor begins, one for each pass; its path follows. */
export const SOURCES: Readonly<Record<Pass, string>> = {
	events: "transcript:",
	facts: "facts:",
};

/** Nothing is derived of what was read so far. Must run inside a transaction. */
export function skipFacts(store: TelemetryStore): void {
	for (const cursor of store.cursors()) {
		if (!cursor.source.startsWith(SOURCES.events)) continue;
		const path = cursor.source.slice(SOURCES.events.length);
		store.writeCursor({ ...cursor, source: SOURCES.facts + path });
	}
}
