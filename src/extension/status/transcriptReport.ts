import { clientAt } from "../../ingest/clients/clientIdentities.ts";
import type { FollowerStatus } from "../../ingest/transcripts/transcriptFollower.ts";
import type { EventStats } from "../../model/events/eventStats.ts";
import { formatCount, formatDuration } from "../../model/views/format.ts";
import { code, table } from "../reportMarkdown.ts";

/** How the live graph stands with the client's transcripts. */
export interface TranscriptFacts {
	readonly folders: readonly string[];
	/** null before the first file was looked for. */
	readonly status: FollowerStatus | null;
	/** Why nothing is read any more; empty while all is well. */
	readonly error: string;
}

/**
 * The section of Show Status about what the live graph reads of transcripts, as Markdown.
 *
 * @param facts null where transcripts are not read
 * @param now ms since the epoch
 * @param notRead folders with transcripts that are not read
 */
export function transcriptReport(
	facts: TranscriptFacts | null,
	{ transcripts, transcriptProblems }: EventStats,
	now: number,
	notRead: readonly string[] = [],
): string {
	const head = "## Transcripts\n";
	if (facts === null) {
		return `${head}\nNot read: \`agentLiveGraph.transcripts.enabled\` is off.\n`;
	}
	const { folders, status, error } = facts;
	const bad = [...transcriptProblems].map(([kind, count]) => `${kind} × ${count}`).join(", ");
	const age = transcripts.lastAt === 0 ? "–" : formatDuration(now - transcripts.lastAt);
	return [
		head,
		table(
			["", ""],
			[
				...folders.map((folder) => [clientAt(folder)?.title ?? "folder", code(folder)]),
				...notRead.map((folder) => ["found, but not read", code(folder)]),
				["of the last 24 h", status === null ? "looking" : formatCount(status.files, "transcript")],
				["read", status === null ? "–" : readSoFar(status)],
				["news are found", status?.isWatching === false ? "by a scan every 2 s" : "at once"],
				["cannot be read", String(status?.unreadable ?? 0)],
				["bad lines", bad === "" ? "0" : code(bad)],
				["age of the last event", age],
			],
		),
		error === "" ? "" : `\nReading ended: ${code(error)}. Reload the window to begin again.\n`,
	].join("\n");
}

function readSoFar({ bytesDone, bytesTotal, isReadingHistory }: FollowerStatus): string {
	const read = `${formatCount(bytesDone, "byte")} of ${formatCount(bytesTotal, "byte")}`;
	return isReadingHistory ? `${read}, going on` : read;
}
