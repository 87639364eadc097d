import { Worker } from "node:worker_threads";
import type { Owned } from "../../ingest/transcripts/ownership.ts";
import type { Pass } from "../../ingest/transcripts/port.ts";
import type { FromReader, Known, ReaderInput, ToReader } from "./readerProtocol.ts";

/** MB. Lines die at once; a large nursery would only be resident memory. */
const HEAP_LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 512 };
/** Twice that takes 4 % less of the processor, and 5 MB more. */
const AWAITED_HEAP_LIMITS = { ...HEAP_LIMITS, maxYoungGenerationSizeMb: 8 };

interface Asked {
	readonly resolve: (value: never) => void;
	readonly reject: (error: Error) => void;
}

/** A question without its number. */
type Question<Message> = Message extends { readonly id: number } ? Omit<Message, "id"> : never;

/** One reading thread, with the transcripts that it has open. */
export class ReadingThread {
	readonly #worker: Worker;
	readonly #asked = new Map<number, Asked>();
	readonly #works = new Set<number>();
	readonly #onEnded: () => void;
	#nextId = 1;
	#isEnded = false;

	/** @param onEnded it has ended by itself: what it had open is lost */
	constructor(threadFile: string, input: ReaderInput, onEnded: () => void) {
		this.#onEnded = onEnded;
		this.#worker = new Worker(threadFile, {
			workerData: input,
			execArgv: [],
			resourceLimits: input.givesWay ? HEAP_LIMITS : AWAITED_HEAP_LIMITS,
		});
		this.#worker.on("message", (message: FromReader) => this.#answered(message));
		this.#worker.on("error", (error: Error) => this.#ended(error.message));
		this.#worker.on("exit", () => this.#ended("the thread has ended"));
	}

	/** Whether it works on something. */
	get isBusy(): boolean {
		return this.#asked.size > 0;
	}

	/** What it works on counts for more than what it has open. */
	get load(): number {
		return this.#asked.size * 1000 + this.#works.size;
	}

	open({ client, file }: Owned, pass: Pass): number {
		const work = this.#nextId++;
		this.#works.add(work);
		this.#send({ kind: "open", work, client: client.name, file, pass });
		return work;
	}

	close(work: number): void {
		this.#works.delete(work);
		this.#send({ kind: "close", work });
	}

	know(known: Known): void {
		this.#send({ kind: "known", ...known });
	}

	/** @throws Error when the thread ends before it has answered */
	ask<Value>(question: Question<ToReader>): Promise<Value> {
		if (this.#isEnded) return Promise.reject(new Error("the thread has ended"));
		const id = this.#nextId++;
		return new Promise<Value>((resolve, reject) => {
			this.#asked.set(id, { resolve, reject });
			this.#send({ ...question, id } as ToReader);
		});
	}

	async end(): Promise<void> {
		this.#isEnded = true;
		await this.#worker.terminate();
	}

	#answered(message: FromReader): void {
		const asked = this.#asked.get(message.id);
		this.#asked.delete(message.id);
		if ("error" in message) asked?.reject(new Error(message.error));
		else asked?.resolve(message.value as never);
	}

	#ended(reason: string): void {
		const wasAlive = !this.#isEnded;
		this.#isEnded = true;
		for (const { reject } of this.#asked.values()) reject(new Error(reason));
		this.#asked.clear();
		if (wasAlive) this.#onEnded();
	}

	#send(message: ToReader): void {
		this.#worker.postMessage(message);
	}
}
