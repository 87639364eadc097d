import type { TailStatus } from "../../ingest/files/eventTail.ts";
import { PrunedFilter } from "../rollups/prunedFilter.ts";
import { addBadLines, notesOf } from "../storage/badLines.ts";
import { prune, prunedBefore } from "../storage/retention.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { type LogBatch, LogReader } from "./logReader.ts";
import { ROTATE_ABOVE_BYTES, rotate } from "./rotation.ts";

/** Events after which old rows are pruned, and the longest time between; the latter in ms. */
const PRUNE_EVENTS = 100_000;
const PRUNE_MS = 3_600_000;

/** What a store is filled with, from whichever source. */
export interface IngestOptions {
	readonly store: TelemetryStore;
	/** What is older is not kept, and not read of transcripts. May be infinite. */
	readonly retentionDays: number;
	/** ms since the epoch */
	readonly now: () => number;
	/** Called after each transaction, with the number of its events. */
	readonly onWritten: (events: number, functionIds: readonly string[] | null) => void;
	/** Nothing is written any more; the database stands as it was before. */
	readonly onFailed: (error: unknown) => void;
}

interface LogIngestOptions extends IngestOptions {
	readonly eventsFile: string;
	/** Whether this process holds the writer's lock. */
	readonly mayRotate: () => boolean;
	readonly rotateAboveBytes?: number;
}

/** Brings the event log into a store, for as long as it lives. */
export class LogIngest {
	readonly #options: LogIngestOptions;
	readonly reader: LogReader;
	readonly #pruned: PrunedFilter;
	readonly #timer: NodeJS.Timeout;
	#sincePruned = 0;
	#hasFailed = false;
	#canRotate = true;

	constructor(options: LogIngestOptions) {
		this.#options = options;
		this.#pruned = new PrunedFilter(prunedBefore(options.store));
		this.reader = new LogReader({
			eventsFile: options.eventsFile,
			cursor: (source) => options.store.cursor(source),
			onBatch: (batch) => this.#attempt(() => this.#write(batch)),
			onStatus: (status) => this.#rotate(status),
		});
		this.#timer = setInterval(() => this.#attempt(() => this.#prune()), PRUNE_MS);
	}

	/** Reads to the present end, then follows. */
	start(): Promise<void> {
		this.#attempt(() => this.#prune());
		return this.reader.start();
	}

	dispose(): Promise<void> {
		clearInterval(this.#timer);
		return this.reader.dispose();
	}

	#write({ events, problems, cursor }: LogBatch): void {
		const { store, onWritten } = this.#options;
		const functionIds = store.ingest(this.#pruned.keep(events), cursor, () =>
			addBadLines(store, [...problems, ...notesOf(events)]),
		);
		this.#sincePruned += events.length;
		if (this.#sincePruned >= PRUNE_EVENTS) this.#prune();
		onWritten(events.length, functionIds);
	}

	#prune(): void {
		const { store, retentionDays, now } = this.#options;
		this.#sincePruned = 0;
		if (prune(store, retentionDays, now()) > 0) this.#pruned.raise(prunedBefore(store));
	}

	#rotate({ state, offset }: TailStatus): void {
		const { eventsFile, mayRotate, rotateAboveBytes = ROTATE_ABOVE_BYTES, now } = this.#options;
		if (!this.#canRotate || state !== "following" || offset <= rotateAboveBytes) return;
		// Whoever is in the middle of a line is to finish it in the same file.
		if (this.reader.isAtLineEnd && mayRotate()) {
			try {
				this.#canRotate = rotate(eventsFile, now()) !== null;
			} catch {
				// A log that may not be renamed grows on, and is read all the same.
				this.#canRotate = false;
			}
		}
	}

	/** After a failure no later batch may move the cursor past the one that was not written. */
	#attempt(change: () => void): void {
		if (this.#hasFailed) return;
		try {
			change();
		} catch (error) {
			this.#hasFailed = true;
			this.#options.onFailed(error);
		}
	}
}
