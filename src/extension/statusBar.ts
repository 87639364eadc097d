import * as vscode from "vscode";
import type { LiveFeed } from "../live/liveFeed.ts";
import { PatchClock } from "../live/patchClock.ts";
import { formatCount } from "../model/views/format.ts";
import { Disposable } from "./disposable.ts";
import { commands } from "./ids.ts";
import type { StatsFeed } from "./stats/statsFeed.ts";
import { formatRate } from "./stats/statsText.ts";
import type { TelemetryHost } from "./telemetry/telemetryHost.ts";

/** "$(pulse) 3 agents", in the warning colour when the log cannot be read or nothing is saved. */
export class StatusBar extends Disposable {
	readonly #feed: LiveFeed;
	readonly #stats: StatsFeed;
	readonly #telemetry: TelemetryHost;
	readonly #item: vscode.StatusBarItem;
	readonly #clock = this._register(new PatchClock(() => this.#update(), 250));

	constructor(feed: LiveFeed, stats: StatsFeed, telemetry: TelemetryHost) {
		super();
		this.#feed = feed;
		this.#stats = stats;
		this.#telemetry = telemetry;
		this.#item = this._register(
			vscode.window.createStatusBarItem("agents", vscode.StatusBarAlignment.Left, 0),
		);
		this.#item.name = "Agent Live Graph";
		const update = () => this.#clock.request();
		this._register({ dispose: feed.listen({ patch: update, reset: update, status: update }) });
		this._register(stats.onDidChange(update));
		this._register(telemetry.onDidChange(update));
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

	get tooltip(): string {
		return String(this.#item.tooltip);
	}

	#update(): void {
		const { status, mirror } = this.#feed;
		const { counters } = mirror;
		const isBroken = status.connection === "disconnected";
		const { trouble } = this.#telemetry;
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
			...this.#telemetryLines(),
		].join("\n");
		const parts = isBroken
			? [status.message]
			: [formatCount(counters.alive, "agent"), ...waitingFor(counters.waiting)];
		if (trouble !== null) parts.push(trouble.message);
		this.#item.accessibilityInformation = { label: ["Agent Live Graph", ...parts].join(", ") };
	}

	#telemetryLines(): string[] {
		const { role, trouble, isEnabled } = this.#telemetry;
		if (!isEnabled) return ["Telemetry is turned off."];
		const { functions, calls, errors } = this.#stats.model.totals;
		const recorded =
			calls === 0
				? "no calls recorded yet"
				: `${formatCount(calls, "call")} of ${formatCount(functions, "function")} recorded, ` +
					`${formatRate(errors / calls)} failed`;
		const reading = role === "reader" ? " (another window writes)" : "";
		return [
			`Telemetry: ${role === "starting" ? "starting" : recorded}${reading}`,
			...(trouble === null ? [] : [`Trouble (${trouble.reason}): ${trouble.message}`]),
		];
	}

	#textFor(isBroken: boolean, isWarning: boolean): string {
		const { status, mirror, isShown } = this.#feed;
		const { counters } = mirror;
		// Trouble is told at once, whatever else is still being read.
		if (isBroken) return "$(warning) Agents";
		if (!isShown) return "$(sync~spin) Reading agents";
		const waiting = counters.waiting > 0 ? ` $(bell-dot) ${counters.waiting}` : "";
		const demo = status.source === "demo" ? " (demo)" : "";
		return `$(${isWarning ? "warning" : "pulse"}) ${formatCount(counters.alive, "agent")}${waiting}${demo}`;
	}
}

function waitingFor(waiting: number): string[] {
	return waiting > 0 ? [`${waiting} waiting for your permission`] : [];
}
