import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { GraphFeed } from "../../live/graphFeed.ts";
import { PageRecording } from "../../live/recording/pageRecording.ts";
import { nodeDetail } from "../../model/graph/told/nodeDetail.ts";
import { sessionSummary } from "../../model/graph/told/sessionSummary.ts";
import {
	type AgentIds,
	assertNever,
	type HostMessage,
	type PageMessage,
	type PanelAction,
	PROTOCOL_VERSION,
	type ViewFormat,
} from "../../protocol/messages.ts";
import { pageHtml } from "../../protocol/pageHtml.ts";
import { parsePageMessage } from "../../protocol/pageMessage.ts";
import { Disposable } from "../disposable.ts";

/** What a panel needs of the extension around it. */
export interface PanelHost {
	readonly extensionUri: vscode.Uri;
	readonly log: vscode.LogOutputChannel;
	invoke(action: PanelAction): void;
	copyId(id: string): void;
	/** Opens the transcript of an agent, at a call of it. */
	openTranscript(agent: AgentIds, call: string | null): void;
	/** Opens the file that a call of an agent touched. */
	openFile(agent: AgentIds, call: string): void;
	/** Saves a picture where the user wants it; one in PNG comes as base64. */
	saveView(format: ViewFormat, data: string): void;
	/** Exports a session of a feed; null for one that is asked for. */
	exportSession(feed: GraphFeed, session: string | null): void;
	/** Why a call of an agent failed, or, without one, the agent; null where no transcript tells. */
	reasonOf(agent: AgentIds, call: string | null): Promise<string | null>;
}

/**
 * The host's side of one panel. The host owns the truth: a page that becomes visible gets a whole
 * snapshot, a visible one gets patches, a hidden one gets nothing.
 */
export class GraphPanel extends Disposable {
	readonly #panel: vscode.WebviewPanel;
	readonly #feed: GraphFeed;
	readonly #host: PanelHost;
	readonly #onDidDispose = this._register(new vscode.EventEmitter<void>());
	readonly onDidDispose = this.#onDidDispose.event;
	readonly #recording: PageRecording;
	#isReady = false;
	#seq = 0;
	#selected: string | null = null;
	/** Wanted while the page could not be told yet: the last of each kind. */
	readonly #pending = new Map<HostMessage["type"], HostMessage>();

