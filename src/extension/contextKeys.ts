import * as vscode from "vscode";
import type { LiveFeed } from "../live/liveFeed.ts";
import { Disposable } from "./disposable.ts";
import { contextKeys } from "./ids.ts";
import type { PanelRegistry } from "./panel/panelRegistry.ts";
import type { SessionsQuery } from "./sessions/sessionsQuery.ts";
import type { StatsFeed } from "./stats/statsFeed.ts";

interface ContextSources {
	readonly feed: LiveFeed;
	readonly panels: PanelRegistry;
	readonly query: SessionsQuery;
}

/** Keeps the keys of `when` clauses; the only place that sets them. */
export class ContextKeys extends Disposable {
	readonly #last = new Map<string, unknown>();

	constructor({ feed, panels, query }: ContextSources) {
		super();
		const update = () => {
			this.#set(contextKeys.isDemo, feed.isDemo);
			this.#set(contextKeys.isHooked, feed.status.areHooksReady);
			this.#set(contextKeys.isOpen, panels.current !== null);
			this.#set(contextKeys.logState, logState(feed));
			this.#set(contextKeys.areSessionsFiltered, query.isActive);
		};
		this._register(panels.onDidChange(update));
		this._register(query.onDidChange(update));
		this._register({ dispose: feed.listen({ status: update, reset: update, read: update }) });
		update();
	}

	/** Keeps those of Function Stats, too. */
	follow(stats: StatsFeed): void {
		const update = () => {
			this.#set(contextKeys.statsState, stats.state);
			this.#set(contextKeys.statsSort, stats.model.sort);
			this.#set(contextKeys.isStatsFiltered, stats.filter !== "");
		};
		this._register(stats.onDidChange(update));
		update();
	}

	#set(key: string, value: unknown): void {
		if (this.#last.get(key) === value) return;
		this.#last.set(key, value);
		void vscode.commands.executeCommand("setContext", key, value);
	}
}

function logState({ source, followed }: LiveFeed): "missing" | "reading" | "ready" | "unreadable" {
	if (source.tail.state === "unreadable") return "unreadable";
	if (source.phase === "reading") return "reading";
	return followed.stats.lines === 0 ? "missing" : "ready";
}
