import type { CallFacts } from "../../facts/callFacts.ts";
import type { Pass, TranscriptClient } from "../../ingest/transcripts/port.ts";
import {
	type LineReaders,
	type TranscriptBatch,
	TranscriptFollower,
} from "../../ingest/transcripts/transcriptFollower.ts";
import type { AgentEvent } from "../../model/events/events.ts";
import { PrunedFilter } from "../rollups/prunedFilter.ts";
import { keptSince, prunedBefore } from "../storage/retention.ts";
import type { IngestCursor } from "../storage/store.ts";
import { SourceProblems } from "./lineProblems.ts";
import type { IngestOptions } from "./logIngest.ts";
import { SOURCES } from "./passCursors.ts";

/** Events of history that go into one transaction; what runs now does not wait for others. */
const BATCH_EVENTS = 3000;

interface TranscriptIngestOptions extends IngestOptions {
	readonly clients: readonly TranscriptClient[];
	/** Read events first and then what is derived, `CallFacts`; without them only events become rows. */
	readonly readers?: LineReaders;
	/** Absolute paths; they need not exist. */
	readonly folders: readonly string[];
	readonly readsHistory: boolean;
	/** False to read only when asked to by {@link TranscriptIngest.catchUp}. */
	readonly isFollowing: boolean;
	/** How far it is may have changed. */
	readonly onProgress: () => void;
}

/** Brings transcripts into a store, for as long as it lives. */
export class TranscriptIngest {
	readonly #options: TranscriptIngestOptions;
	readonly follower: TranscriptFollower;
	readonly #pruned: Readonly<Record<Pass, PrunedFilter>>;
	#events: AgentEvent[] = [];
	#facts = new Map<AgentEvent, CallFacts>();
	#problems = new Map<string, SourceProblems>();
	readonly #cursors = new Map<string, IngestCursor>();
	#isDeriving = false;
	#hasFailed = false;

	constructor(options: TranscriptIngestOptions) {
		const { store, clients, folders, readsHistory, isFollowing, now, readers } = options;
		this.#options = options;
		const pruned = () => new PrunedFilter(this.#keptSince());
		this.#pruned = { events: pruned(), facts: pruned() };
		const start = (pass: Pass) => (path: string) => {
			const cursor = store.cursor(SOURCES[pass] + path);
			return cursor === null ? null : { identity: cursor.fileIdentity, offset: cursor.byteOffset };
		};
		this.follower = new TranscriptFollower(
			{
				clients,
				roots: folders,
				readsHistory,
				isFollowing,
				now,
				modifiedSince: keptSince(options.retentionDays, now()),
				start: start("events"),
				...(readers === undefined ? {} : { readers, startFacts: start("facts") }),
			},
			{
				batch: (batch) => this.#take(batch),
				status: ({ isReadingHistory, isDeriving = false }) => {
					if (!isReadingHistory || isDeriving !== this.#isDeriving) this.#flush();
					this.#isDeriving = isDeriving;
					options.onProgress();
				},
			},
		);
	}

	/** Reads to the present end of all, history too unless that is stopped. */
	async catchUp(): Promise<void> {
		await this.follower.catchUp();
		this.#flush();
	}

	/** Reads to the present end of what runs now. */
	async catchUpLive(): Promise<void> {
		await this.follower.catchUpLive();
		this.#flush();
	}

	async dispose(): Promise<void> {
		await this.follower.dispose();
		this.#flush();
	}

	#take(batch: TranscriptBatch): void {
		const { path, pass, records, position, isLive } = batch;
		const source = SOURCES[pass] + path;
		for (const { event, derived } of records) {
			if (!this.#pruned[pass].keeps(event)) continue;
			this.#events.push(event);
			if (derived !== undefined) this.#facts.set(event, derived as CallFacts);
		}
		if (pass === "events") this.#note(source, batch);
		if (position !== null) {
			const { identity, offset } = position;
			this.#cursors.set(source, { source, fileIdentity: identity, byteOffset: offset });
		}
		const isFull = this.#events.length >= BATCH_EVENTS;
		if (isLive || isFull || !this.follower.isReadingHistory) this.#flush();
	}

	#note(source: string, { problems, isFromBeginning }: TranscriptBatch): void {
		const known = this.#problems.get(source) ?? new SourceProblems(source);
		known.add(problems, isFromBeginning);
		if (!known.isEmpty) this.#problems.set(source, known);
	}

	#keptSince(): number {
		const { store, retentionDays, now } = this.#options;
		return Math.max(prunedBefore(store), keptSince(retentionDays, now()));
	}

	/** Events and the cursors behind them, all or nothing. */
	#flush(): void {
		const batch: Batch = {
			events: this.#events,
			facts: this.#facts,
			problems: [...this.#problems.values()],
			cursors: [...this.#cursors.values()],
		};
		this.#events = [];
		this.#facts = new Map();
		this.#problems = new Map();
		this.#cursors.clear();
		// After a failure no later batch may move a cursor past the one that was not written.
		if (this.#hasFailed) return;
		try {
			this.#write(batch);
		} catch (error) {
			this.#hasFailed = true;
			this.#options.onFailed(error);
		}
	}

	#write({ events, facts, problems, cursors }: Batch): void {
		const { store, onWritten } = this.#options;
		const moved = cursors.filter((cursor) => !isSameCursor(cursor, store.cursor(cursor.source)));
		if (events.length === 0 && problems.length === 0 && moved.length === 0) return;
		const alongside = (): void => {
			for (const cursor of moved) store.writeCursor(cursor);
			for (const each of problems) each.write(store);
		};
		const functionIds = store.ingest(events, null, alongside, facts);
		for (const pruned of Object.values(this.#pruned)) pruned.raise(this.#keptSince());
		onWritten(events.length, functionIds);
	}
}

/** What goes into one transaction. */
interface Batch {
	readonly events: readonly AgentEvent[];
	readonly facts: ReadonlyMap<AgentEvent, CallFacts>;
	readonly problems: readonly SourceProblems[];
	readonly cursors: readonly IngestCursor[];
}

function isSameCursor(a: IngestCursor, b: IngestCursor | null): boolean {
	return a.fileIdentity === b?.fileIdentity && a.byteOffset === b.byteOffset;
}
