import * as vscode from "vscode";
import { clientTitle } from "../../ingest/clients/clientIdentities.ts";
import { PatchClock } from "../../live/patchClock.ts";
import { isAlive } from "../../model/views/view.ts";
import type { RecordedSession } from "../../telemetry/figures.ts";
import type { SessionBeginning } from "../../transcripts/readTranscript.ts";
import { Disposable } from "../disposable.ts";
import { commands, views } from "../ids.ts";
import type { TelemetryHost } from "../telemetry/telemetryHost.ts";
import type { TranscriptDocuments } from "../transcripts/transcriptDocuments.ts";
import type { MirroredFeed } from "../tree/liveAgentsTree.ts";
import { SessionBeginnings } from "./sessionBeginnings.ts";
import {
	type FacetValue,
	facetValues,
	NO_FILTER,
	passes,
	type SessionFilter,
} from "./sessionFilter.ts";
import { groupSessions, type SessionGroup, type SessionGroups } from "./sessionGroups.ts";
import type { SessionsQuery } from "./sessionsQuery.ts";
import {
	queryText,
	sessionDescription,
	sessionIcon,
	sessionLabel,
	sessionTooltip,
} from "./sessionText.ts";

/** A list of hundreds need not follow every call. */
const REFRESH_INTERVAL_MS = 2000;

/** How often what was found meanwhile is shown, ms. */
const FOUND_INTERVAL_MS = 250;

/** What the view needs of the extension around it. */
interface SessionsHost {
	readonly telemetry: TelemetryHost;
	/** Knows what runs now. */
	readonly feed: MirroredFeed;
	readonly query: SessionsQuery;
	/** Folders of the workspace. */
	readonly folders: () => readonly string[];
	/** How a session began, as its transcript tells. */
	beginningOf(session: string): Promise<SessionBeginning>;
	/** Looks through the prompts of sessions. */
	search: TranscriptDocuments["search"];
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
	readonly #regroup = this._register(
		new PatchClock(() => this.#onDidChange.fire(), FOUND_INTERVAL_MS),
	);
	readonly #beginnings: SessionBeginnings;
	#isStale = true;
	#sessions: readonly RecordedSession[] = [];
	/** Those that pass, newest first. */
	#shown: readonly RecordedSession[] = [];
	#groups: SessionGroups = { own: [], others: [] };
	#searching: AbortController | null = null;

