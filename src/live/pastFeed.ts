import type { LiveGraph } from "../model/graph/liveGraph.ts";
import { GraphMirror } from "../model/views/graphMirror.ts";
import type { PanelSettings, SourceStatus } from "../protocol/messages.ts";
import type { FeedListener, GraphFeed } from "./graphFeed.ts";
import { type FeedSources, GraphSource } from "./graphSource.ts";
import type { RecordedPart } from "./recording/partGatherer.ts";
import { recordSession } from "./recording/recordSession.ts";
import type { StartReading } from "./transcriptReading.ts";

interface PastSession extends FeedSources {
	readonly session: string;
	readonly settings: PanelSettings;
	readonly startReading: StartReading;
	/** What the keys of its nodes begin with: no other graph of the same page may have it. */
	readonly keyPrefix: string;
}

/** One session that is over, read once from its transcripts. */
export class PastFeed implements GraphFeed {
	readonly settings: PanelSettings;
	readonly #past: PastSession;
	readonly #source: GraphSource;
	readonly #listeners = new Set<FeedListener>();
	/** The graph as last told to everyone. */
	readonly mirror = new GraphMirror();
	#status: SourceStatus;

	constructor(past: PastSession) {
		const { session, settings, startReading, ...options } = past;
		this.#past = past;
		this.settings = settings;
		this.#source = new GraphSource(
			{
				...options,
				eventsFile: "",
				isFollowing: false,
				startReading: (input, listener) => startReading({ ...input, session }, listener),
			},
			{
				changed: () => this.#changed(),
				statusChanged: () => this.#changed(),
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
		return recordSession({ ...this.#past, session, isFollowing: false }, tell);
	}

	listen(listener: FeedListener): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	async dispose(): Promise<void> {
		this.#listeners.clear();
		await this.#source.dispose();
	}

	#changed(): void {
		const status = this.#describe();
		if (JSON.stringify(status) === JSON.stringify(this.#status)) return;
		this.#status = status;
		for (const listener of this.#listeners) listener.status?.(status);
		if (!this.isShown) return;
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
			message: isRead ? "A past session, read from its transcripts." : error,
		};
	}
}
