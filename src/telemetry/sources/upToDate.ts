import { keptSince } from "../storage/retention.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { lagOf } from "./logLag.ts";
import type { SourceSettings } from "./sources.ts";
import { transcriptLag } from "./transcriptLag.ts";

/** Whether a database holds what log and transcripts hold now. @param now ms since the epoch */
export async function isUpToDate(
	store: TelemetryStore,
	settings: SourceSettings,
	now: number,
): Promise<boolean> {
	const { eventsFile, clients = [], transcriptFolders: folders = [], retentionDays } = settings;
	if (lagOf(store, eventsFile).lagBytes > 0) return false;
	const modifiedSince = keptSince(retentionDays, now);
	const { bytesDone, bytesTotal } = await transcriptLag(store, { clients, folders, modifiedSince });
	return bytesDone >= bytesTotal;
}
