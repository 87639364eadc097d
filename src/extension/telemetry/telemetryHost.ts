import * as vscode from "vscode";
import { Restarts } from "../../live/reading/restarts.ts";
import type { Telemetry, TelemetryOptions } from "../../telemetry/api.ts";
import type { TelemetryChange, TelemetryRole, TelemetryTrouble } from "../../telemetry/figures.ts";
import { TelemetryError } from "../../telemetry/telemetryError.ts";
import { Disposable } from "../disposable.ts";

/** Owns the one telemetry of this window and exchanges it when the settings ask for another. */
export class TelemetryHost extends Disposable {
	readonly #open: (options: TelemetryOptions) => Telemetry;
	readonly #onDidChange = this._register(new vscode.EventEmitter<TelemetryChange>());
	/** Its rows, its role or its trouble changed, or it is another one. */
	readonly onDidChange = this.#onDidChange.event;
	#wanted: TelemetryOptions | null = null;
	/** undefined where that is gone, or was never there because its start failed. */
	#opened: TelemetryOptions | null | undefined = null;
	#telemetry: Telemetry | null = null;
	#failure: TelemetryTrouble | null = null;
	#exchange: Promise<void> | null = null;
	/** The one that ended by itself had been told to read no history. */
	#stopsHistory = false;
	readonly #restarts: Restarts;

	/**
	 * @param open must not block: all of the work belongs into a thread of its own
	 * @param restartsMs waits before one that ended by itself is opened again
	 */
	constructor(open: (options: TelemetryOptions) => Telemetry, restartsMs?: readonly number[]) {
		super();
		this.#open = open;
		this.#restarts = new Restarts(() => this.#openAgain(), restartsMs);
	}

	/** False when the user turned it off. */
	get isEnabled(): boolean {
		return this.#wanted !== null;
	}

	get role(): TelemetryRole {
		if (this.#telemetry !== null) return this.#telemetry.role;
		return this.isEnabled && this.#failure === null ? "starting" : "closed";
	}

	get trouble(): TelemetryTrouble | null {
		return this.#telemetry?.trouble ?? this.#failure;
	}

	/** null while there is none: it is turned off, or is being exchanged. */
	get current(): Telemetry | null {
		return this.#telemetry;
	}

	/** @throws TelemetryError with reason `closed` while there is none */
	get required(): Telemetry {
		if (this.#telemetry !== null) return this.#telemetry;
		const state = this.isEnabled ? "The telemetry is starting." : "The telemetry is turned off.";
		throw new TelemetryError("closed", this.#failure?.message ?? state);
	}

	/** @param wanted null turns it off. Takes effect in a later turn: activation must be short. */
	configure(wanted: TelemetryOptions | null): void {
		if (!isSame(wanted, this.#wanted)) {
			this.#restarts.reset();
			this.#stopsHistory = false;
		}
		this.#wanted = wanted;
		this.#exchange ??= this.#exchangeAll().finally(() => {
			this.#exchange = null;
			if (this.#failure !== null) this.#opened = undefined;
		});
	}

	/** Saves and ends; settles when that is done. */
	async close(): Promise<void> {
		this.configure(null);
		await this.#exchange;
	}

	override dispose(): void {
		void this.close();
		super.dispose();
	}

	/** One after the other: two of one database would compete for its lock. */
	async #exchangeAll(): Promise<void> {
		await new Promise((resolve) => setImmediate(resolve));
		while (!isSame(this.#wanted, this.#opened)) {
			const old = this.#telemetry;
			this.#telemetry = null;
			const opened = this.#wanted;
			this.#opened = opened;
			this.#failure = null;
			// What went wrong while it ran has been told as trouble.
			await old?.dispose().catch(() => {});
			if (opened !== null) this.#start(opened);
			this.#changed();
		}
	}

	#start(options: TelemetryOptions): void {
		try {
			const telemetry = this.#open(options);
			this.#telemetry = telemetry;
			let isHistoryStopped = this.#stopsHistory;
			// One that is being ended still tells of its last save; nobody is to hear of that.
			telemetry.onDidChange((change) => {
				if (this.#telemetry !== telemetry || this.isDisposed) return;
				if (change.transcripts) isHistoryStopped = change.transcripts.isHistoryStopped;
				if (change.role === "closed") this.#endedByItself(change.trouble, isHistoryStopped);
				else this.#onDidChange.fire(change);
			});
			// Stopped is stopped until the settings change or the window is opened again.
			if (this.#stopsHistory) void telemetry.stopHistory().catch(() => {});
		} catch (error) {
			this.#failed(`The telemetry did not start: ${error}.`);
		}
	}

	/** Its thread is gone, such as for want of memory. What was saved is read on from. */
	#endedByItself(trouble: TelemetryTrouble | null, isHistoryStopped: boolean): void {
		this.#telemetry = null;
		// Another one is wanted anyway, and about to be opened.
		if (!isSame(this.#wanted, this.#opened)) return;
		this.#opened = undefined;
		this.#stopsHistory = isHistoryStopped;
		this.#failed(`The telemetry ended by itself: ${trouble?.message ?? "its thread is gone"}.`);
		this.#changed();
	}

	#failed(what: string): void {
		const isTriedAgain = this.#restarts.schedule();
		const next = isTriedAgain
			? "It is started again."
			: "It has failed too often and is left alone: reload the window to try again.";
		const reason = isTriedAgain ? "failed" : "gave_up";
		this.#failure = { reason, message: `${what} ${next}` };
	}

	#openAgain(): void {
		if (this.#telemetry === null) this.configure(this.#wanted);
	}

	#changed(): void {
		if (this.isDisposed) return;
		const { role, trouble } = this;
		this.#onDidChange.fire({ functionIds: null, role, trouble });
	}
}

function isSame(one: TelemetryOptions | null, other: TelemetryOptions | null | undefined): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}
