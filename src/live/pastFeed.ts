import { LogLines } from "../ingest/eventLog/logLines.ts";
import type { LiveGraph } from "../model/graph/liveGraph.ts";
import { GraphMirror } from "../model/views/graphMirror.ts";
import type { PanelSettings, SourceStatus } from "../protocol/messages.ts";
import type { FeedListener, GraphFeed } from "./graphFeed.ts";
import { type FeedSources, GraphSource } from "./graphSource.ts";
import { REAP_AFTER_MS } from "./liveFeed.ts";
import type { PastOrigin } from "./pastOrigin.ts";
import { PatchClock } from "./patchClock.ts";
import type { RecordedPart } from "./recording/partGatherer.ts";
import { recordSession } from "./recording/recordSession.ts";

/** Longest time that the first picture waits for all of it, ms. */
const PATIENCE_MS = 250;
/** How often more of what takes longer is shown, ms. */
const PARTIAL_INTERVAL_MS = 500;

const MESSAGES: Readonly<Record<PastOrigin["kind"], string>> = {
	transcripts: "A past session, read from its transcripts.",
	database:
		"A past session, made of what the database has of it: it has no transcript, or its client has removed the file.",
	log: "A past session, read from the event log: neither a transcript nor the database has any of its calls.",
};

/** Its folders are where it is read from: those of transcripts, or the file of what else it is. */
interface PastSession extends FeedSources {
	readonly session: string;
	readonly origin: PastOrigin;
	readonly settings: PanelSettings;
	/** What the keys of its nodes begin with: no other graph of the same page may have it. */
	readonly keyPrefix: string;
	readonly patienceMs?: number;
}

/** One session that is over, read once. */
export class PastFeed implements GraphFeed {
	readonly settings: PanelSettings;
	readonly #past: PastSession;
	readonly #source: GraphSource;
	readonly #listeners = new Set<FeedListener>();
	readonly #clock = new PatchClock(() => this.#reset(), PARTIAL_INTERVAL_MS);
	/** The graph as last told to everyone. */
	readonly mirror = new GraphMirror();
	#status: SourceStatus;

	constructor(past: PastSession) {
		const { session, settings, origin, ...options } = past;
		this.#past = past;
		this.settings = settings;
		this.#source = new GraphSource(
			{
				patienceMs: PATIENCE_MS,
				...options,
				eventsFile: "",
				isFollowing: false,
				newLog: () => new LogLines(),
				startReading: (input, listener) => origin.startReading({ ...input, session }, listener),
			},
			{
				changed: () => this.#clock.request(),
				statusChanged: () => this.#statusChanged(),
			},
		);
		this.#status = this.#describe();
	}

	get shown(): LiveGraph {
		return this.#source.graph;
	}

	get followed(): LiveGraph {
		return this.#source.graph;
	}

	get isShown(): boolean {
		return this.#status.phase !== "reading";
	}

	get status(): SourceStatus {
		return this.#status;
	}

	record(session: string, tell: (part: RecordedPart) => void): () => void {
		const { kind, startReading } = this.#past.origin;
		// It need not be read twice.
		const eventsFile = kind === "log" ? "" : this.#past.eventsFile;
		const sources = { ...this.#past, session, eventsFile, startReading, isFollowing: false };
		return recordSession(sources, tell);
	}

	listen(listener: FeedListener): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	async dispose(): Promise<void> {
		this.#listeners.clear();
		this.#clock.dispose();
		await this.#source.dispose();
	}

	#statusChanged(): void {
		const status = this.#describe();
		if (JSON.stringify(status) === JSON.stringify(this.#status)) return;
		this.#status = status;
		for (const listener of this.#listeners) listener.status?.(status);
		this.#reset();
	}

	/** What was read since is a whole picture, and not what happens: nothing of it flashes and fades. */
	#reset(): void {
		if (!this.isShown) return;
		// Whoever has said nothing since is as lost as in a live picture.
		if (this.#status.phase === "live") this.shown.reap(Date.now(), REAP_AFTER_MS);
		this.shown.takePatch();
		this.mirror.reset(this.shown.snapshot());
		for (const listener of this.#listeners) listener.reset?.();
	}

	#describe(): SourceStatus {
		const { phase, transcripts } = this.#source;
		const error = transcripts?.error ?? "";
		const isRead = error === "";
		return {
			connection: isRead ? "connected" : "disconnected",
			source: "past",
			phase,
			areHooksReady: false,
			message: isRead ? MESSAGES[this.#past.origin.kind] : error,
		};
	}
}
