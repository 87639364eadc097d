import * as vscode from "vscode";
import { type FunctionPlace, offsetOfName, pathsBelow, placeOf } from "./functionFile.ts";

/** Shows the file that a function's id names, if the workspace has it, at the function. */
export async function openFunction(functionId: string): Promise<void> {
	const place = placeOf(functionId);
	const uri = place === null ? undefined : await findFile(place);
	if (place === null || uri === undefined) {
		void vscode.window.showInformationMessage("No folder of this workspace has that file.");
		return;
	}
	const document = await vscode.workspace.openTextDocument(uri);
	const position = document.positionAt(offsetOfName(document.getText(), place.name));
	await vscode.window.showTextDocument(document, {
		preview: true,
		selection: new vscode.Range(position, position),
	});
}

/** Never outside the folders of the workspace: the id may come from any program of the user. */
async function findFile(place: FunctionPlace): Promise<vscode.Uri | undefined> {
	for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
		for (const path of pathsBelow(uri.path.split("/"), place)) {
			const file = vscode.Uri.joinPath(uri, path);
			if (await isFile(file)) return file;
		}
	}
	return undefined;
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
	try {
		const { type } = await vscode.workspace.fs.stat(uri);
		return (type & vscode.FileType.File) !== 0;
	} catch {
		// Not there, or not to be read: either way nothing to open.
		return false;
	}
}
