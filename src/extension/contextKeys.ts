import * as vscode from "vscode";
import { Disposable } from "./disposable.ts";
import type { LiveFeed } from "./feed/liveFeed.ts";
import { contextKeys } from "./ids.ts";
import type { StatsFeed } from "./stats/statsFeed.ts";

/** Keeps the keys of `when` clauses; the only place that sets them. */
export class ContextKeys extends Disposable {
	readonly #last = new Map<string, unknown>();

	constructor(feed: LiveFeed, stats: StatsFeed) {
		super();
		const update = () => {
			this.#set(contextKeys.isDemo, feed.isDemo);
			this.#set(contextKeys.logState, logState(feed));
			this.#set(contextKeys.statsState, stats.state);
			this.#set(contextKeys.statsSort, stats.model.sort);
			this.#set(contextKeys.isStatsFiltered, stats.filter !== "");
		};
		this._register(stats.onDidChange(update));
		this._register(feed.onDidChangeStatus(update));
		this._register(feed.onDidReset(update));
		this._register(feed.onDidRead(update));
		update();
	}

	#set(key: string, value: unknown): void {
		if (this.#last.get(key) === value) return;
		this.#last.set(key, value);
		void vscode.commands.executeCommand("setContext", key, value);
	}
}

function logState({ log }: LiveFeed): "missing" | "reading" | "ready" | "unreadable" {
	if (log.status.state === "unreadable") return "unreadable";
	if (!log.isCaughtUp) return "reading";
	return log.graph.stats.lines === 0 ? "missing" : "ready";
}
