import * as vscode from "vscode";
import { commands } from "../ids.ts";
import { readTranscriptLink, withTranscriptLinks } from "./reportLinks.ts";

/** The extension's id, in whose name links are opened. */
const EXTENSION = "agent-live-graph.agent-live-graph";

/** A report whose ids lead to the transcripts. */
export function linked(report: string): string {
	return withTranscriptLinks(report, `${vscode.env.uriScheme}://${EXTENSION}`);
}

/** Opens what a link of a report leads to; anything may ask for it, so nothing but ids is taken. */
export async function openTranscriptLink(uri: vscode.Uri): Promise<void> {
	const place = readTranscriptLink(uri);
	if (place === null) return;
	const name = place.agent === "" ? "session" : "agent";
	await vscode.commands.executeCommand(commands.openTranscript, { ...place, name });
}
