import * as path from "node:path";
import { sessionPage } from "../../../live/export/sessionPage.ts";
import { REAP_AFTER_MS } from "../../../live/liveFeed.ts";
import { readHere } from "../../../live/reading/readHere.ts";
import { recordSession } from "../../../live/recording/recordSession.ts";
import { wholeRecording } from "../../../live/recording/wholeRecording.ts";
import { makeSessionExport } from "../../../model/recording/sessionExport.ts";
import { CliFailure, type OptionValues, UsageError } from "../../command.ts";
import type { CliContext } from "../../context.ts";
import { readableEventsFileOf, transcriptFoldersOf } from "../../paths.ts";

/** Prints a session as JSON, or as one HTML page with graph, timeline and replay. */
export async function exportSession(values: OptionValues, context: CliContext): Promise<void> {
	const { session, format = "json" } = values;
	if (typeof session !== "string") throw new UsageError("export needs --session ID");
	if (format !== "json" && format !== "html") throw new UsageError("--format is html or json");
	const transcriptFolders = transcriptFoldersOf(values, context, false);
	const isLogRead = values.transcripts === undefined || values["events-file"] !== undefined;
	const eventsFile = isLogRead ? readableEventsFileOf(values, context, transcriptFolders) : "";
	const sources = { eventsFile, transcriptFolders, startReading: readHere, isFollowing: false };
	const recording = await wholeRecording(session, (id, tell) =>
		recordSession({ ...sources, session: id }, tell),
	);
	if (recording.events.length === 0) throw new CliFailure(`nothing tells of session ${session}`);
	const options = { now: context.now(), silenceMs: REAP_AFTER_MS, prompt: null };
	const made = makeSessionExport(recording, options);
	const webview = path.join(context.programFolder, "webview");
	const text =
		format === "json" ? JSON.stringify(made, null, "\t") : await sessionPage(made, webview);
	context.print(text);
}
