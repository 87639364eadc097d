import { setTimeout as sleep } from "node:timers/promises";
import type { ExportProgress, ExportSettings, ExportSource } from "../telemetry/worker/exporter.ts";
import { exportMetrics } from "./exportMetrics.ts";
import { type ExportOptions, exportOptions } from "./exportOptions.ts";
import { exportRound } from "./exportRound.ts";
import { DeliveryError } from "./sending/deliver.ts";

const ROUND_MS = 30_000;

/** Sends what is written, in rounds. */
export class FollowedExport {
	readonly #source: ExportSource;
	readonly #options: ExportOptions;
	readonly #signal: AbortSignal;
	/** ms since the epoch; metrics count from then on */
	readonly #startedAt: number;
	#progress: ExportProgress;
	/** What had been written when all of it was sent. */
	#sentWrites = -1;
	#metrics = "";

	constructor(
		source: ExportSource,
		settings: ExportSettings,
		env: Readonly<Record<string, string | undefined>>,
		signal: AbortSignal,
	) {
		this.#source = source;
		this.#signal = signal;
		this.#startedAt = source.now();
		const courier = {
			wait: (ms: number) => sleep(ms, undefined, { signal }),
			random: Math.random,
			signal,
			attempts: Number.POSITIVE_INFINITY,
			onTrouble: (trouble: string) => this.#told({ trouble }),
		};
		const { databaseFile } = source;
		this.#options = exportOptions({ databaseFile, settings, env, courier, since: 0 });
		this.#progress = {
			url: this.#options.target.traces.url,
			spans: 0,
			requests: 0,
			rejected: 0,
			rejectedPoints: 0,
			sentAt: null,
			trouble: null,
		};
	}

	get progress(): ExportProgress {
		return this.#progress;
	}

	/** Until it is ended, or refused for good, which is told as trouble. */
	async follow(): Promise<void> {
		try {
			for (;;) {
				await this.#round();
				await sleep(ROUND_MS, undefined, { signal: this.#signal });
			}
		} catch (error) {
			if (this.#signal.aborted) return;
			const isForeseen = error instanceof DeliveryError;
			this.#told({ trouble: isForeseen ? `${error.message}; given up` : String(error) });
		}
	}

	async #round(): Promise<void> {
		const writes = this.#source.written();
		// Where another process writes, that one sends.
		if (!this.#source.isWriter() || writes === this.#sentWrites) return;
		const now = this.#source.now();
		const figures = await exportRound(() => this.#source.store(), this.#options, now);
		const store = this.#source.store();
		const metrics = await exportMetrics(store, this.#options, this.#startedAt, now, this.#metrics);
		this.#metrics = metrics.text;
		this.#sentWrites = figures.isWhole ? writes : -1;
		const { spans, requests, rejected, rejectedPoints, sentAt } = this.#progress;
		this.#told({
			spans: spans + figures.spans,
			requests: requests + figures.requests,
			rejected: rejected + figures.rejected,
			rejectedPoints: rejectedPoints + metrics.rejected,
			sentAt: figures.spans > 0 ? now : sentAt,
			trouble: null,
		});
	}

	#told(news: Partial<ExportProgress>): void {
		this.#progress = { ...this.#progress, ...news };
	}
}
