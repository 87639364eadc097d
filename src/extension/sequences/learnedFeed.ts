import * as vscode from "vscode";
import { PatchClock } from "../../live/patchClock.ts";
import type { Detection, Proposal, Sequence } from "../../sequences/learned.ts";
import type { ProposalStatus } from "../../sequences/proposals.ts";
import { Disposable } from "../disposable.ts";
import type { TelemetryHost } from "../telemetry/telemetryHost.ts";

const REFRESH_INTERVAL_MS = 500;

/** Keeps the sequences and proposals of the database for the views. */
export class LearnedFeed extends Disposable {
	readonly #host: TelemetryHost;
	readonly #onDidChange = this._register(new vscode.EventEmitter<void>());
	readonly onDidChange = this.#onDidChange.event;
	readonly #clock = this._register(new PatchClock(() => void this.refresh(), REFRESH_INTERVAL_MS));
	#sequences: readonly Sequence[] = [];
	#proposals: readonly Proposal[] = [];

	constructor(host: TelemetryHost) {
		super();
		this.#host = host;
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

	/** @throws TelemetryError `not_writer` or `cancelled` */
	async detect(
		proposes: boolean,
		onProgress: (share: number) => void,
		signal: AbortSignal,
	): Promise<Detection> {
		const found = await this.#host.required.detectSequences({ proposes }, { onProgress, signal });
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
