import * as path from "node:path";
import * as vscode from "vscode";
import type { GraphFeed } from "../../live/graphFeed.ts";
import { loadStream, type OpenedStream } from "../../live/streamBundle.ts";
import type { InsightsSource } from "../../protocol/insightsMessages.ts";
import { Disposable } from "../disposable.ts";
import { code } from "../reportMarkdown.ts";

/** Another window may have the port, and may close. */
const RETRY_MS = 15_000;

export interface StreamSettings {
	readonly isEnabled: boolean;
	/** `host:port`; empty for the usual one. */
	readonly bind: string;
}

interface StreamHostOptions {
	readonly feed: GraphFeed;
	/** Called when somebody opens the page of figures. */
	readonly insights: () => InsightsSource;
	/** Folder of the bundles. */
	readonly dist: string;
	readonly tokenFile: string;
	readonly log: vscode.LogOutputChannel;
}

/** Serves the window's graph to other pages of this machine while the setting says so. */
export class StreamHost extends Disposable {
	readonly #options: StreamHostOptions;
	#settings: StreamSettings = { isEnabled: false, bind: "" };
	#server: OpenedStream | null = null;
	#problem = "";
	#retry: NodeJS.Timeout | undefined;
	/** Starting and ending take a moment, and come one after the other. */
	#work: Promise<void> = Promise.resolve();

	constructor(options: StreamHostOptions) {
		super();
		this.#options = options;
		this._register({ dispose: () => void this.#change({ isEnabled: false, bind: "" }) });
	}

	/** Settles once the settings have taken effect; what went wrong is told in the report. */
	configure(settings: StreamSettings): Promise<void> {
		const last = this.#settings;
		if (settings.isEnabled === last.isEnabled && settings.bind === last.bind) return this.#work;
		return this.#change(settings);
	}

	/** Address of the page for a browser, with its token; null while nothing is served. */
	get pageUrl(): string | null {
		return this.#server?.pageUrl ?? null;
	}

	/** A section of Show Status. It never holds the token. */
	report(): string {
		return `## Stream\n\n${this.#sentence()}\n`;
	}

	/** Copies the page's address, or offers what it takes to have one. */
	async copyUrl(): Promise<void> {
		await this.#work;
		const { pageUrl } = this;
		if (pageUrl !== null) {
			await vscode.env.clipboard.writeText(pageUrl);
			vscode.window.setStatusBarMessage("Copied the address of the stream", 2000);
			return;
		}
		const text = this.#problem === "" ? "The stream is turned off." : this.#problem;
		const choice = await vscode.window.showInformationMessage(text, "Open Settings");
		if (choice === undefined) return;
		await vscode.commands.executeCommand("workbench.action.openSettings", "agentLiveGraph.stream");
	}

	#sentence(): string {
		const server = this.#server;
		if (server !== null) {
			const lagged = server.lagged === 0 ? "" : `, ${server.lagged} dropped for lagging`;
			return `Listening on ${code(server.origin)}: ${server.clients} connected${lagged}.`;
		}
		return this.#problem === "" ? "Off." : `Not listening: ${code(this.#problem)}`;
	}

	#change(settings: StreamSettings): Promise<void> {
		this.#settings = settings;
		clearTimeout(this.#retry);
		this.#work = this.#work.then(() => this.#restart());
		return this.#work;
	}

	async #restart(): Promise<void> {
		const server = this.#server;
		this.#server = null;
		await server?.close();
		this.#problem = "";
		if (!this.#settings.isEnabled) return;
		if (process.env.KEI_GRAPH_STREAM_BYPASS === "1") {
			this.#problem = "KEI_GRAPH_STREAM_BYPASS=1 is set";
			return;
		}
		try {
			this.#server = await this.#open();
			this.#options.log.info(`The stream listens on ${this.#server.origin}`);
		} catch (error) {
			this.#failed(error as NodeJS.ErrnoException);
		}
	}

	#open(): Promise<OpenedStream> {
		const { dist, feed, insights, log, tokenFile } = this.#options;
		return loadStream(dist).openStream({
			bind: this.#settings.bind || (process.env.KEI_GRAPH_STREAM_BIND ?? ""),
			// An editor is no server: nothing in its settings opens it to others.
			allowsRemote: false,
			tokenFile,
			feed,
			insights,
			pageFolder: path.join(dist, "webview"),
			note: (text) => log.warn(`Stream: ${text}`),
		});
	}

	#failed({ message, code: reason }: NodeJS.ErrnoException): void {
		// Said once, not at every try.
		if (this.#problem !== message) this.#options.log.warn(`Stream: ${message}`);
		this.#problem = message;
		if (reason !== "EADDRINUSE") return;
		this.#retry = setTimeout(() => void this.#change(this.#settings), RETRY_MS);
	}
}
