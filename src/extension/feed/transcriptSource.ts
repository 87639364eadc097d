import type { FollowerStatus } from "../../ingest/transcripts/transcriptFollower.ts";
import { LiveTranscripts } from "../../live/transcripts.ts";
import type { LiveGraph } from "../../model/graph/liveGraph.ts";
import { Restarts } from "../restarts.ts";
import type { SourceListener } from "./logSource.ts";

/** What was not written to for so long is history, and no part of the live picture. */
const LIVE_MS = 24 * 3_600_000;
/** Longest time that the first picture waits for the sessions that run, ms. */
const PATIENCE_MS = 1500;

export interface TranscriptSourceOptions {
	readonly folders: readonly string[];
	/** The bundled worker. */
	readonly workerFile: string;
	/** Waits before a thread that ended by itself is started again. */
	readonly restartsMs?: readonly number[];
}

/** Brings the client's transcripts into a graph that a log is brought into as well. */
export class TranscriptSource {
	readonly folders: readonly string[];
	readonly #start: NodeJS.Immediate;
	readonly #patience: NodeJS.Timeout;
	readonly #listener: SourceListener;
	readonly #restarts: Restarts;
	#transcripts: LiveTranscripts | null = null;
	#isCurrent = false;
	#status: FollowerStatus | null = null;
	#error = "";
	/** Time of the newest event, and the folder that it was read in. */
	#latest = { ts: 0, folder: "" };

	constructor(options: TranscriptSourceOptions, graph: LiveGraph, listener: SourceListener) {
		this.folders = options.folders;
		this.#listener = listener;
		this.#restarts = new Restarts(() => {
			// Everything is read again, which changes nothing in the graph, but is counted.
			graph.stats.forgetTranscripts();
			this.#open(options, graph);
		}, options.restartsMs);
		// Starting a thread takes a moment, and activation must be short.
		this.#start = setImmediate(() => this.#open(options, graph));
		this.#patience = setTimeout(() => this.#current(), PATIENCE_MS);
	}

	/** Whether the sessions that run have been read, or have taken so long that nobody waits. */
	get isCurrent(): boolean {
		return this.#isCurrent;
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

	dispose(): void {
		clearImmediate(this.#start);
		clearTimeout(this.#patience);
		this.#restarts.reset();
		void this.#transcripts?.dispose();
	}

	#open({ folders, workerFile }: TranscriptSourceOptions, graph: LiveGraph): void {
		const input = { folders, workerFile, modifiedSince: Date.now() - LIVE_MS };
		try {
			this.#transcripts = new LiveTranscripts(input, {
				events: (events, problems, folder) => {
					for (const event of events) {
						graph.apply(event);
						if (event.ts >= this.#latest.ts) this.#latest = { ts: event.ts, folder };
					}
					for (const problem of problems) graph.stats.transcriptProblem(problem);
					if (this.#isCurrent) this.#listener.changed();
				},
				current: () => this.#current(),
				status: (status) => {
					this.#error = "";
					this.#status = status;
					this.#listener.statusChanged();
				},
				failed: (message) => this.#failed(message),
			});
		} catch (error) {
			this.#failed(String(error));
		}
	}

	#current(): void {
		clearTimeout(this.#patience);
		if (this.#isCurrent) return;
		this.#isCurrent = true;
		this.#listener.statusChanged();
	}

	#failed(message: string): void {
		this.#transcripts = null;
		this.#error = this.#restarts.schedule() ? `${message}; it is started again` : message;
		this.#current();
		this.#listener.statusChanged();
	}
}
