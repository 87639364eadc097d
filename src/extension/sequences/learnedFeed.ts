import * as vscode from "vscode";
import { PatchClock } from "../../live/patchClock.ts";
import type { Detection, Proposal, Sequence } from "../../sequences/learned.ts";
import type { ProposalStatus } from "../../sequences/proposals/kinds.ts";
import type { Thresholds } from "../../sequences/proposals/thresholds.ts";
import { TelemetryError } from "../../telemetry/telemetryError.ts";
import { Disposable } from "../disposable.ts";
import type { TelemetryHost } from "../telemetry/telemetryHost.ts";

const REFRESH_INTERVAL_MS = 500;
const SETTLED_MS = 1000;

/** Keeps the sequences and proposals of the database for the views. */
export class LearnedFeed extends Disposable {
	readonly #host: TelemetryHost;
	readonly #onDidChange = this._register(new vscode.EventEmitter<void>());
	readonly onDidChange = this.#onDidChange.event;
	readonly #clock = this._register(new PatchClock(() => void this.refresh(), REFRESH_INTERVAL_MS));
	#thresholds: Thresholds;
	readonly #ended = new AbortController();
	#settled: NodeJS.Timeout | undefined;
	#sequences: readonly Sequence[] = [];
	#proposals: readonly Proposal[] = [];

	constructor(host: TelemetryHost, thresholds: Thresholds) {
		super();
		this.#host = host;
		this.#thresholds = thresholds;
		this._register({
			dispose: () => {
				clearTimeout(this.#settled);
				this.#ended.abort();
			},
		});
		this._register(
			host.onDidChange(({ functionIds }) => {
				// Calls alone change neither: only a search does, here or in another window.
				if (functionIds === null) this.#clock.request();
			}),
		);
	}

	get sequences(): readonly Sequence[] {
		return this.#sequences;
	}

	get proposals(): readonly Proposal[] {
		return this.#proposals;
	}

	/** Other thresholds give other proposals, at once in the window that writes the database. */
	configure(thresholds: Thresholds): void {
		if (JSON.stringify(thresholds) === JSON.stringify(this.#thresholds)) return;
		this.#thresholds = thresholds;
		clearTimeout(this.#settled);
		// A number is typed digit by digit.
		this.#settled = setTimeout(() => void this.#renew(), SETTLED_MS);
	}

	async #renew(): Promise<void> {
		if (this.#host.role !== "writer") return;
		try {
			await this.detect(true, () => {}, this.#ended.signal);
		} catch (error) {
			// Closed, cancelled or written by another by now: whoever asks next gets the new ones.
			if (!(error instanceof TelemetryError)) throw error;
		}
	}

	/** @throws TelemetryError `not_writer` or `cancelled` */
	async detect(
		proposes: boolean,
		onProgress: (share: number) => void,
		signal: AbortSignal,
	): Promise<Detection> {
		const found = await this.#host.required.detectSequences(
			{ proposes, thresholds: this.#thresholds },
			{ onProgress, signal },
		);
		await this.refresh();
		return found;
	}

	/** @throws TelemetryError `not_writer`, or why it could not be saved */
	async decide(hash: string, status: ProposalStatus): Promise<void> {
		try {
			await this.#host.required.decideProposal(hash, status);
		} finally {
			await this.refresh();
		}
	}

	/** Asks for both again. */
	async refresh(): Promise<void> {
		const telemetry = this.#host.current;
		// While one is exchanged for another, what was read last stays.
		if (telemetry === null && this.#host.isEnabled) return;
		try {
			const sequences = (await telemetry?.sequences()) ?? [];
			const proposals = (await telemetry?.proposals()) ?? [];
			if (telemetry !== this.#host.current || this.isDisposed) return;
			this.#sequences = sequences;
			this.#proposals = proposals;
			this.#onDidChange.fire();
		} catch {
			// Whoever closed it, or what broke it, says so by the host's next change.
		}
	}
}
