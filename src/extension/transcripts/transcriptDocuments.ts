import * as vscode from "vscode";
import type { Heading, TranscriptDocument } from "../../transcripts/document.ts";
import { findTranscript } from "../../transcripts/findTranscript.ts";
import {
	beginningOf,
	callTextOf,
	fileOf,
	NOT_TOLD,
	readTranscript,
	reasonOf,
	type SessionBeginning,
} from "../../transcripts/readTranscript.ts";
import { searchPrompts } from "../../transcripts/searchPrompts.ts";
import { Disposable } from "../disposable.ts";
import { TRANSCRIPT_SCHEME } from "../ids.ts";
import { ownerOf, type TranscriptAddress, transcriptUri } from "./transcriptAddress.ts";

/** Reading that is over sooner shows no progress, ms. */
const PATIENCE_MS = 700;
/** An editor asks what can be folded only a while after it was opened, and says nothing of it, ms. */
const FOLDABLE_AFTER_MS = 400;
/** Parts that are folded at first; more would take longer than they save. */
const MAX_FOLDS = 2000;

/** What the documents need of the extension around them. */
interface TranscriptHost {
	/** Folders in which clients keep transcripts, absolute. */
	readonly folders: () => readonly string[];
	/** A document is no longer what it was; who provides it is registered before all this is loaded. */
	readonly changed: (uri: vscode.Uri) => void;
}

/**
 * Transcripts as read-only documents. They are made from the client's own file whenever one is opened,
 * and are gone with their tab.
 */
