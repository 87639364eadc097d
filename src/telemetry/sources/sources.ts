import type { FollowerStatus } from "../../ingest/transcripts/transcriptFollower.ts";
import { LogIngest, type LogIngestOptions } from "./logIngest.ts";
import type { ByteProgress } from "./logReader.ts";
import { TranscriptIngest, type TranscriptIngestOptions } from "./transcriptIngest.ts";

export interface SourcesOptions {
	readonly log: LogIngestOptions;
	/** null where no transcripts are read. */
	readonly transcripts: TranscriptIngestOptions | null;
}

/** Everything that a store is filled from: the event log and the client's transcripts. */
export class Sources {
	readonly #log: LogIngest;
	readonly #transcripts: TranscriptIngest | null;
	#started: Promise<void> | null = null;

	constructor({ log, transcripts }: SourcesOptions) {
		this.#log = new LogIngest(log);
		this.#transcripts = transcripts === null ? null : new TranscriptIngest(transcripts);
	}

	/** How far the transcripts are; null where none are read. */
	get transcripts(): FollowerStatus | null {
		return this.#transcripts?.status ?? null;
	}

	/** Of the log as it was at the start, and of the transcripts. */
	get progress(): ByteProgress {
		const log = this.#log.progress;
		const transcripts = this.#transcripts?.status;
		return {
			bytesDone: log.bytesDone + (transcripts?.bytesDone ?? 0),
			bytesTotal: log.bytesTotal + (transcripts?.bytesTotal ?? 0),
		};
	}

	/** Reads the log to its present end, then follows. */
	start(): Promise<void> {
		this.#started ??= this.#log.start();
		return this.#started;
	}

	/** Reads everything to its present end; history of transcripts only unless that is stopped. */
	async catchUp(): Promise<void> {
		await this.start();
		await this.#log.catchUp();
		await this.#transcripts?.catchUp();
	}

	/** The same without history. */
	async catchUpLive(): Promise<void> {
		await this.start();
		await this.#log.catchUp();
		await this.#transcripts?.catchUpLive();
	}

	stopHistory(): void {
		this.#transcripts?.stopHistory();
	}

	resumeHistory(): void {
		this.#transcripts?.resumeHistory();
	}

	async dispose(): Promise<void> {
		await this.#log.dispose();
		await this.#transcripts?.dispose();
	}
}
