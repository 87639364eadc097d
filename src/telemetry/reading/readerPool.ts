import { availableParallelism } from "node:os";
import { baselineLock } from "../../facts/baselineCode.ts";
import type { KnownFrom, KnownFunction } from "../../functions/knownFunctions.ts";
import type { BytesPlace, LineWork, ReadLines } from "../../ingest/transcripts/lineWork.ts";
import type { Owned } from "../../ingest/transcripts/ownership.ts";
import type { Findings, Pass } from "../../ingest/transcripts/port.ts";
import type { LineReaders } from "../../ingest/transcripts/transcriptFollower.ts";
import type { Known } from "./readerProtocol.ts";
import { ReadingThread } from "./readingThread.ts";

/** Bytes read at a time: some hundred lines. */
const CHUNK_BYTES = 256 * 1024;
/** Threads hold grammars of some ten megabytes each, and are let go after this time, in ms. */
const IDLE_MS = 15_000;

interface ReaderPoolOptions {
	/** The bundled thread; what it needs lies beside it. */
	readonly threadFile: string;
	readonly wasmFolder: string;
	readonly rules: unknown;
	/** Somebody waits for it: all cores are used, at full priority. Else at most half of them. */
	readonly isAwaited: boolean;
	/** Finds out what functions are known, once; never rejects. */
	readonly recall: () => Promise<void>;
}

/** Reads transcripts in threads of its own, which run only while there is something to read. */
export class ReaderPool implements LineReaders {
	/** Files at once: while one of a thread's is read from the disk, it has another. */
	readonly width: number;
	readonly #options: ReaderPoolOptions;
	readonly #maxThreads: number;
	readonly #threads = new Set<ReadingThread>();
	#known: Known | null = null;
	#idle: NodeJS.Timeout | undefined;
	#isDisposed = false;

	constructor(options: ReaderPoolOptions) {
		this.#options = options;
		const cores = availableParallelism();
		this.#maxThreads = options.isAwaited ? cores : Math.max(1, Math.floor(cores / 2));
		this.width = 2 * this.#maxThreads;
	}

	readonly newChunk = (): Buffer => Buffer.from(new SharedArrayBuffer(CHUNK_BYTES));

	readonly openWork = (owned: Owned, pass: Pass): LineWork => new PooledLines(this, owned, pass);

	/** What calls can be put down to, from now on. */
	replace(functions: readonly KnownFunction[], from: KnownFrom): void {
		this.#known = { functions, from };
		for (const thread of this.#threads) thread.know(this.#known);
	}

	recall(): Promise<void> {
		return this.#options.recall();
	}

	async dispose(): Promise<void> {
		this.#isDisposed = true;
		await this.#endThreads();
	}

	/** The thread that has least to do. */
	thread(): ReadingThread {
		clearTimeout(this.#idle);
		if (this.#isDisposed) throw new Error("closed");
		const [least] = [...this.#threads].sort((a, b) => a.load - b.load);
		if (least !== undefined && (!least.isBusy || this.#threads.size >= this.#maxThreads)) {
			return least;
		}
		const { threadFile, wasmFolder, rules, isAwaited } = this.#options;
		const input = { wasmFolder, rules, lock: baselineLock(), givesWay: !isAwaited };
		const thread = new ReadingThread(threadFile, input, () => this.#threads.delete(thread));
		if (this.#known !== null) thread.know(this.#known);
		this.#threads.add(thread);
		return thread;
	}

	/** A work is over. */
	noteClosed(): void {
		if ([...this.#threads].some(({ load }) => load > 0)) return;
		clearTimeout(this.#idle);
		this.#idle = setTimeout(() => void this.#endThreads(), IDLE_MS);
		this.#idle.unref();
	}

	async #endThreads(): Promise<void> {
		clearTimeout(this.#idle);
		const threads = [...this.#threads];
		this.#threads.clear();
		await Promise.all(threads.map((thread) => thread.end()));
	}
}

/** A transcript whose lines are read by a thread of the pool, the same from first to last. */
class PooledLines implements LineWork {
	readonly #pool: ReaderPool;
	readonly #owned: Owned;
	readonly #pass: Pass;
	#place: { readonly thread: ReadingThread; readonly work: number } | null = null;

	constructor(pool: ReaderPool, owned: Owned, pass: Pass) {
		this.#pool = pool;
		this.#owned = owned;
		this.#pass = pass;
	}

	async read(bytes: Buffer, place: BytesPlace): Promise<ReadLines> {
		const { thread, work } = await this.#open();
		const { buffer, byteOffset: from, length } = bytes;
		const memory = buffer as unknown as SharedArrayBuffer;
		return thread.ask({ kind: "read", work, memory, from, length, place });
	}

	async companion(relativePath: string, text: string): Promise<Findings> {
		const { thread, work } = await this.#open();
		return thread.ask({ kind: "companion", work, relativePath, text });
	}

	close(): void {
		if (this.#place === null) return;
		this.#place.thread.close(this.#place.work);
		this.#place = null;
		this.#pool.noteClosed();
	}

	/** In the thread that has least to do when it is asked for the first time. */
	async #open(): Promise<{ readonly thread: ReadingThread; readonly work: number }> {
		if (this.#place !== null) return this.#place;
		if (this.#pass === "facts") await this.#pool.recall();
		const thread = this.#pool.thread();
		const work = thread.open(this.#owned, this.#pass);
		this.#place = { thread, work };
		return this.#place;
	}
}