export class TranscriptDocuments
	extends Disposable
	implements vscode.FoldingRangeProvider, vscode.DocumentSymbolProvider
{
	readonly #host: TranscriptHost;
	readonly #documents = new Map<string, TranscriptDocument>();
	readonly #heading = this._register(
		vscode.window.createTextEditorDecorationType({ isWholeLine: true, fontWeight: "bold" }),
	);
	readonly #failure = this._register(
		vscode.window.createTextEditorDecorationType({
			isWholeLine: true,
			color: new vscode.ThemeColor("errorForeground"),
			overviewRulerColor: new vscode.ThemeColor("errorForeground"),
		}),
	);

	constructor(host: TranscriptHost) {
		super();
		this.#host = host;
		const { languages, workspace, window } = vscode;
		const scheme = { scheme: TRANSCRIPT_SCHEME };
		this._register(languages.registerFoldingRangeProvider(scheme, this));
		this._register(languages.registerDocumentSymbolProvider(scheme, this));
		this._register(window.onDidChangeVisibleTextEditors((all) => all.forEach(this.#decorate)));
		this._register(workspace.onDidCloseTextDocument(({ uri }) => this.#closed(uri.toString())));
	}

	/**
	 * Opens a transcript as it is now, at a call if it is in it.
	 *
	 * @param addresses the first one that leads to a transcript counts
	 */
	async open(addresses: readonly TranscriptAddress[]): Promise<void> {
		for (const address of addresses) {
			const uri = transcriptUri(address);
			const document = uri === null ? null : await this.#read(uri, address);
			if (document === undefined) return;
			if (uri === null || document === null) continue;
			this.#documents.set(uri.toString(), document);
			this.#host.changed(uri);
			const opened = await vscode.workspace.openTextDocument(uri);
			const editor = await vscode.window.showTextDocument(opened, { preview: true });
			this.#decorate(editor);
			await this.#show(editor, document, address);
			return;
		}
		const who = addresses[0]?.name ?? "this agent";
		void vscode.window.showInformationMessage(
			`There is no transcript of ${who}: only hooks told of it, or its client has removed the file, as clients do after some weeks.`,
		);
	}

	/** Whether there is a transcript of a session. */
	async has(session: string): Promise<boolean> {
		return (await findTranscript(this.#host.folders(), { session, agent: "" })) !== null;
	}

	/** The file that the call of an address names; null where none does, or no transcript tells. */
	async fileOf(address: TranscriptAddress): Promise<string | null> {
		const request = { ...address, folders: this.#host.folders() };
		return await fileOf(request, address.call);
	}

	/** What the call of an address asked for; null where no transcript tells. */
	async callTextOf(address: TranscriptAddress): Promise<string | null> {
		if (transcriptUri(address) === null) return null;
		return await callTextOf({ ...address, folders: this.#host.folders() }, address.call);
	}

	/** How a session began, as its transcript tells. */
	async beginningOf(session: string): Promise<SessionBeginning> {
		const address = { session, agent: "", call: "", name: "" };
		if (transcriptUri(address) === null) return NOT_TOLD;
		return await beginningOf({ ...address, folders: this.#host.folders() });
	}

	/** Which of some sessions were asked something, one after the other. */
	search(sessions: readonly string[], text: string, signal: AbortSignal) {
		return searchPrompts({ folders: this.#host.folders(), sessions, text, signal });
	}

	/** Why a call failed, or, without one, what was said last; null where no transcript tells. */
	async reasonOf(address: TranscriptAddress): Promise<string | null> {
		if (transcriptUri(address) === null) return null;
		const request = { ...address, folders: this.#host.folders() };
		return await reasonOf(request, address.call);
	}

	async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
		const known = this.#documents.get(uri.toString());
		if (known !== undefined) return known.text;
		// A tab that was open when the window was closed.
		const read = await this.#start(uri, { ...ownerOf(uri), name: "", call: "" });
		if (read === null) return "The transcript is no longer there.";
		this.#documents.set(uri.toString(), read);
		return read.text;
	}

	provideFoldingRanges({ uri }: vscode.TextDocument): vscode.FoldingRange[] {
		const { headings = [] } = this.#documents.get(uri.toString()) ?? {};
		return headings
			.filter(({ line, endLine }) => endLine > line)
			.map(({ line, endLine }) => new vscode.FoldingRange(line, endLine));
	}

	provideDocumentSymbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
		const { headings = [] } = this.#documents.get(document.uri.toString()) ?? {};
		return headings
			.filter(({ kind }) => kind === "prompt" || kind === "call")
			.map(({ title, kind, line, endLine }) => {
				const range = new vscode.Range(line, 0, endLine, 0);
				const symbol = kind === "call" ? vscode.SymbolKind.Function : vscode.SymbolKind.String;
				return new vscode.DocumentSymbol(
					title,
					"",
					symbol,
					range,
					new vscode.Range(line, 0, line, 0),
				);
			});
	}

	/** An editor tells late that it closed a document, which may have been opened again by then. */
	#closed(uri: string): void {
		const isOpen = vscode.workspace.textDocuments.some((each) => each.uri.toString() === uri);
		if (!isOpen) this.#documents.delete(uri);
	}

	/** @returns null where there is none, undefined when the user no longer wants it */
	async #read(
		uri: vscode.Uri,
		address: TranscriptAddress,
	): Promise<TranscriptDocument | null | undefined> {
		const abort = new AbortController();
		const reading = this.#start(uri, address, abort.signal);
		const isSlow = await Promise.race([
			reading.then(() => false),
			new Promise<true>((resolve) => setTimeout(() => resolve(true), PATIENCE_MS)),
		]);
		if (!isSlow) return await reading;
		const options = {
			location: vscode.ProgressLocation.Notification,
			title: "Reading the transcript",
			cancellable: true,
		};
		return await vscode.window.withProgress(options, async (_progress, token) => {
			token.onCancellationRequested(() => abort.abort());
			try {
				return await reading;
			} catch (error) {
				if (abort.signal.aborted) return undefined;
				throw error;
			}
		});
	}

	#start(
		uri: vscode.Uri,
		{ name, call }: Pick<TranscriptAddress, "name" | "call">,
		signal?: AbortSignal,
	): Promise<TranscriptDocument | null> {
		const owner = ownerOf(uri);
		const who = owner.agent === "" ? "session" : `${name || "agent"} ${owner.agent} of session`;
		const request = { ...owner, folders: this.#host.folders(), ...(signal && { signal }) };
		return readTranscript(request, {
			title: `Transcript of ${who} ${owner.session}`,
			call,
		});
	}

	async #show(
		editor: vscode.TextEditor,
		{ headings, lines }: TranscriptDocument,
		{ call, isOver = false }: TranscriptAddress,
	): Promise<void> {
		const end = isOver ? 0 : Math.max(0, editor.document.lineCount - 1);
		const line = lines.get(call) ?? end;
		const { AtTop, Default } = vscode.TextEditorRevealType;
		const where = line === end ? Default : AtTop;
		const isWanted = ({ line: first, endLine }: Heading) => first <= line && line <= endLine;
		const folds = headings.filter((each) => each.isLong && !isWanted(each)).slice(-MAX_FOLDS);
		const at = new vscode.Position(line, 0);
		editor.selection = new vscode.Selection(at, at);
		editor.revealRange(new vscode.Range(at, at), where);
		if (folds.length === 0) return;
		await new Promise((resolve) => setTimeout(resolve, FOLDABLE_AFTER_MS));
		if (vscode.window.activeTextEditor !== editor) return;
		const selectionLines = folds.map((heading) => heading.line);
		await vscode.commands.executeCommand("editor.fold", { selectionLines, levels: 1 });
		editor.revealRange(new vscode.Range(at, at), where);
	}

	readonly #decorate = (editor: vscode.TextEditor): void => {
		const { headings } = this.#documents.get(editor.document.uri.toString()) ?? {};
		if (headings === undefined) return;
		const rangeOf = ({ line }: Heading) => new vscode.Range(line, 0, line, 0);
		editor.setDecorations(this.#heading, headings.map(rangeOf));
		editor.setDecorations(this.#failure, headings.filter((each) => each.isFailure).map(rangeOf));
	};
}
