import * as vscode from "vscode";
import { Disposable } from "../disposable.ts";
import { DOCUMENT_SCHEME } from "../ids.ts";

/** Read-only Markdown documents made when they are opened, shown as a preview. */
export class Documents extends Disposable implements vscode.TextDocumentContentProvider {
	readonly #writers = new Map<string, () => string | Promise<string>>();
	readonly #onDidChange = this._register(new vscode.EventEmitter<vscode.Uri>());
	readonly onDidChange = this.#onDidChange.event;

	constructor() {
		super();
		this._register(vscode.workspace.registerTextDocumentContentProvider(DOCUMENT_SCHEME, this));
	}

	/** @param title also the name of the document's tab */
	add(title: string, write: () => string | Promise<string>): void {
		this.#writers.set(title, write);
	}

	/** Shows a document as it is now. */
	async show(title: string): Promise<void> {
		const uri = vscode.Uri.from({ scheme: DOCUMENT_SCHEME, path: `/${title}.md` });
		this.#onDidChange.fire(uri);
		await vscode.commands.executeCommand("markdown.showPreview", uri);
	}

	provideTextDocumentContent(uri: vscode.Uri): string | Promise<string> {
		return this.#writers.get(uri.path.slice(1, -".md".length))?.() ?? "";
	}
}
