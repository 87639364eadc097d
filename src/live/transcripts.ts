import { Worker } from "node:worker_threads";
import type { FollowerStatus } from "../ingest/transcripts/transcriptFollower.ts";
import type { AgentEvent, LineProblem } from "../model/events/events.ts";
import type { FromWorker, ToWorker, WorkerInput } from "./protocol.ts";

/** MB. Lines die at once; a large nursery would only be resident memory. */
const HEAP_LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 512 };
/** Time to close the files, ms; then the thread is ended as it is. */
const CLOSE_MS = 2000;

export interface LiveTranscriptsListener {
	/** In the order of each file; of several files in any order. */
	events(
		events: readonly AgentEvent[],
		problems: readonly LineProblem[],
		/** Which of the folders they lie in. */
		folder: string,
	): void;
	/** Everything of the sessions that run has been handed over. */
	current(): void;
	status(status: FollowerStatus): void;
	/** The thread ended by itself; nothing will come any more. */
	failed(message: string): void;
}

export interface LiveTranscriptsOptions extends WorkerInput {
	/** The bundled worker. */
	readonly workerFile: string;
}

/** The client's transcripts as events for a live graph, read in a thread of their own. */
export class LiveTranscripts {
	readonly #worker: Worker;
	readonly #listener: LiveTranscriptsListener;
	#isClosing = false;

	constructor({ workerFile, ...input }: LiveTranscriptsOptions, listener: LiveTranscriptsListener) {
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
				this.#listener.events(message.events, message.problems, message.folder);
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
