import type { TranscriptClient, TranscriptRecord } from "../ingest/transcripts/port.ts";
import {
	type FollowerStatus,
	type TranscriptBatch,
	TranscriptFollower,
} from "../ingest/transcripts/transcriptFollower.ts";
import type { LineProblem } from "../model/events.ts";
import { addBadLines } from "./logIngest.ts";
import { PrunedFilter } from "./prunedFilter.ts";
import { prunedBefore } from "./retention.ts";
import type { IngestCursor, TelemetryStore } from "./store.ts";

/** Records of history that go into one transaction; what runs now does not wait for others. */
const BATCH_RECORDS = 2000;

export interface TranscriptIngestOptions {
	readonly store: TelemetryStore;
	readonly client: TranscriptClient;
	/** Absolute paths; they need not exist. */
	readonly folders: readonly string[];
	readonly readsHistory: boolean;
	/** False to read only when asked to by {@link TranscriptIngest.catchUp}. */
	readonly isFollowing: boolean;
	readonly now: () => number;
	/** Called after each transaction, with the number of its events. */
	readonly onWritten: (events: number, functionIds: readonly string[] | null) => void;
	/** How far it is may have changed. */
	readonly onProgress: () => void;
	/** Nothing is written any more; the database stands as it was before. */
	readonly onFailed: (error: unknown) => void;
}

/** Brings transcripts into a store, for as long as it lives. */
export class TranscriptIngest {
	readonly #options: TranscriptIngestOptions;
	readonly #follower: TranscriptFollower;
	readonly #pruned: PrunedFilter;
	#records: TranscriptRecord[] = [];
	#problems: LineProblem[] = [];
	readonly #cursors = new Map<string, IngestCursor>();
	#hasFailed = false;

	constructor(options: TranscriptIngestOptions) {
		const { store, client, folders, readsHistory, isFollowing, now } = options;
		this.#options = options;
		this.#pruned = new PrunedFilter(prunedBefore(store));
		const start = (path: string) => {
			const cursor = store.cursor(transcriptSource(client, path));
			return cursor === null ? null : { identity: cursor.fileIdentity, offset: cursor.byteOffset };
		};
		this.#follower = new TranscriptFollower(
			{
				...{ client, roots: folders, readsHistory, isFollowing, now },
				start: (_file, path) => start(path),
			},
			{
				batch: (batch) => this.#take(batch),
				status: ({ isReadingHistory }) => {
					if (!isReadingHistory) this.#flush();
					options.onProgress();
				},
			},
		);
	}

	get status(): FollowerStatus {
		return this.#follower.status;
	}

	/** Reads to the present end of all, history too unless that is stopped. */
	async catchUp(): Promise<void> {
		await this.#follower.catchUp();
		this.#flush();
	}

	/** Reads to the present end of what runs now. */
	async catchUpLive(): Promise<void> {
		await this.#follower.catchUpLive();
		this.#flush();
	}

	stopHistory(): void {
		this.#follower.stopHistory();
	}

	resumeHistory(): void {
		this.#follower.resumeHistory();
	}

	async dispose(): Promise<void> {
		await this.#follower.dispose();
		this.#flush();
	}

	#take({ path, records, problems, position, isLive }: TranscriptBatch): void {
		this.#records.push(...records);
		this.#problems.push(...problems);
		if (position !== null) {
			const source = transcriptSource(this.#options.client, path);
			const { identity, offset } = position;
			this.#cursors.set(source, { source, fileIdentity: identity, byteOffset: offset });
		}
		const isFull = this.#records.length >= BATCH_RECORDS;
		if (isLive || isFull || !this.#follower.isReadingHistory) this.#flush();
	}

	/** Records and the cursors behind them, all or nothing. */
	#flush(): void {
		if (this.#records.length === 0 && this.#problems.length === 0 && this.#cursors.size === 0)
			return;
		const [records, problems, cursors] = [
			this.#records,
			this.#problems,
			[...this.#cursors.values()],
		];
		this.#records = [];
		this.#problems = [];
		this.#cursors.clear();
		// After a failure no later batch may move a cursor past the one that was not written.
		if (this.#hasFailed) return;
		try {
			this.#write(records, problems, cursors);
		} catch (error) {
			this.#hasFailed = true;
			this.#options.onFailed(error);
		}
	}

	#write(
		records: readonly TranscriptRecord[],
		problems: readonly LineProblem[],
		cursors: readonly IngestCursor[],
	): void {
		const { store, onWritten } = this.#options;
		this.#pruned.raise(prunedBefore(store));
		const events = this.#pruned.keep(records.map(({ event }) => event));
		const moved = cursors.filter((cursor) => !isSameCursor(cursor, store.cursor(cursor.source)));
		if (events.length === 0 && problems.length === 0 && moved.length === 0) return;
		const functionIds = store.ingest(events, null, () => {
			for (const cursor of moved) store.writeCursor(cursor);
			addBadLines(store, problems);
		});
		onWritten(events.length, functionIds);
	}
}

/** Name of a transcript's cursor. */
function transcriptSource({ name }: TranscriptClient, path: string): string {
	return `${TRANSCRIPT_SOURCE}${name}:${path}`;
}

/** How the names of transcripts' cursors begin. */
export const TRANSCRIPT_SOURCE = "transcript:";

function isSameCursor(a: IngestCursor, b: IngestCursor | null): boolean {
	return a.fileIdentity === b?.fileIdentity && a.byteOffset === b.byteOffset;
}