	constructor(panel: vscode.WebviewPanel, feed: GraphFeed, host: PanelHost) {
		super();
		this.#panel = panel;
		this.#feed = feed;
		this.#host = host;
		this.#recording = new PageRecording(feed, (message) => this.#post(message));
		this._register({ dispose: () => this.#recording.want(null) });
		this._register(panel.onDidDispose(() => this.#gone()));
		this._register(panel.onDidChangeViewState(() => this.#visibilityChanged()));
		this._register(panel.webview.onDidReceiveMessage((raw) => this.#received(raw)));
		const stop = feed.listen({
			patch: (patch) => this.#patched(patch),
			reset: () => this.#sendSnapshot(),
			status: (status) => this.#post({ type: "status", status }),
			settings: (settings) => this.#post({ type: "settings", settings }),
		});
		this._register({ dispose: stop });
		panel.iconPath = vscode.Uri.joinPath(host.extensionUri, "media", "icon.png");
		this.#load();
	}

	get isReady(): boolean {
		return this.#isReady;
	}

	reveal(): void {
		this.#panel.reveal(undefined, false);
	}

	select(key: string): void {
		this.#postOnceReady({ type: "select", id: key, reveal: true });
	}

	/** Dims all nodes but these, until Escape is pressed; null dims none. */
	highlight(keys: readonly string[] | null): void {
		this.#postOnceReady({ type: "highlight", keys });
	}

	/** Asks the page for its picture, which it hands over to be saved. */
	exportView(format: ViewFormat): void {
		this.#postOnceReady({ type: "exportView", format });
	}

	/** @param key of a node of the session; null for one that is asked for */
	exportSession(key: string | null): void {
		const session = key === null ? null : this.#feed.shown.sessionOf(key);
		this.#host.exportSession(this.#feed, session);
	}

	/** Whether it is the editor that the user is in. */
	get isActive(): boolean {
		return this.#panel.active;
	}

	override dispose(): void {
		super.dispose();
		this.#panel.dispose();
	}

	#load(): void {
		const { webview } = this.#panel;
		const folder = vscode.Uri.joinPath(this.#host.extensionUri, "dist", "webview");
		// Set anew on a restore too: the saved roots name the folder of the version before.
		webview.options = { enableScripts: true, localResourceRoots: [folder] };
		webview.html = pageHtml({
			nonce: randomBytes(18).toString("base64"),
			cspSource: webview.cspSource,
			scriptUris: [webview.asWebviewUri(vscode.Uri.joinPath(folder, "main.js")).toString()],
			styleUri: webview.asWebviewUri(vscode.Uri.joinPath(folder, "style.css")).toString(),
		});
	}

	#gone(): void {
		this.#onDidDispose.fire();
		super.dispose();
	}

	/** A hidden page is torn down by VS Code; it reports ready again when it is shown again. */
	#visibilityChanged(): void {
		if (this.#panel.visible) return;
		this.#isReady = false;
		this.#recording.want(null);
	}

	#received(raw: unknown): void {
		const message = parsePageMessage(raw);
		if (message === null) {
			this.#host.log.warn("The panel sent a message that is not part of the protocol.");
			return;
		}
		this.#act(message);
	}

	#act(message: PageMessage): void {
		switch (message.type) {
			case "ready":
				this.#begin(message.protocol);
				break;
			case "resync":
				this.#sendSnapshot();
				break;
			case "selected":
				this.#selected = message.id;
				this.#sendDetail();
				break;
			case "record":
				this.#recording.want(message.id);
				break;
			case "summarise":
				this.#sendSummary(message.id);
				break;
			case "copyId":
				this.#host.copyId(message.id);
				break;
			case "openTranscript":
				this.#host.openTranscript(message, message.call);
				break;
			case "openFile":
				this.#host.openFile(message, message.call);
				break;
			case "askReason":
				void this.#sendReason(message);
				break;
			case "exported":
				this.#host.saveView(message.format, message.data);
				break;
			case "exportSession":
				this.exportSession(message.id);
				break;
			case "invoke":
				this.#host.invoke(message.action);
				break;
			case "clientError":
				this.#host.log.error(`Panel: ${message.message}`);
				break;
			default:
				assertNever(message);
		}
	}

	#begin(protocol: number): void {
		if (protocol !== PROTOCOL_VERSION) {
			this.#host.log.warn(`The panel speaks protocol ${protocol}; loading it anew.`);
			this.#load();
			return;
		}
		this.#isReady = true;
		this.#recording.want(null);
		this.#post({ type: "settings", settings: this.#feed.settings });
		this.#post({ type: "status", status: this.#feed.status });
		this.#sendSnapshot();
		this.#sendPending();
	}

	#sendSnapshot(): void {
		if (!this.#isReady || !this.#feed.isShown) return;
		this.#seq++;
		this.#post({
			type: "snapshot",
			protocol: PROTOCOL_VERSION,
			seq: this.#seq,
			now: Date.now(),
			graph: this.#feed.shown.snapshot(),
		});
		this.#sendDetail();
	}

	#patched(patch: Extract<HostMessage, { type: "patch" }>["patch"]): void {
		if (!this.#isReady) return;
		this.#seq++;
		this.#post({ type: "patch", seq: this.#seq, now: Date.now(), patch });
		if (patch.upserts.some(({ key }) => key === this.#selected)) this.#sendDetail();
	}

	#sendDetail(): void {
		if (this.#selected === null) return;
		const detail = nodeDetail(this.#feed.shown, this.#selected);
		if (detail !== null) this.#post({ type: "detail", detail });
	}

	/** A transcript is read for it. */
	async #sendReason(asked: AgentIds & { readonly call: string | null }): Promise<void> {
		const { session, agent, call } = asked;
		const text = await this.#host.reasonOf({ session, agent }, call);
		if (text !== null) this.#post({ type: "reason", session, agent, call, text });
	}

	#sendSummary(key: string): void {
		const summary = sessionSummary(this.#feed.shown, key);
		if (summary !== null) this.#post({ type: "summary", summary });
	}

	#postOnceReady(message: HostMessage): void {
		this.#pending.set(message.type, message);
		this.#sendPending();
	}

	#sendPending(): void {
		if (!this.#isReady) return;
		for (const message of this.#pending.values()) this.#post(message);
		this.#pending.clear();
	}

	/** Not awaited: the promise of a page that goes away meanwhile may never settle. */
	#post(message: HostMessage): void {
		if (this.#isReady && this.#panel.visible) void this.#panel.webview.postMessage(message);
	}
}