	constructor(host: SessionsHost, view: vscode.TreeView<SessionsRow>) {
		super();
		this.#host = host;
		this.#view = view;
		this.#beginnings = new SessionBeginnings((session) => host.beginningOf(session));
		this._register(host.telemetry.onDidChange(() => this.#changed()));
		this._register(this.#view.onDidChangeVisibility(() => this.#isStale && this.#changed()));
		this._register(host.query.onDidChange(() => this.#regroup.request()));
		this._register({ dispose: () => this.#searching?.abort() });
	}

	/** Shows what the database holds now. */
	refresh(): void {
		this.#isStale = true;
		this.#onDidChange.fire();
	}

	/** How a session began, as the view knows it. */
	beginningOf(session: string): Promise<SessionBeginning> {
		return this.#beginnings.of(session);
	}

	/** What sessions can be filtered by. Branches stand in transcripts alone, all of which are looked at. */
	async facetValues(): Promise<FacetValue[]> {
		const sessions = await this.#all();
		await Promise.all(sessions.map(({ id }) => this.#beginnings.of(id)));
		return facetValues(sessions, (id) => this.#beginnings.known(id).branch);
	}

	/** Looks for words in the prompts of what passes the filter, newest first, until that is cleared. */
	async search(text: string): Promise<void> {
		this.clear(this.#host.query.filter);
		const searching = new AbortController();
		this.#searching = searching;
		const { query } = this.#host;
		const sessions = (await this.#passing()).map(({ id }) => id);
		const found = new Set<string>();
		const state = { text, found, total: sessions.length };
		const location = { viewId: views.sessions };
		await vscode.window.withProgress({ location }, async () => {
			let done = 0;
			query.setSearch({ ...state, done });
			const { signal } = searching;
			for await (const { session, isFound } of this.#host.search(sessions, text, signal)) {
				if (isFound) found.add(session);
				if (!signal.aborted) query.setSearch({ ...state, done: ++done });
			}
		});
	}

	/** Ends a search, and shows what passes this filter. */
	clear(filter: SessionFilter = NO_FILTER): void {
		this.#searching?.abort();
		this.#searching = null;
		this.#host.query.setSearch(null);
		this.#host.query.setFilter(filter);
	}

	async getChildren(row?: SessionsRow): Promise<SessionsRow[]> {
		if (row === undefined) return await this.#roots();
		if ("others" in row) return [...row.others];
		return "sessions" in row ? [...row.sessions] : this.#startedBy(row);
	}

	async getTreeItem(row: SessionsRow): Promise<vscode.TreeItem> {
		if ("others" in row) {
			const { own, others } = this.#groups;
			const sessions = others.flatMap((group) => group.sessions);
			const isOpen = own.length === 0 || this.#host.query.isActive;
			return groupItem("others", "Other Folders", sessions, isOpen);
		}
		if ("sessions" in row) {
			const isOpen = row.isRecent || this.#host.query.isActive;
			return groupItem(row.id, row.label, row.sessions, isOpen);
		}
		return sessionItem(row, await this.#beginnings.of(row.id), {
			isRunning: this.#runs(row.id),
			client: this.#clientOf(row),
			hasStarted: this.#startedBy(row).length > 0,
		});
	}

	/** Whose session it is, where there are others'; else empty. */
	#clientOf({ client }: RecordedSession): string {
		const isOneOfSeveral = this.#shown.some((other) => other.client !== client);
		return isOneOfSeveral ? clientTitle(client) : "";
	}

	#runs(session: string): boolean {
		for (const node of this.#host.feed.mirror.nodes.values()) {
			if (node.kind === "session" && node.id === session) return isAlive(node);
		}
		return false;
	}

	/** A hidden view asks for nothing. */
	#changed(): void {
		this.#isStale = true;
		if (this.#view.visible) this.#clock.request();
	}

	async #roots(): Promise<SessionsRow[]> {
		const sessions = await this.#passing();
		this.#shown = sessions;
		this.#groups = groupSessions(sessions, this.#host.folders(), new Date());
		this.#view.message = queryText(this.#host.query, sessions.length);
		const { own, others } = this.#groups;
		return others.length === 0 ? [...own] : [...own, { others }];
	}

	/** Those that a session started, of what is shown; the oldest first, as they happened. */
	#startedBy({ id }: RecordedSession): RecordedSession[] {
		return this.#shown.filter(({ startedBy }) => startedBy === id).reverse();
	}

	/** What the filter and the search let through, newest first. */
	async #passing(): Promise<RecordedSession[]> {
		const { filter, search } = this.#host.query;
		return (await this.#all()).filter(
			(session) =>
				passes(filter, session, this.#beginnings.known(session.id).branch) &&
				(search === null || search.found.has(session.id)),
		);
	}

	async #all(): Promise<readonly RecordedSession[]> {
		if (this.#isStale) {
			this.#sessions = (await this.#host.telemetry.current?.sessions().catch(() => [])) ?? [];
			this.#isStale = false;
		}
		return this.#sessions;
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

/** What a session's row is made of, besides what is recorded of it. */
interface SessionLook {
	readonly isRunning: boolean;
	readonly hasStarted: boolean;
	/** Whose it is; empty where all that are listed are one client's. */
	readonly client: string;
}

function sessionItem(
	session: RecordedSession,
	beginning: SessionBeginning,
	{ isRunning, hasStarted, client }: SessionLook,
): vscode.TreeItem {
	const { Collapsed, None } = vscode.TreeItemCollapsibleState;
	const label = sessionLabel(session, beginning.prompt);
	const item = new vscode.TreeItem(label, hasStarted ? Collapsed : None);
	item.id = `session ${session.id}`;
	item.description = sessionDescription(session, Date.now(), isRunning, client);
	item.tooltip = sessionTooltip(session, beginning, isRunning);
	item.iconPath = new vscode.ThemeIcon(sessionIcon(session, isRunning));
	item.contextValue = "session";
	item.command = { command: commands.openSession, title: "Open", arguments: [session] };
	item.accessibilityInformation = { label: `${label}, ${item.description}` };
	return item;
}
