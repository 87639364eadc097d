import type { TranscriptClient } from "../../ingest/transcripts/port.ts";
import type { FollowerStatus, LineReaders } from "../../ingest/transcripts/transcriptFollower.ts";
import type { TelemetryOptions } from "../api.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { LogIngest } from "./logIngest.ts";
import type { ByteProgress } from "./logReader.ts";
import { TranscriptIngest } from "./transcriptIngest.ts";

/** What the sources of one process are made from. */
export interface SourceSettings extends TelemetryOptions {
	readonly rotateAboveBytes?: number;
	/** Whose transcripts are read; without it none are. */
	readonly clients?: readonly TranscriptClient[];
	/** Read the lines of transcripts, also for facts; without them none are told. */
	readonly readers?: LineReaders;
}

/** Whom to tell of what the sources do, whichever store they fill. */
export interface FillingListener {
	/** ms since the epoch */
	readonly now: () => number;
	readonly onProgress: () => void;
	readonly onFailed: (error: unknown) => void;
}

/** What differs between one store to be filled and another. */
interface Filling {
	readonly store: TelemetryStore;
	/** Whether they live on, or are only to be read to their present end. */
	readonly isFollowing: boolean;
	/** Whether this process holds the writer's lock. */
	readonly mayRotate: () => boolean;
	readonly onWritten: (events: number, functionIds: readonly string[] | null) => void;
}

/** Everything that a store is filled from: the event log and the client's transcripts. */
export class Sources {
	readonly #settings: SourceSettings;
	readonly #listener: FillingListener;
	#log: LogIngest | null = null;
	#transcripts: TranscriptIngest | null = null;
	#started: Promise<void> = Promise.resolve();
	#hasFailed = false;
	#readsHistory: boolean;

	constructor(settings: SourceSettings, listener: FillingListener) {
		this.#settings = settings;
		this.#listener = listener;
		this.#readsHistory = settings.readsHistory ?? true;
	}

	/** Whether they fill a store now. */
	get areRead(): boolean {
		return this.#log !== null;
	}

	/** Something could not be written since they were started: a save does not make it well again. */
	get hasFailed(): boolean {
		return this.#hasFailed;
	}

	/** How far the transcripts are; null where none are read. */
	get transcripts(): FollowerStatus | null {
		return this.#transcripts?.follower.status ?? null;
	}

	/** Of the log as it was at the start, and of the transcripts. */
	get progress(): ByteProgress {
		const parts = [this.#log?.reader.progress, this.#transcripts?.follower.status];
		const sum = (bytes: keyof ByteProgress) =>
			parts.reduce((total, part) => total + (part?.[bytes] ?? 0), 0);
		return { bytesDone: sum("bytesDone"), bytesTotal: sum("bytesTotal") };
	}

	/** Reads the log to its present end, then follows. */
	start(filling: Filling): void {
		const { clients, transcriptFolders: folders = [] } = this.#settings;
		const options = {
			...this.#settings,
			...this.#listener,
			...filling,
			isFollowing: filling.isFollowing && this.#settings.isAwaited !== true,
			readsHistory: this.#readsHistory,
			onFailed: (error: unknown) => this.#failed(error),
		};
		this.#hasFailed = false;
		this.#log = new LogIngest(options);
		if (clients !== undefined && folders.length > 0) {
			this.#transcripts = new TranscriptIngest({ ...options, clients, folders });
		}
		this.#started = this.#log.start();
	}

	/** Reads everything to its present end; history of transcripts only unless that is stopped. */
	async catchUp(): Promise<void> {
		const transcripts = this.#transcripts;
		await this.#catchUpLog();
		await transcripts?.catchUp();
	}

	/** The same without history. */
	async catchUpLive(): Promise<void> {
		const transcripts = this.#transcripts;
		await this.#catchUpLog();
		await transcripts?.catchUpLive();
	}

	stopHistory(): void {
		this.#readsHistory = false;
		this.#transcripts?.follower.stopHistory();
	}

	resumeHistory(): void {
		this.#readsHistory = true;
		this.#transcripts?.follower.resumeHistory();
	}

	async stop(): Promise<void> {
		const log = this.#log;
		const transcripts = this.#transcripts;
		this.#log = null;
		this.#transcripts = null;
		await log?.dispose();
		await transcripts?.dispose();
	}

	async #catchUpLog(): Promise<void> {
		const log = this.#log;
		await this.#started;
		await log?.reader.catchUp();
	}

	#failed(error: unknown): void {
		this.#hasFailed = true;
		this.#listener.onFailed(error);
	}
}
