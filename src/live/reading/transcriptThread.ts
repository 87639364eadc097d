import { Worker } from "node:worker_threads";
import type { FollowerStatus } from "../../ingest/transcripts/transcriptFollower.ts";
import type {
	ReadingInput,
	ReadingListener,
	TranscriptEvents,
	TranscriptReading,
} from "./transcriptReading.ts";

/** MB. Lines die at once; a large nursery would only be resident memory. */
const HEAP_LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 512 };
/** Time to close the files, ms; then the thread is ended as it is. */
const CLOSE_MS = 2000;

/** From the worker. */
export type FromWorker =
	| { readonly kind: "events"; readonly slice: TranscriptEvents }
	| { readonly kind: "current" }
	| { readonly kind: "status"; readonly status: FollowerStatus }
	| { readonly kind: "closed" };

/** To the worker. Each `events` is answered by a `taken`: it reads no faster than they are applied. */
export type ToWorker = { readonly kind: "taken" } | { readonly kind: "close" };

/** Reads transcripts in a thread of their own. */
export class TranscriptThread implements TranscriptReading {
	readonly #worker: Worker;
	readonly #listener: ReadingListener;
	#isClosing = false;

	/** @param workerFile the bundled worker */
	constructor(workerFile: string, input: ReadingInput, listener: ReadingListener) {
		this.#listener = listener;
		this.#worker = new Worker(workerFile, {
			workerData: input,
			execArgv: [],
			resourceLimits: HEAP_LIMITS,
		});
		this.#worker.on("message", (message: FromWorker) => this.#receive(message));
		this.#worker.on("error", (error: Error) => this.#ended(error.message));
		this.#worker.on("exit", (code) => this.#ended(`it ended with code ${code}`));
	}

	async dispose(): Promise<void> {
		if (this.#isClosing) return;
		this.#isClosing = true;
		const closed = new Promise<void>((resolve) => {
			this.#worker.on("message", ({ kind }: FromWorker) => kind === "closed" && resolve());
			this.#worker.once("exit", () => resolve());
			setTimeout(resolve, CLOSE_MS).unref();
		});
		this.#send({ kind: "close" });
		await closed;
		await this.#worker.terminate();
	}

	#receive(message: FromWorker): void {
		if (this.#isClosing) return;
		switch (message.kind) {
			case "events":
				void this.#listener.events(message.slice);
				this.#send({ kind: "taken" });
				break;
			case "current":
				this.#listener.current();
				break;
			case "status":
				this.#listener.status(message.status);
				break;
			case "closed":
				break;
		}
	}

	#ended(reason: string): void {
		if (this.#isClosing) return;
		this.#isClosing = true;
		this.#listener.failed(reason);
	}

	#send(message: ToWorker): void {
		this.#worker.postMessage(message);
	}
}
