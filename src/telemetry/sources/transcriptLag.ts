import { statSync } from "node:fs";
import { readUpTo } from "../../ingest/tailedFile.ts";
import type { FollowerStatus } from "../../ingest/transcripts/transcriptFollower.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { SOURCES } from "./passCursors.ts";

/**
 * How far another process has brought transcripts into the database, as far as the database tells:
 * files that it has not begun yet are not in it.
 *
 * @returns null when it has begun none
 */
export function transcriptsRead(store: TelemetryStore): FollowerStatus | null {
	let files = 0;
	let bytesDone = 0;
	let bytesTotal = 0;
	for (const { source, fileIdentity, byteOffset } of store.cursors()) {
		if (!source.startsWith(SOURCES.events)) continue;
		const path = source.slice(SOURCES.events.length);
		const size = statSync(path, { throwIfNoEntry: false })?.size;
		if (size === undefined) continue;
		files++;
		bytesDone += Math.min(readUpTo({ identity: fileIdentity, offset: byteOffset }), size);
		bytesTotal += size;
	}
	if (files === 0) return null;
	return {
		files,
		bytesDone,
		bytesTotal,
		unreadable: 0,
		isReadingHistory: false,
		isHistoryStopped: false,
		isWatching: false,
	};
}
