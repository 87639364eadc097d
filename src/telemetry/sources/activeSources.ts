import type { FollowerStatus } from "../../ingest/transcripts/transcriptFollower.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { newSources, type SourceSettings, type SourceUse } from "./newSources.ts";
import type { Sources } from "./sources.ts";

/** Whom to tell of what the sources do, whichever they are. */
export type SourceListener = Pick<SourceUse, "now" | "onProgress" | "onFailed">;

/** What differs between being the writer and counting for oneself. */
export type StartOptions = Pick<SourceUse, "store" | "mayRotate" | "onWritten">;

/** The sources that fill the present store, as long as this process fills one. */
export class ActiveSources {
	readonly #settings: SourceSettings;
	readonly #listener: SourceListener;
	#sources: Sources | null = null;
	#hasFailed = false;
	#readsHistory: boolean;

	constructor(settings: SourceSettings, listener: SourceListener) {
		this.#settings = settings;
		this.#listener = listener;
		this.#readsHistory = settings.readsHistory ?? true;
	}

	/** null while none are read. */
	get current(): Sources | null {
		return this.#sources;
	}

	/** Something could not be written since they were started: a save does not make it well again. */
	get hasFailed(): boolean {
		return this.#hasFailed;
	}

	/** How far the transcripts are; null where none are read. */
	get transcripts(): FollowerStatus | null {
		return this.#sources?.transcripts ?? null;
	}

	start(options: StartOptions): void {
		this.#hasFailed = false;
		this.#sources = newSources(this.#settings, {
			...this.#listener,
			...options,
			onFailed: (error: unknown) => this.#failed(error),
			isFollowing: true,
			readsHistory: this.#readsHistory,
		});
		void this.#sources.start();
	}

	/** Sources that read all there is into another store, once, whatever is stopped here. */
	newReading(store: TelemetryStore, onWritten: () => void): Sources {
		return newSources(this.#settings, {
			...this.#listener,
			store,
			onWritten,
			onProgress: onWritten,
			onFailed: (error) => this.#failed(error),
			mayRotate: () => false,
			isFollowing: false,
			readsHistory: true,
		});
	}

	async stop(): Promise<void> {
		const sources = this.#sources;
		this.#sources = null;
		await sources?.dispose();
	}

	stopHistory(): void {
		this.#readsHistory = false;
		this.#sources?.stopHistory();
	}

	resumeHistory(): void {
		this.#readsHistory = true;
		this.#sources?.resumeHistory();
	}

	#failed(error: unknown): void {
		this.#hasFailed = true;
		this.#listener.onFailed(error);
	}
}
