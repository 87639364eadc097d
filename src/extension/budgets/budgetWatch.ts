import { homedir } from "node:os";
import * as vscode from "vscode";
import { type Budget, budgetsOf } from "../../insights/budgets/budget.ts";
import type { BudgetState } from "../../insights/budgets/budgetStates.ts";
import {
	budgetName,
	leftText,
	shareOf,
	shareText,
	THRESHOLDS,
} from "../../insights/budgets/budgetText.ts";
import { noticesOf } from "../../insights/budgets/notices.ts";
import { PatchClock } from "../../live/patchClock.ts";
import { Disposable } from "../disposable.ts";
import { commands } from "../ids.ts";
import type { TelemetryHost } from "../telemetry/telemetryHost.ts";

const SAID_KEY = "agentLiveGraph.budgetsSaid";
/** Least time between two looks: each reads the messages that have come. */
const LOOK_EVERY_MS = 30_000;

/** Looks what was spent of the budgets while anything is recorded, and says so at 80 and 100 %. */
export class BudgetWatch extends Disposable {
	readonly #telemetry: TelemetryHost;
	readonly #memory: vscode.Memento;
	readonly #onDidChange = this._register(new vscode.EventEmitter<void>());
	readonly onDidChange = this.#onDidChange.event;
	readonly #clock = this._register(new PatchClock(() => void this.#look(), LOOK_EVERY_MS));
	#budgets: readonly Budget[] = [];
	#states: readonly BudgetState[] = [];

	/** @param setting what the user wrote, unchecked */
	constructor(telemetry: TelemetryHost, memory: vscode.Memento, setting: unknown) {
		super();
		this.#telemetry = telemetry;
		this.#memory = memory;
		this._register(telemetry.onDidChange(() => this.#request()));
		this.configure(setting);
	}

	get budgets(): readonly Budget[] {
		return this.#budgets;
	}

	/** A line for each, for the status bar's tooltip. */
	get lines(): string[] {
		return this.#present.map(
			(state) => `${budgetName(state.budget)}: ${shareText(state)}, ${leftText(state)}`,
		);
	}

	/** The share of the one that is nearest to its end, once it has passed 80 %; empty before. */
	get words(): string {
		const [first] = this.#present.toSorted((a, b) => shareOf(b) - shareOf(a));
		return first !== undefined && shareOf(first) >= THRESHOLDS[0] ? shareText(first) : "";
	}

	configure(setting: unknown): void {
		const budgets = budgetsOf(setting, homedir());
		if (JSON.stringify(budgets) === JSON.stringify(this.#budgets)) return;
		this.#budgets = budgets;
		this.#show([]);
		this.#request();
	}

	/** Of periods that are over nothing is said, though nobody has looked since. */
	get #present(): readonly BudgetState[] {
		const now = Date.now();
		return this.#states.filter(({ period }) => period === null || period.until > now);
	}

	/** Who has none pays nothing for them. */
	#request(): void {
		const { current, role } = this.#telemetry;
		if (this.#budgets.length === 0 || current === null || role === "starting") return;
		this.#clock.request();
	}

	async #look(): Promise<void> {
		const { current, role } = this.#telemetry;
		if (current === null) return;
		const asked = this.#budgets;
		try {
			const states = await current.budgets(asked);
			if (this.isDisposed || asked !== this.#budgets) return;
			this.#show(states);
			// Of several windows one says it: that which writes the database.
			if (role === "writer") await this.#say(states);
		} catch {
			// Whatever broke it says so elsewhere.
		}
	}

	#show(states: readonly BudgetState[]): void {
		this.#states = states;
		this.#onDidChange.fire();
	}

	async #say(states: readonly BudgetState[]): Promise<void> {
		const { say, said } = noticesOf(states, this.#memory.get<string[]>(SAID_KEY) ?? []);
		await this.#memory.update(SAID_KEY, said);
		for (const state of say) {
			const text = `${budgetName(state.budget)}: ${shareText(state)} spent, ${leftText(state)}.`;
			void vscode.window.showWarningMessage(text, "Open Insights").then((choice) => {
				if (choice !== undefined) void vscode.commands.executeCommand(commands.openInsights);
			});
		}
	}
}
