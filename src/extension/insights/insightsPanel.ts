import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { queryOf, restoredView } from "../../insights/insightsView.ts";
import {
	CHART_ENDINGS,
	type ChartType,
	type InsightQuestion,
	type InsightsHostMessage,
	type InsightsPageMessage,
	type InsightsSource,
	type ProposalAction,
} from "../../protocol/insightsMessages.ts";
import { parseInsightsMessage } from "../../protocol/insightsPageMessage.ts";
import { assertNever } from "../../protocol/messages.ts";
import { pageHtml } from "../../protocol/pageHtml.ts";
import { Disposable } from "../disposable.ts";
import { askWhere, saveExport } from "../export/saveFile.ts";
import { INSIGHTS_VIEW_TYPE } from "../ids.ts";

const VIEW_KEY = "agentLiveGraph.insightsView";
/** What the page of figures needs of the extension around it. */
export interface InsightsHost {
	readonly extensionUri: vscode.Uri;
	readonly log: vscode.LogOutputChannel;
	readonly answers: InsightsSource;
	readonly memory: vscode.Memento;
	/** What figures since a time need will be asked for, ms since the epoch. */
	readAhead(from: number): void;
	openSession(session: string): Promise<void>;
	openSequence(hash: string): Promise<void>;
	actOnProposal(hash: string, action: ProposalAction): Promise<void>;
	openCall(session: string, agent: string | null, call: string): Promise<void>;
	openFunction(functionId: string): Promise<void>;
	compareVersions(functionId: string): Promise<void>;
}

/** The page of figures in the editor: there is one at most. */
export class InsightsPanel extends Disposable {
	readonly #panel: vscode.WebviewPanel;
	readonly #host: InsightsHost;
	readonly #onDidDispose = this._register(new vscode.EventEmitter<void>());
	readonly onDidDispose = this.#onDidDispose.event;

	constructor(host: InsightsHost) {
		super();
		this.#host = host;
		// What takes longest is read while the page is loaded.
		host.readAhead(queryOf(restoredView(this.#view), Date.now()).from);
		const folder = vscode.Uri.joinPath(host.extensionUri, "dist", "webview");
		this.#panel = vscode.window.createWebviewPanel(
			INSIGHTS_VIEW_TYPE,
			"Insights",
			vscode.ViewColumn.Active,
			{ enableScripts: true, localResourceRoots: [folder], retainContextWhenHidden: true },
		);
		const { webview } = this.#panel;
		const uriOf = (name: string): string =>
			webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
		this._register(
			this.#panel.onDidDispose(() => {
				this.#onDidDispose.fire();
				super.dispose();
			}),
		);
		this._register(webview.onDidReceiveMessage((raw) => this.#received(raw)));
		this._register({ dispose: host.answers.listen(() => this.#post({ type: "changed" })) });
		this.#panel.iconPath = vscode.Uri.joinPath(host.extensionUri, "media", "icon.png");
		webview.html = pageHtml({
			nonce: randomBytes(18).toString("base64"),
			cspSource: webview.cspSource,
			scriptUris: [uriOf("insights.js")],
			styleUri: uriOf("insightsStyle.css"),
			drawsFiles: true,
		});
	}

	/** What the page last said that it shows. */
	get #view(): unknown {
		return this.#host.memory.get(VIEW_KEY);
	}

	reveal(): void {
		this.#panel.reveal(undefined, false);
	}

	override dispose(): void {
		super.dispose();
		this.#panel.dispose();
	}

	#received(raw: unknown): void {
		const message = parseInsightsMessage(raw);
		if (message === null) {
			this.#host.log.warn("The page of figures sent a message that is not part of the protocol.");
			return;
		}
		void this.#act(message).catch((error: unknown) => {
			const text = error instanceof Error ? error.message : String(error);
			this.#host.log.error(`Insights: ${text}`);
			void vscode.window.showErrorMessage(`Agent Live Graph could not do this: ${text}`);
		});
	}

	async #act(message: InsightsPageMessage): Promise<void> {
		switch (message.type) {
			case "ready":
				this.#post({ type: "settings", canOpen: true, view: this.#view });
				break;
			case "ask":
				await this.#answer(message.id, message.question);
				break;
			case "openSession":
				await this.#host.openSession(message.session);
				break;
			case "openCall":
				await this.#host.openCall(message.session, message.agent, message.call);
				break;
			case "openFunction":
				await this.#host.openFunction(message.functionId);
				break;
			case "compareVersions":
				await this.#host.compareVersions(message.functionId);
				break;
			case "openSequence":
				await this.#host.openSequence(message.hash);
				break;
			case "proposal":
				await this.#host.actOnProposal(message.hash, message.action);
				this.#post({ type: "changed" });
				break;
			case "remember":
				await this.#host.memory.update(VIEW_KEY, message.view);
				break;
			case "save":
				await save(message.mime, message.name, message.data);
				break;
			case "clientError":
				this.#host.log.error(`Insights: ${message.message}`);
				break;
			default:
				assertNever(message);
		}
	}

	/** A question that cannot be answered is told so: the page says it in place. */
	async #answer(id: number, question: InsightQuestion): Promise<void> {
		try {
			this.#post({ type: "answer", id, value: await this.#host.answers.answer(question) });
		} catch (error) {
			const text = error instanceof Error ? error.message : String(error);
			this.#post({ type: "failed", id, message: text });
		}
	}

	/** Not awaited: the promise of a page that goes away meanwhile may never settle. */
	#post(message: InsightsHostMessage): void {
		void this.#panel.webview.postMessage(message);
	}
}

/** Where to, the user says. */
async function save(mime: ChartType, name: string, data: string): Promise<void> {
	const ending = CHART_ENDINGS[mime];
	const file = await askWhere("Save Chart", name, { [ending.toUpperCase()]: [ending] });
	if (file !== undefined) {
		await saveExport(file, mime === "image/png" ? Buffer.from(data, "base64") : data);
	}
}
