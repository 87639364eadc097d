import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { baselineLock } from "../../facts/baselineCode.ts";
import type { SourceFunction } from "../sourceFunction.ts";
import type { SourceLanguage } from "./languages.ts";
import type {
	BlobFormat,
	FromParser,
	ParsedFile,
	ParseTask,
	SourceFile,
	ToParser,
} from "./parserProtocol.ts";
import type { FunctionParser } from "./sourceParser.ts";

/** One core is left to those who wait for something on the screen. */
const THREADS = Math.max(1, Math.min(4, availableParallelism() - 1));
/** Threads hold grammars of some ten megabytes each, and are let go after this time, in ms. */
const IDLE_MS = 15_000;

interface Waiting {
	readonly id: number;
	readonly task: ParseTask;
	readonly settle: (answers: readonly ParsedFile[]) => void;
}

interface Thread {
	readonly worker: Worker;
	current: Waiting | null;
}

/** Parses in threads of its own, which run only while there is something to parse. */
export class ParserPool implements FunctionParser {
	readonly #threadFile: string;
	readonly #wasmFolder: string;
	readonly #threads = new Set<Thread>();
	readonly #queue: Waiting[] = [];
	#nextId = 1;
	#idle: NodeJS.Timeout | undefined;
	#isDisposed = false;

	/** @param threadFile the bundled thread */
	constructor(threadFile: string, wasmFolder: string) {
		this.#threadFile = threadFile;
		this.#wasmFolder = wasmFolder;
	}

	/** How many tasks are worked on at once. */
	get width(): number {
		return THREADS;
	}

	async parse(language: SourceLanguage, text: string): Promise<readonly SourceFunction[] | null> {
		const [answer] = await this.#do({ kind: "text", language, text });
		return answer?.functions ?? null;
	}

	/** One answer per file, in their order; none at all where the thread died of them. */
	parseFiles(files: readonly SourceFile[], format: BlobFormat): Promise<readonly ParsedFile[]> {
		return this.#do({ kind: "files", files, format });
	}

	async dispose(): Promise<void> {
		this.#isDisposed = true;
		for (const waiting of this.#queue.splice(0)) waiting.settle([]);
		await this.#endThreads();
	}

	#do(task: ParseTask): Promise<readonly ParsedFile[]> {
		if (this.#isDisposed) return Promise.resolve([]);
		return new Promise((settle) => {
			this.#queue.push({ id: this.#nextId++, task, settle });
			this.#next();
		});
	}

	#next(): void {
		clearTimeout(this.#idle);
		while (this.#queue.length > 0) {
			const thread = [...this.#threads].find(({ current }) => current === null);
			if (thread === undefined && this.#threads.size >= THREADS) return;
			const waiting = this.#queue.shift();
			if (waiting === undefined) return;
			this.#give(thread ?? this.#newThread(), waiting);
		}
		if ([...this.#threads].some(({ current }) => current !== null)) return;
		this.#idle = setTimeout(() => void this.#endThreads(), IDLE_MS);
		this.#idle.unref();
	}

	#give(thread: Thread, waiting: Waiting): void {
		thread.current = waiting;
		const { id, task } = waiting;
		thread.worker.postMessage({ kind: "task", id, task } satisfies ToParser);
	}

	#newThread(): Thread {
		const worker = new Worker(this.#threadFile, {
			workerData: { wasmFolder: this.#wasmFolder, lock: baselineLock() },
			execArgv: [],
		});
		const thread: Thread = { worker, current: null };
		this.#threads.add(thread);
		worker.on("message", ({ answers }: FromParser) => {
			thread.current?.settle(answers);
			thread.current = null;
			this.#next();
		});
		// What it died of is not tried again: those who asked get no answer, and the next thread goes on.
		worker.on("error", () => this.#ended(thread));
		worker.on("exit", () => this.#ended(thread));
		return thread;
	}

	#ended(thread: Thread): void {
		if (!this.#threads.delete(thread)) return;
		thread.current?.settle([]);
		thread.current = null;
		if (!this.#isDisposed) this.#next();
	}

	async #endThreads(): Promise<void> {
		clearTimeout(this.#idle);
		const threads = [...this.#threads];
		for (const thread of threads) this.#ended(thread);
		await Promise.all(threads.map(({ worker }) => worker.terminate()));
	}
}
