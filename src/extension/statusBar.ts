import * as vscode from "vscode";
import type { LiveFeed } from "../live/liveFeed.ts";
import { PatchClock } from "../live/patchClock.ts";
import { formatCount } from "../model/views/format.ts";
import { Disposable } from "./disposable.ts";
import { commands } from "./ids.ts";
import type { RecordedLines } from "./telemetry/recordedLines.ts";

/** "$(pulse) 3 agents", in the warning colour when the log cannot be read or nothing is saved. */
export class StatusBar extends Disposable {
	readonly #feed: LiveFeed;
	/** null as long as the telemetry has not begun. */
	#recorded: RecordedLines | null = null;
	readonly #item: vscode.StatusBarItem;
	readonly #clock = this._register(new PatchClock(() => this.#update(), 250));

	constructor(feed: LiveFeed) {
		super();
		this.#feed = feed;
		this.#item = this._register(
			vscode.window.createStatusBarItem("agents", vscode.StatusBarAlignment.Left, 0),
		);
		this.#item.name = "Agent Live Graph";
		const update = () => this.#clock.request();
		this._register({ dispose: feed.listen({ patch: update, reset: update, status: update }) });
		this.#update();
		this.#item.show();
	}

	/** Says from now on what is recorded, too. */
	follow(recorded: RecordedLines): void {
		this.#recorded = recorded;
		this._register(recorded.onDidChange(() => this.#clock.request()));
		this.#update();
	}

	/** What it says, for tests. */
	get text(): string {
		return this.#item.text;
	}

	get isWarning(): boolean {
		return this.#item.backgroundColor !== undefined;
	}

	get tooltip(): string {
		return String(this.#item.tooltip);
	}

	#update(): void {
		const { status, mirror } = this.#feed;
		const { counters } = mirror;
		const isBroken = status.connection === "disconnected";
		const trouble = this.#recorded?.trouble ?? null;
		const isWarning = isBroken || trouble !== null;
		this.#item.text = this.#textFor(isBroken, isWarning);
		this.#item.backgroundColor = isWarning
			? new vscode.ThemeColor("statusBarItem.warningBackground")
			: undefined;
		this.#item.command = isWarning ? commands.showStatus : commands.openPanel;
		this.#item.tooltip = [
			`Agent Live Graph: ${formatCount(counters.alive, "agent")} at work`,
			...waitingFor(counters.waiting),
			`${formatCount(counters.toolCalls, "tool call")}, ${counters.failedCalls} failed`,
			status.message,
			...(this.#recorded?.lines ?? ["Telemetry: starting"]),
		].join("\n");
		const parts = isBroken
			? [status.message]
			: [formatCount(counters.alive, "agent"), ...waitingFor(counters.waiting)];
		if (trouble !== null) parts.push(trouble.message);
		this.#item.accessibilityInformation = { label: ["Agent Live Graph", ...parts].join(", ") };
	}

	#textFor(isBroken: boolean, isWarning: boolean): string {
		const { status, mirror, isShown } = this.#feed;
		const { counters } = mirror;
		// Trouble is told at once, whatever else is still being read.
		if (isBroken) return "$(warning) Agents";
		if (!isShown) return "$(sync~spin) Reading agents";
		const waiting = counters.waiting > 0 ? ` $(bell-dot) ${counters.waiting}` : "";
		const demo = status.source === "demo" ? " (demo)" : "";
		const budget = this.#recorded?.words ?? "";
		const spent = budget === "" ? "" : ` $(credit-card) ${budget}`;
		return `$(${isWarning ? "warning" : "pulse"}) ${formatCount(counters.alive, "agent")}${waiting}${spent}${demo}`;
	}
}

function waitingFor(waiting: number): string[] {
	return waiting > 0 ? [`${waiting} waiting for your permission`] : [];
}
