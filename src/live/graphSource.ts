import { CLIENTS_BY_PROGRAM } from "../ingest/clients/clientIdentities.ts";
import type { LogLines } from "../ingest/eventLog/logLines.ts";
import { EventTail, type TailStatus } from "../ingest/files/eventTail.ts";
import type { AgentEvent } from "../model/events/events.ts";
import type { LineProblem } from "../model/events/lineProblem.ts";
import { LiveGraph } from "../model/graph/liveGraph.ts";
import type { FeedPhase } from "../protocol/messages.ts";
import type { StartReading } from "./reading/transcriptReading.ts";
import { TranscriptSource } from "./reading/transcriptSource.ts";

/** Longest time that the first picture waits for the sessions that run, ms. */
const PATIENCE_MS = 1500;

/** What a live graph is made from. */
export interface FeedSources {
	/** The event log; empty for none. */
	readonly eventsFile: string;
	/** Folders of transcripts; none where they are not to be read. */
	readonly transcriptFolders: readonly string[];
}

/** What reads the sources; an editor loads it when there is something to read. */
export interface SourceReaders {
	/** Called with the first line of the log. */
	readonly newLog: () => LogLines;
	readonly startReading: StartReading;
}

interface GraphSourceOptions extends FeedSources, SourceReaders {
	/** What the keys of the graph's nodes begin with. */
	readonly keyPrefix?: string;
	/** False to read everything there is once, however old. */
	readonly isFollowing?: boolean;
	readonly patienceMs?: number;
}

interface GraphSourceListener {
	/** There is a picture, and it may have changed. */
	changed(by: "log" | "transcripts"): void;
	/** More was read, or could not be; the phase may be another one. */
	statusChanged(): void;
	/** A line of the log, after the graph took it in; none while there is no picture. */
	line?(text: string): void;
}

/** A graph that follows an event log and transcripts. */
export class GraphSource {
	readonly eventsFile: string;
	readonly graph: LiveGraph;
	/** null where they are not to be read. */
	readonly transcripts: TranscriptSource | null;
	readonly #listener: GraphSourceListener;
	readonly #tail: EventTail | null;
	readonly #patience: NodeJS.Timeout;
	#isLogRead: boolean;
	#isPatient = true;

	constructor(options: GraphSourceOptions, listener: GraphSourceListener) {
		const { eventsFile, isFollowing = true, patienceMs = PATIENCE_MS } = options;
		this.eventsFile = eventsFile;
		this.graph = new LiveGraph({
			keyPrefix: options.keyPrefix,
			clientsByProgram: CLIENTS_BY_PROGRAM,
		});
		this.#listener = listener;
		this.#isLogRead = eventsFile === "";
		this.#tail = eventsFile === "" ? null : this.#followLog(options, isFollowing);
		this.transcripts = this.#followTranscripts(options, isFollowing);
		this.#patience = setTimeout(() => {
			this.#isPatient = false;
			listener.statusChanged();
		}, patienceMs);
	}

	/** Reads everything there is, however old, to its end. */
	static readOnce(options: GraphSourceOptions): Promise<GraphSource> {
		return new Promise((resolve) => {
			const source: GraphSource = new GraphSource(
				{ ...options, isFollowing: false },
				{
					changed: () => {},
					statusChanged: () => {
						if (source.phase === "live") resolve(source);
					},
				},
			);
		});
	}

	get phase(): FeedPhase {
		if (!this.#isLogRead) return "reading";
		if (this.transcripts?.isRead ?? true) return "live";
		return this.#isPatient ? "reading" : "partial";
	}

	/** How the log is read; as a missing one where there is none to read. */
	get tail(): TailStatus {
		return this.#tail?.status ?? { state: "missing", offset: 0, size: 0, error: "" };
	}

	async dispose(): Promise<void> {
		clearTimeout(this.#patience);
		await Promise.all([this.#tail?.dispose(), this.transcripts?.dispose()]);
	}

	#followLog({ eventsFile, newLog }: GraphSourceOptions, isFollowing: boolean): EventTail {
		let isNew = false;
		let log: LogLines | null = null;
		const tail = new EventTail(
			eventsFile,
			{
				line: (text) => {
					isNew = true;
					log ??= newLog();
					this.#take(log.read(text));
					if (this.phase !== "reading") this.#listener.line?.(text);
				},
				problem: (problem) => this.graph.countProblem(problem),
				status: ({ state }) => {
					if (isNew) this.#changed("log");
					isNew = false;
					this.#isLogRead ||= state !== "reading";
					this.#listener.statusChanged();
				},
			},
			{ isFollowing },
		);
		if (!isFollowing) void tail.look();
		return tail;
	}

	#followTranscripts(
		{ transcriptFolders: folders, startReading }: GraphSourceOptions,
		isFollowing: boolean,
	): TranscriptSource | null {
		if (folders.length === 0) return null;
		return new TranscriptSource({ folders, startReading, isFollowing }, this.graph, {
			changed: () => this.#changed("transcripts"),
			statusChanged: () => this.#listener.statusChanged(),
		});
	}

	#take(read: AgentEvent | LineProblem): void {
		if (typeof read === "string") this.graph.countProblem(read);
		else this.graph.apply(read);
	}

	/** The first reading is one picture, not the changes that it was. */
	#changed(by: "log" | "transcripts"): void {
		if (this.phase !== "reading") this.#listener.changed(by);
	}
}
