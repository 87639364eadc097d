import * as vscode from "vscode";
import { DOCUMENT_SCHEME } from "../ids.ts";
import type { Documents } from "../status/documents.ts";
import { requireTrust } from "../trust.ts";
import type { SkillDialogs } from "./writeSkill.ts";

/** The dialogs as VS Code shows them: a list, a box for the name, a preview and a question. */
export class VsSkillDialogs implements SkillDialogs<vscode.WorkspaceFolder> {
	readonly #documents: Documents;

	constructor(documents: Documents) {
		this.#documents = documents;
	}

	/** @throws Error without a folder, and in a workspace that is not trusted */
	async chooseFolder(): Promise<vscode.WorkspaceFolder | undefined> {
		requireTrust();
		const [folder, ...others] = vscode.workspace.workspaceFolders ?? [];
		if (folder === undefined) throw new Error("no folder is open to write it into");
		return others.length === 0 ? folder : vscode.window.showWorkspaceFolderPick();
	}

	async askName(
		value: string,
		problemOf: (name: string) => string | null,
	): Promise<string | undefined> {
		return vscode.window.showInputBox({ prompt: "Name", value, validateInput: problemOf });
	}

	async read(folder: vscode.WorkspaceFolder, path: string): Promise<string | null> {
		try {
			return new TextDecoder().decode(await vscode.workspace.fs.readFile(uriOf(folder, path)));
		} catch (error) {
			if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") return null;
			throw error;
		}
	}

	async confirm(
		folder: vscode.WorkspaceFolder,
		path: string,
		before: string | null,
		after: string,
	): Promise<boolean> {
		const title = `Preview of ${path.replace(/\.md$/, "")}`;
		this.#documents.add(title, () => after);
		const preview = vscode.Uri.from({ scheme: DOCUMENT_SCHEME, path: `/${title}.md` });
		// A question that is not modal: what it asks about has to be looked at.
		if (before === null) {
			await vscode.window.showTextDocument(preview, { preview: true });
			return is(
				"Write",
				await vscode.window.showInformationMessage(`Write ${path}?`, "Write", "Cancel"),
			);
		}
		await vscode.commands.executeCommand("vscode.diff", uriOf(folder, path), preview, title);
		const question = `${path} is there already. Replace it?`;
		return is("Replace", await vscode.window.showWarningMessage(question, "Replace", "Cancel"));
	}

	async write(folder: vscode.WorkspaceFolder, path: string, text: string): Promise<void> {
		const uri = uriOf(folder, path);
		await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
		await vscode.window.showTextDocument(uri);
	}
}

function uriOf({ uri }: vscode.WorkspaceFolder, path: string): vscode.Uri {
	return vscode.Uri.joinPath(uri, ...path.split("/"));
}

function is(wanted: string, answer: string | undefined): boolean {
	return answer === wanted;
}
