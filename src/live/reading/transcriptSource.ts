import type { FollowerStatus } from "../../ingest/transcripts/transcriptFollower.ts";
import type { LiveGraph } from "../../model/graph/liveGraph.ts";
import { Restarts } from "./restarts.ts";
import type { StartReading, TranscriptEvents, TranscriptReading } from "./transcriptReading.ts";

/** What was not written to for so long is history, and no part of the live picture. */
const LIVE_MS = 24 * 3_600_000;

interface TranscriptSourceOptions {
	readonly folders: readonly string[];
	readonly startReading: StartReading;
	/** False to read all there is once, however old. */
	readonly isFollowing: boolean;
	/** Waits before a reading that ended by itself is started again. */
	readonly restartsMs?: readonly number[] | undefined;
}

interface TranscriptSourceListener {
	/** The graph may have changed. */
	changed(): void;
	/** Any of its own properties may have changed. */
	statusChanged(): void;
}

/** Brings the client's transcripts into a graph that a log is brought into as well. */
export class TranscriptSource {
	readonly folders: readonly string[];
	readonly #options: TranscriptSourceOptions;
	readonly #graph: LiveGraph;
	readonly #listener: TranscriptSourceListener;
	readonly #start: NodeJS.Immediate;
	readonly #restarts: Restarts;
	#reading: TranscriptReading | null = null;
	#isRead = false;
	#status: FollowerStatus | null = null;
	#error = "";
	/** Time of the newest event, and the folder that it was read in. */
	#latest = { ts: 0, folder: "" };

	constructor(
		options: TranscriptSourceOptions,
		graph: LiveGraph,
		listener: TranscriptSourceListener,
	) {
		this.folders = options.folders;
		this.#options = options;
		this.#graph = graph;
		this.#listener = listener;
		this.#restarts = new Restarts(
			() => this.#readAgain(),
			options.isFollowing ? options.restartsMs : [],
		);
		// Starting a thread takes a moment, and activation must be short.
		this.#start = setImmediate(() => this.#read());
	}

	/** Whether the sessions that run have been read, or will not be because reading failed. */
	get isRead(): boolean {
		return this.#isRead;
	}

	/** null before the first file was looked for. */
	get status(): FollowerStatus | null {
		return this.#status;
	}

	/** Folder that the newest event was read in; empty before there is one. */
	get latestFolder(): string {
		return this.#latest.folder;
	}

	/** Why nothing is read for now, or any more; empty while all is well. */
	get error(): string {
		return this.#error;
	}

	async dispose(): Promise<void> {
		clearImmediate(this.#start);
		this.#restarts.reset();
		await this.#reading?.dispose();
	}

	/** Everything is read again, which changes nothing in the graph, but is counted. */
	#readAgain(): void {
		this.#graph.stats.forgetTranscripts();
		this.#read();
	}

	#read(): void {
		const { folders, isFollowing, startReading } = this.#options;
		const modifiedSince = isFollowing ? Date.now() - LIVE_MS : 0;
		try {
			this.#reading = startReading(
				{ folders, modifiedSince, isFollowing },
				{
					events: (slice) => this.#apply(slice),
					current: () => this.#noteRead(),
					status: (status) => {
						this.#error = "";
						this.#status = status;
						this.#listener.statusChanged();
					},
					failed: (message) => this.#failed(message),
				},
			);
		} catch (error) {
			this.#failed(String(error));
		}
	}

	#apply({ folder, events, problems }: TranscriptEvents): void {
		for (const event of events) {
			this.#graph.apply(event);
			if (event.ts >= this.#latest.ts) this.#latest = { ts: event.ts, folder };
		}
		for (const problem of problems) this.#graph.stats.transcriptProblem(problem);
		this.#listener.changed();
	}

	#noteRead(): void {
		this.#isRead = true;
		this.#listener.statusChanged();
	}

	#failed(message: string): void {
		this.#reading = null;
		this.#error = this.#restarts.schedule() ? `${message}; it is started again` : message;
		this.#noteRead();
	}
}
