import * as path from "node:path";
import * as vscode from "vscode";
import type { GraphFeed } from "../../live/graphFeed.ts";
import { loadStream, type OpenedStream } from "../../live/streamBundle.ts";
import { Disposable } from "../disposable.ts";
import { InsightsAnswers } from "../insights/insightsAnswers.ts";
import { code } from "../reportMarkdown.ts";
import { SwitchedServer } from "./switchedServer.ts";

export interface StreamSettings {
	readonly isEnabled: boolean;
	/** `host:port`; empty for the usual one. */
	readonly bind: string;
}

/** Of the window; asked for what stands behind figures once somebody opens their page. */
interface StreamedWindow
	extends Pick<
		ConstructorParameters<typeof InsightsAnswers>[0],
		"telemetry" | "learned" | "budgets"
	> {
	readonly feed: GraphFeed;
	/** Folder of the bundles. */
	readonly dist: string;
	readonly log: vscode.LogOutputChannel;
}

/** Serves the window's graph to other pages of this machine while the setting says so. */
export class StreamHost extends Disposable {
	readonly #switched: SwitchedServer<StreamSettings, OpenedStream>;

	/** @param storage folder of the token */
	constructor(window: StreamedWindow, storage: vscode.Uri, settings: StreamSettings) {
		super();
		const { dist, feed, log } = window;
		this.#switched = this._register(
			new SwitchedServer<StreamSettings, OpenedStream>({
				title: "Stream",
				off: { isEnabled: false, bind: "" },
				refusal: () =>
					process.env.KEI_GRAPH_STREAM_BYPASS === "1" ? "KEI_GRAPH_STREAM_BYPASS=1 is set" : "",
				open: ({ bind }) =>
					loadStream(dist).openStream({
						bind: bind || (process.env.KEI_GRAPH_STREAM_BIND ?? ""),
						// An editor is no server: nothing in its settings opens it to others.
						allowsRemote: false,
						tokenFile: vscode.Uri.joinPath(storage, "stream.token").fsPath,
						feed,
						insights: () => insightsForBrowsers(window),
						pageFolder: path.join(dist, "webview"),
						note: (text) => log.warn(`Stream: ${text}`),
					}),
				log,
			}),
		);
		void this.configure(settings);
	}

	/** Settles once the settings have taken effect; what went wrong is told in the report. */
	configure(settings: StreamSettings): Promise<void> {
		return this.#switched.configure(settings);
	}

	/** Address of the page for a browser, with its token; null while nothing is served. */
	get pageUrl(): string | null {
		return this.#switched.server?.pageUrl ?? null;
	}

	/** A section of Show Status. It never holds the token. */
	report(): string {
		return `## Stream\n\n${this.#sentence()}\n`;
	}

	/** Copies the page's address, or offers what it takes to have one. */
	async copyUrl(): Promise<void> {
		await this.#switched.settled;
		const { pageUrl } = this;
		if (pageUrl !== null) {
			await vscode.env.clipboard.writeText(pageUrl);
			vscode.window.setStatusBarMessage("Copied the address of the stream", 2000);
			return;
		}
		const { problem } = this.#switched;
		const text = problem === "" ? "The stream is turned off." : problem;
		const choice = await vscode.window.showInformationMessage(text, "Open Settings");
		if (choice === undefined) return;
		await vscode.commands.executeCommand("workbench.action.openSettings", "agentLiveGraph.stream");
	}

	#sentence(): string {
		const { server, problem } = this.#switched;
		if (server !== null) {
			const lagged = server.lagged === 0 ? "" : `, ${server.lagged} dropped for lagging`;
			return `Listening on ${code(server.origin)}: ${server.clients} connected${lagged}.`;
		}
		return problem === "" ? "Off." : `Not listening: ${code(problem)}`;
	}
}

/** What was asked of agents is not told to browsers. */
function insightsForBrowsers({ telemetry, learned, budgets }: StreamedWindow): InsightsAnswers {
	return new InsightsAnswers({
		telemetry,
		learned,
		budgets,
		promptOf: async () => null,
		textOf: async () => null,
	});
}
