import * as vscode from "vscode";
import { PatchClock } from "../../live/patchClock.ts";
import type { Telemetry } from "../../telemetry/api.ts";
import type { FunctionStats } from "../../telemetry/figures.ts";
import { Disposable } from "../disposable.ts";
import type { TelemetryHost } from "../telemetry/telemetryHost.ts";
import { type StatsChange, StatsModel } from "./statsModel.ts";
import type { SortKey } from "./statsSort.ts";

const REFRESH_INTERVAL_MS = 500;
/** From so many changed functions on, all are asked for. */
const MANY = 1000;

/** What there is to see; the welcome text of the view depends on it. */
type StatsState = "off" | "starting" | "empty" | "noMatch" | "listed";

/** Keeps the model of the functions up to date with the telemetry: asks only for what changed. */
export class StatsFeed extends Disposable {
	readonly model: StatsModel;
	readonly #host: TelemetryHost;
	readonly #onDidChange = this._register(new vscode.EventEmitter<StatsChange>());
	readonly onDidChange = this.#onDidChange.event;
	readonly #clock = this._register(
		new PatchClock(() => void this.#fetchPending(), REFRESH_INTERVAL_MS),
	);
	/** Functions to ask for; null for all. */
	#pending: Set<string> | null = null;
	#fetching: Promise<void> | null = null;
	/** Until then an empty model means that nothing is known, not that nothing happened. */
	#isLoaded = false;
	#filter = "";

	constructor(host: TelemetryHost, sort: SortKey) {
		super();
		this.#host = host;
		this.model = new StatsModel(sort);
		this._register(
			host.onDidChange(({ functionIds }) => {
				if (functionIds === null) this.#pending = null;
				else for (const id of functionIds) this.#pending?.add(id);
				this.#clock.request();
			}),
		);
	}

	get filter(): string {
		return this.#filter;
	}

	get state(): StatsState {
		if (!this.#host.isEnabled) return "off";
		if (!this.#isLoaded) return "starting";
		if (this.model.totals.functions === 0) return "empty";
		if (this.model.groups.length > 0) return "listed";
		return this.#filter === "" ? "empty" : "noMatch";
	}

	/** @param text see StatsModel.setFilter; stays in force for functions that come later */
	setFilter(text: string): void {
		if (text === this.#filter) return;
		this.#filter = text;
		this.#onDidChange.fire(this.model.setFilter(text));
	}

	/** Lists functions that nobody ever called too, or no more. */
	toggleUnused(): void {
		this.#onDidChange.fire(this.model.toggleUnused());
	}

	setSort(sort: SortKey): void {
		this.#onDidChange.fire(this.model.setSort(sort));
	}

	/** Asks for everything again. */
	async refresh(): Promise<void> {
		this.#pending = null;
		await this.#fetchPending();
	}

	/** One question at a time, so that an old answer never comes after a newer one. */
	async #fetchPending(): Promise<void> {
		while (this.#fetching !== null) await this.#fetching;
		this.#fetching = this.#fetch().finally(() => {
			this.#fetching = null;
		});
		await this.#fetching;
	}

	async #fetch(): Promise<void> {
		const telemetry = this.#host.current;
		// While one is exchanged for another, what was read last stays.
		if (telemetry === null && this.#host.isEnabled) return;
		const ids = this.#takePending();
		try {
			const rows = telemetry === null ? [] : await ask(telemetry, ids);
			if (telemetry !== this.#host.current || this.isDisposed) return;
			this.#isLoaded = telemetry !== null;
			this.#onDidChange.fire(this.model.update(rows, ids === null || telemetry === null));
		} catch {
			// Whoever closed it, or what broke it, says so by the host's next change.
			this.#pending = null;
		}
	}

	#takePending(): string[] | null {
		const ids = this.#pending !== null && this.#pending.size < MANY ? [...this.#pending] : null;
		this.#pending = new Set();
		return ids;
	}
}

async function ask(telemetry: Telemetry, ids: string[] | null): Promise<FunctionStats[]> {
	if (ids === null) return telemetry.functionStats();
	return ids.length === 0 ? [] : telemetry.functionStats(ids);
}
