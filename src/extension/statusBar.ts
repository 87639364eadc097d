import * as vscode from "vscode";
import { formatCount } from "../model/format.ts";
import { Disposable } from "./disposable.ts";
import type { LiveFeed } from "./feed/liveFeed.ts";
import { PatchClock } from "./feed/patchClock.ts";
import { commands } from "./ids.ts";

/** "$(pulse) 3 agents", in the warning colour when the log cannot be read. */
export class StatusBar extends Disposable {
	readonly #feed: LiveFeed;
	readonly #item: vscode.StatusBarItem;
	readonly #clock = this._register(new PatchClock(() => this.#update(), 250));

	constructor(feed: LiveFeed) {
		super();
		this.#feed = feed;
		this.#item = this._register(
			vscode.window.createStatusBarItem("agents", vscode.StatusBarAlignment.Left, 0),
		);
		this.#item.name = "Agent Live Graph";
		for (const event of [feed.onDidPatch, feed.onDidReset, feed.onDidChangeStatus]) {
			this._register((event as vscode.Event<unknown>)(() => this.#clock.request()));
		}
		this.#update();
		this.#item.show();
	}

	/** What it says, for tests. */
	get text(): string {
		return this.#item.text;
	}

	get isWarning(): boolean {
		return this.#item.backgroundColor !== undefined;
	}

	#update(): void {
		const { status, counters } = this.#feed;
		const isBroken = status.connection === "disconnected";
		this.#item.text = this.#textFor(isBroken);
		this.#item.backgroundColor = isBroken
			? new vscode.ThemeColor("statusBarItem.warningBackground")
			: undefined;
		this.#item.command = isBroken ? commands.showStatus : commands.openPanel;
		this.#item.tooltip = [
			`Agent Live Graph: ${formatCount(counters.alive, "agent")} at work`,
			...(counters.waiting > 0 ? [`${counters.waiting} waiting for your permission`] : []),
			`${formatCount(counters.toolCalls, "tool call")}, ${counters.failedCalls} failed`,
			status.message,
		].join("\n");
		this.#item.accessibilityInformation = {
			label: `Agent Live Graph, ${isBroken ? status.message : formatCount(counters.alive, "agent")}`,
		};
	}

	#textFor(isBroken: boolean): string {
		const { status, counters } = this.#feed;
		if (status.catchingUp) return "$(sync~spin) Reading agents";
		if (isBroken) return "$(warning) Agents";
		const waiting = counters.waiting > 0 ? ` $(bell-dot) ${counters.waiting}` : "";
		const demo = status.source === "demo" ? " (demo)" : "";
		return `$(pulse) ${formatCount(counters.alive, "agent")}${waiting}${demo}`;
	}
}
