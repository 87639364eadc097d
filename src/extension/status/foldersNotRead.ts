import { homedir } from "node:os";
import * as vscode from "vscode";
import { otherTranscriptFolders } from "../../ingest/places/otherFolders.ts";
import { formatCount } from "../../model/views/format.ts";
import { SETTINGS_SECTION, settings } from "../ids.ts";

const READ = "Read Them Too";

/** What is read of transcripts; null where nothing is to be. */
type ReadTranscripts = { readonly folders: readonly string[] } | null;

/** Folders with transcripts that are not read, while others are. */
export function foldersNotRead(transcripts: ReadTranscripts): string[] {
	if (transcripts === null) return [];
	return otherTranscriptFolders({ env: process.env, home: homedir(), read: transcripts.folders });
}

/** Tells of folders with transcripts that are not read, and adds them to the setting when asked to. */
export async function offerFolders(transcripts: ReadTranscripts): Promise<void> {
	const found = foldersNotRead(transcripts);
	if (found.length === 0) return;
	const text = `${formatCount(found.length, "more folder")} of transcripts: ${found.join(", ")}`;
	if ((await vscode.window.showInformationMessage(text, READ)) !== READ) return;
	const config = vscode.workspace.getConfiguration(SETTINGS_SECTION);
	const { globalValue } = config.inspect<unknown>(settings.transcriptsFolders) ?? {};
	const before = Array.isArray(globalValue) ? (globalValue as unknown[]) : [];
	const target = vscode.ConfigurationTarget.Global;
	await config.update(settings.transcriptsFolders, [...before, ...found], target);
}
