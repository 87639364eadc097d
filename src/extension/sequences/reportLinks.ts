import * as vscode from "vscode";
import { commands, DOCUMENT_SCHEME } from "../ids.ts";
import { reportIds } from "./reportIds.ts";

/** Makes of the ids in reports, as their text shows them, links to the transcripts. */
export function linkReports(): vscode.Disposable {
	return vscode.languages.registerDocumentLinkProvider(
		{ scheme: DOCUMENT_SCHEME },
		{
			provideDocumentLinks: (document) =>
				reportIds(document.getText()).map(({ line, start, length, ...place }) => {
					const argument = { ...place, name: place.agent === "" ? "session" : "agent" };
					const query = encodeURIComponent(JSON.stringify([argument]));
					const link = new vscode.DocumentLink(
						new vscode.Range(line, start, line, start + length),
						vscode.Uri.parse(`command:${commands.openTranscript}?${query}`),
					);
					link.tooltip = "Open Transcript";
					return link;
				}),
		},
	);
}
