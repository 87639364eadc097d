import * as vscode from "vscode";
import { formatCount } from "../../model/views/format.ts";
import type { TelemetryTrouble } from "../../telemetry/figures.ts";
import type { BudgetWatch } from "../budgets/budgetWatch.ts";
import { Disposable } from "../disposable.ts";
import type { StatsFeed } from "../stats/statsFeed.ts";
import { formatRate } from "../stats/statsText.ts";
import type { TelemetryHost } from "./telemetryHost.ts";

/** What the status bar says of the telemetry. */
export class RecordedLines extends Disposable {
	readonly #telemetry: TelemetryHost;
	readonly #stats: StatsFeed;
	readonly #budgets: BudgetWatch;
	readonly #onDidChange = this._register(new vscode.EventEmitter<void>());
	readonly onDidChange = this.#onDidChange.event;

	constructor(telemetry: TelemetryHost, stats: StatsFeed, budgets: BudgetWatch) {
		super();
		this.#telemetry = telemetry;
		this.#stats = stats;
		this.#budgets = budgets;
		this._register(budgets.onDidChange(() => this.#onDidChange.fire()));
		this._register(stats.onDidChange(() => this.#onDidChange.fire()));
		this._register(telemetry.onDidChange(() => this.#onDidChange.fire()));
	}

	get trouble(): TelemetryTrouble | null {
		return this.#telemetry.trouble;
	}

	/** What stands beside the number of agents; mostly empty. */
	get words(): string {
		return this.#budgets.words;
	}

	get lines(): string[] {
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
			...this.#budgets.lines,
			...(trouble === null ? [] : [`Trouble (${trouble.reason}): ${trouble.message}`]),
		];
	}
}
