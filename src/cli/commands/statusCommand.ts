import { statSync } from "node:fs";
import { clientTitle } from "../../ingest/clients/clientIdentities.ts";
import { transcriptClients } from "../../ingest/clients/clients.ts";
import { readReceived } from "../../ingest/otlp/receivedFigures.ts";
import { otherTranscriptFolders } from "../../ingest/places/otherFolders.ts";
import { clientFiles } from "../../ingest/transcripts/clientsRead.ts";
import { clientCounts, clientRows } from "../../telemetry/queries/clientCounts.ts";
import {
	lastSessions,
	rowCounts,
	topFunctions,
	waitCount,
} from "../../telemetry/queries/queries.ts";
import { usageFacts } from "../../telemetry/queries/usageQueries.ts";
import { fileProblems } from "../../telemetry/sources/lineProblems.ts";
import { allTranscripts, begunTranscripts } from "../../telemetry/sources/transcriptLag.ts";
import { badLinesOf, linesSetAside } from "../../telemetry/storage/badLines.ts";
import { SnapshotFile } from "../../telemetry/storage/file/snapshotFile.ts";
import type { TelemetryStore } from "../../telemetry/storage/store.ts";
import {
	type Command,
	databaseOption,
	eventsFileOption,
	jsonOption,
	transcriptsOptions,
	UsageError,
} from "../command.ts";
import type { CliContext } from "../context.ts";
import { openToRead } from "../database.ts";
import { databaseFileOf, eventsFileOf, transcriptFoldersOf } from "../paths.ts";
import { type StatusReport, statusText } from "../savedStatusText.ts";

const TOP = "20";

export const statusCommand: Command = {
	name: "status",
	summary: "Prints what the database holds as it was last saved",
	options: {
		db: databaseOption,
		"events-file": eventsFileOption,
		...transcriptsOptions,
		top: { type: "string", value: "N", help: `functions listed, most called first (${TOP})` },
		json: jsonOption,
	},

	async run(values, context) {
		const top = countOf(values.top ?? TOP);
		const file = new SnapshotFile(databaseFileOf(values, context));
		const folders = transcriptFoldersOf(values, context, true);
		const store = await openToRead(file.read(), context);
		const report: StatusReport = {
			databaseFile: file.path,
			databaseBytes: file.size,
			calls: Number(store.first("SELECT total(calls) FROM function_totals")?.[0]),
			logs: logsOf(store),
			foldersNotRead: foldersNotRead(folders, context),
			transcripts: await transcriptsOf(store, folders),
			transcriptProblems: fileProblems(store),
			rows: rowCounts(store),
			badLines: Object.entries(badLinesOf(store)).map(([kind, count]) => ({ kind, count })),
			setAside: linesSetAside(store),
			topFunctions: topFunctions(store, top),
			sessions: lastSessions(store),
			usage: usageFacts(store, context.now()),
			clients: clientRows(
				await clientFiles(transcriptClients(), folders, begunTranscripts(store)),
				clientCounts(store),
				fileProblems(store),
				clientTitle,
			),
			waits: waitCount(store),
			received: readReceived(eventsFileOf(values, context)),
		};
		store.close();
		context.print(
			values.json ? JSON.stringify(report, null, "\t") : statusText(report, context.now()),
		);
	},
};

function countOf(value: string | boolean): number {
	if (typeof value !== "string" || !/^\d{1,9}$/.test(value)) {
		throw new UsageError(`--top needs a whole number, not ${JSON.stringify(value)}`);
	}
	return Number(value);
}

function logsOf(store: TelemetryStore): StatusReport["logs"] {
	const cursors = store.all<{ source: string; ingestedBytes: number }>(
		`SELECT source, byte_offset AS ingestedBytes FROM ingest_cursors WHERE source LIKE 'events:%' ORDER BY source`,
	);
	return cursors.map((cursor) => {
		const file = cursor.source.slice(cursor.source.indexOf(":") + 1);
		const size = statSync(file, { throwIfNoEntry: false })?.size;
		const lagBytes = size === undefined ? null : Math.max(0, size - cursor.ingestedBytes);
		return { ...cursor, lagBytes };
	});
}

/** Where none are asked for, none are looked for. */
function foldersNotRead(read: readonly string[], { env, home }: CliContext): string[] {
	return read.length === 0 ? [] : otherTranscriptFolders({ env, home, read });
}

async function transcriptsOf(
	store: TelemetryStore,
	folders: readonly string[],
): Promise<StatusReport["transcripts"]> {
	const wanted = { clients: transcriptClients(), folders, modifiedSince: 0 };
	const { files, bytesDone, bytesTotal } = await allTranscripts(store, wanted);
	if (files === 0) return null;
	return { files, ingestedBytes: bytesDone, lagBytes: bytesTotal - bytesDone };
}
