import * as vscode from "vscode";
import { PatchClock } from "../../live/patchClock.ts";
import type { RecordedSession } from "../../telemetry/figures.ts";
import { Disposable } from "../disposable.ts";
import { commands } from "../ids.ts";
import type { TelemetryHost } from "../telemetry/telemetryHost.ts";
import { groupSessions, type SessionGroup, type SessionGroups } from "./sessionGroups.ts";
import { SessionPrompts } from "./sessionPrompts.ts";
import { sessionDescription, sessionLabel, sessionTooltip } from "./sessionText.ts";

/** A list of hundreds need not follow every call. */
const REFRESH_INTERVAL_MS = 2000;

/** What the view needs of the extension around it. */
interface SessionsHost {
	readonly telemetry: TelemetryHost;
	/** Folders of the workspace. */
	readonly folders: () => readonly string[];
	/** What a session was asked first; null where no transcript tells. */
	promptOf(session: string): Promise<string | null>;
}

/** The sessions of other folders, behind one row. */
interface Others {
	readonly others: readonly SessionGroup[];
}

export type SessionsRow = RecordedSession | SessionGroup | Others;

/** The view "Sessions": what there was, today, yesterday and before; of this workspace first. */
export class SessionsTree extends Disposable implements vscode.TreeDataProvider<SessionsRow> {
	readonly #host: SessionsHost;
	readonly #onDidChange = this._register(new vscode.EventEmitter<void>());
	readonly onDidChangeTreeData = this.#onDidChange.event;
	readonly #view: vscode.TreeView<SessionsRow>;
	readonly #clock = this._register(new PatchClock(() => this.refresh(), REFRESH_INTERVAL_MS));
	readonly #prompts: SessionPrompts;
	#isStale = true;
	#groups: SessionGroups = { own: [], others: [] };

	constructor(host: SessionsHost, view: vscode.TreeView<SessionsRow>) {
		super();
		this.#host = host;
		this.#prompts = new SessionPrompts((session) => host.promptOf(session));
		this.#view = view;
		this._register(host.telemetry.onDidChange(() => this.#changed()));
		this._register(this.#view.onDidChangeVisibility(() => this.#isStale && this.#changed()));
	}

	/** Shows what the database holds now. */
	refresh(): void {
		this.#isStale = true;
		this.#onDidChange.fire();
	}

	async getChildren(row?: SessionsRow): Promise<SessionsRow[]> {
		if (row === undefined) return await this.#roots();
		if ("others" in row) return [...row.others];
		return "sessions" in row ? [...row.sessions] : [];
	}

	async getTreeItem(row: SessionsRow): Promise<vscode.TreeItem> {
		const { own, others } = this.#groups;
		if ("others" in row) {
			const sessions = others.flatMap((group) => group.sessions);
			return groupItem("others", "Other Folders", sessions, own.length === 0);
		}
		if ("sessions" in row) {
			// What is newest is looked for most.
			const isNewest = row.id === own[0]?.id || row.id === others[0]?.id;
			return groupItem(row.id, row.label, row.sessions, isNewest);
		}
		return sessionItem(row, await this.#prompts.of(row.id));
	}

	/** What a session was asked first, as the view knows it; null where no transcript tells. */
	promptOf(session: string): Promise<string | null> {
		return this.#prompts.of(session);
	}

	/** A hidden view asks for nothing. */
	#changed(): void {
		this.#isStale = true;
		if (this.#view.visible) this.#clock.request();
	}

	async #roots(): Promise<SessionsRow[]> {
		if (this.#isStale) {
			const sessions = (await this.#host.telemetry.current?.sessions().catch(() => [])) ?? [];
			this.#groups = groupSessions(sessions, this.#host.folders(), new Date());
			this.#isStale = false;
		}
		const { own, others } = this.#groups;
		return others.length === 0 ? [...own] : [...own, { others }];
	}
}

function groupItem(
	id: string,
	label: string,
	sessions: readonly RecordedSession[],
	isOpen: boolean,
): vscode.TreeItem {
	const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
	const item = new vscode.TreeItem(label, isOpen ? Expanded : Collapsed);
	item.id = `sessions ${id}`;
	item.description = sessions.length.toLocaleString("en-US");
	item.contextValue = "sessionGroup";
	return item;
}

function sessionItem(session: RecordedSession, prompt: string | null): vscode.TreeItem {
	const label = sessionLabel(session, prompt);
	const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
	item.id = `session ${session.id}`;
	item.description = sessionDescription(session);
	item.tooltip = sessionTooltip(session, prompt);
	item.iconPath = new vscode.ThemeIcon(session.failedAgents > 0 ? "error" : "comment-discussion");
	item.contextValue = "session";
	item.command = { command: commands.openSession, title: "Open", arguments: [session] };
	item.accessibilityInformation = { label: `${label}, ${item.description}` };
	return item;
}
