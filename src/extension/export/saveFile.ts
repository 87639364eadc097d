import { homedir } from "node:os";
import * as vscode from "vscode";
import { formatDateTime } from "../../model/views/format.ts";

/** Names that some system does not allow in a file's name. */
const NOT_IN_NAMES = /[^\p{L}\p{N} ._-]+/gu;
const LONGEST_NAME = 60;

/**
 * Asks where a file is to be saved, proposing a name: "agent-live-graph 2026-03-05 14.07 billing.svg".
 *
 * @param title of the dialog
 * @param about what stands in the name beside the time; empty for nothing
 * @param filters endings by what they are called, the proposed one first
 */
export async function askWhere(
	title: string,
	about: string,
	filters: Readonly<Record<string, readonly [string, ...string[]]>>,
): Promise<vscode.Uri | undefined> {
	const ending = Object.values(filters)[0]?.[0] ?? "";
	const now = formatDateTime(Date.now()).slice(0, 16).replaceAll(":", ".");
	const name = [
		"agent-live-graph",
		now,
		about.replace(NOT_IN_NAMES, " ").slice(0, LONGEST_NAME).trim(),
	];
	const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
	return vscode.window.showSaveDialog({
		title,
		filters: Object.fromEntries(Object.entries(filters).map(([name, all]) => [name, [...all]])),
		defaultUri: vscode.Uri.joinPath(folder, `${name.filter(Boolean).join(" ")}.${ending}`),
	});
}

/** Writes what was exported, and offers to open it. */
export async function saveExport(file: vscode.Uri, data: string | Uint8Array): Promise<void> {
	const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
	await vscode.workspace.fs.writeFile(file, bytes);
	const name = file.path.slice(file.path.lastIndexOf("/") + 1);
	const shown = vscode.window.showInformationMessage(`Saved ${name}.`, "Open");
	void shown.then((choice) => choice !== undefined && open(file));
}

/** A page belongs into a browser, all else into an editor. */
function open(file: vscode.Uri): Thenable<unknown> {
	if (file.path.endsWith(".html")) return vscode.env.openExternal(file);
	return vscode.commands.executeCommand("vscode.open", file);
}
