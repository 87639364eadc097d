import * as vscode from "vscode";
import type { GraphFeed } from "../../live/graphFeed.ts";
import { Disposable } from "../disposable.ts";
import { PANEL_VIEW_TYPE, PAST_PANEL_VIEW_TYPE } from "../ids.ts";
import type { GraphPanel, PanelHost } from "./graphPanel.ts";

/** Makes the host's side of a panel. */
type NewPanel = (panel: vscode.WebviewPanel, feed: GraphFeed, host: PanelHost) => GraphPanel;

/** Knows the open panel: there is one at most. Brings it back after a window reload. */
export class PanelRegistry extends Disposable implements vscode.WebviewPanelSerializer {
	readonly #feed: GraphFeed;
	readonly #host: PanelHost;
	readonly #newPanel: NewPanel;
	readonly #onDidChange = this._register(new vscode.EventEmitter<void>());
	/** The panel was opened or closed. */
	readonly onDidChange = this.#onDidChange.event;
	#panel: GraphPanel | null = null;
	/** Panels of sessions that are over, by session. */
	readonly #past = new Map<string, GraphPanel>();

	constructor(feed: GraphFeed, host: PanelHost, newPanel: NewPanel) {
		super();
		this.#feed = feed;
		this.#host = host;
		this.#newPanel = newPanel;
		this._register(vscode.window.registerWebviewPanelSerializer(PANEL_VIEW_TYPE, this));
		this._register({ dispose: () => this.#panel?.dispose() });
		this._register({
			dispose: () => {
				for (const panel of [...this.#past.values()]) panel.dispose();
			},
		});
	}

	get current(): GraphPanel | null {
		return this.#panel;
	}

	/** The panel that the user is in; else the live one, if it is open. */
	get active(): GraphPanel | null {
		const past = [...this.#past.values()].find(({ isActive }) => isActive);
		return past ?? this.#panel;
	}

	/** Shows the panel, opening it when there is none. */
	open(): GraphPanel {
		if (this.#panel !== null) {
			this.#panel.reveal();
			return this.#panel;
		}
		return this.#adopt(createWebviewPanel(PANEL_VIEW_TYPE, "Agent Live Graph"));
	}

	/**
	 * Shows a session that is over in a panel of its own, beside those that are open.
	 *
	 * @param open its feed, disposed of with the panel
	 * @param column where, if it is not open yet
	 */
	openPast(
		session: string,
		title: string,
		open: () => { feed: GraphFeed & { dispose(): Promise<void> }; host: PanelHost },
		column = vscode.ViewColumn.Active,
	): GraphPanel {
		const known = this.#past.get(session);
		if (known !== undefined) {
			known.reveal();
			return known;
		}
		const { feed, host } = open();
		const panel = this.#newPanel(
			createWebviewPanel(PAST_PANEL_VIEW_TYPE, title, column),
			feed,
			host,
		);
		this.#past.set(session, panel);
		panel.onDidDispose(() => {
			this.#past.delete(session);
			void feed.dispose();
		});
		return panel;
	}

	/** The page brings its own viewport and selection back; the panel only has to exist again. */
	async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
		if (this.#panel === null) this.#adopt(panel);
		else panel.dispose();
	}

	#adopt(webviewPanel: vscode.WebviewPanel): GraphPanel {
		const panel = this.#newPanel(webviewPanel, this.#feed, this.#host);
		this.#panel = panel;
		panel.onDidDispose(() => {
			if (this.#panel !== panel) return;
			this.#panel = null;
			this.#onDidChange.fire();
		});
		this.#onDidChange.fire();
		return panel;
	}
}

function createWebviewPanel(
	viewType: string,
	title: string,
	column = vscode.ViewColumn.Active,
): vscode.WebviewPanel {
	return vscode.window.createWebviewPanel(viewType, title, column, { enableScripts: true });
}
