import type { LineProblem } from "../../model/events/lineProblem.ts";
import type { TranscriptRecord } from "../../model/events/record.ts";
import type { FilePosition } from "../tailedFile.ts";
import type { FollowedFile } from "./followedFile.ts";
import type { TranscriptFile } from "./port.ts";
import type { Slice } from "./reading.ts";
import { ReadQueue } from "./readQueue.ts";
import { type FinderOptions, TranscriptFinder } from "./transcriptFinder.ts";

/** Bytes read at a time: about 1.5 ms of work, so that the thread stays free between reads. */
const CHUNK_BYTES = 64 * 1024;
/** How often progress is told while reading, in ms. */
const TELL_MS = 100;

/** What one slice of a transcript brought. */
export interface TranscriptBatch {
	/** Absolute path. */
	readonly path: string;
	readonly file: TranscriptFile;
	readonly records: readonly TranscriptRecord[];
	readonly problems: readonly LineProblem[];
	/** Nothing of the file was read before, or all of it is read again. */
	readonly isFromBeginning: boolean;
	/**
	 * Where to begin after a restart so that nothing of what comes later is lost: before the oldest
	 * call that is without its result, at most 4 MiB back. null when nothing was read of the file
	 * itself.
	 */
	readonly position: FilePosition | null;
	/** Of a session that runs, rather than history. */
	readonly isLive: boolean;
}

export interface FollowerStatus {
	/** Transcripts that are followed. */
	readonly files: number;
	/** Bytes of them that were read, now or by an earlier run, and that there are. */
	readonly bytesDone: number;
	readonly bytesTotal: number;
	readonly isReadingHistory: boolean;
	/** History was to be read and is not, because {@link TranscriptFollower.stopHistory} was called. */
	readonly isHistoryStopped: boolean;
	/** False where the system gives no more watches: then news are found by a scan every 2 s. */
	readonly isWatching: boolean;
	/** Transcripts that cannot be read, such as for want of rights. */
	readonly unreadable: number;
}

interface FollowerListener {
	/** The next slice is read when it is done. Must not throw. */
	batch(batch: TranscriptBatch): void | Promise<void>;
	/** Told now and then while reading, and whenever all was read. */
	status?(status: FollowerStatus): void;
}

export interface FollowerOptions extends Omit<FinderOptions, "now"> {
	/** False to read only when asked to by {@link TranscriptFollower.catchUp}. */
	readonly isFollowing?: boolean;
	/** False to begin with history stopped. */
	readonly readsHistory?: boolean;
	/** ms since the epoch */
	readonly now?: () => number;
}

/**
 * Follows every transcript below some folders: what runs now at once, and history behind it, newest
 * first. However many files there are, one is open at a time and one buffer is shared by all.
 */
export class TranscriptFollower {
	readonly #listener: FollowerListener;
	readonly #now: () => number;
	readonly #finder: TranscriptFinder;
	readonly #queue = new ReadQueue<FollowedFile>();
	/** History that is not to be read for now. */
	readonly #stopped = new Set<FollowedFile>();
	readonly #chunk = Buffer.allocUnsafe(CHUNK_BYTES);
	/** The file that is open. */
	#open: FollowedFile | null = null;
	#readsHistory: boolean;
	#running: Promise<void> | null = null;
	#isDisposed = false;
	#toldAt = 0;
	#isReadingLive = false;
	#liveWaiters: (() => void)[] = [];

	constructor(options: FollowerOptions, listener: FollowerListener) {
		this.#listener = listener;
		this.#now = options.now ?? Date.now;
		this.#readsHistory = options.readsHistory ?? true;
		this.#finder = new TranscriptFinder(
			{ ...options, now: this.#now },
			{
				found: (file, isLive) => this.#found(file, isLive),
				gone: (file) => this.#gone(file),
			},
		);
		if (options.isFollowing !== false) this.#finder.follow();
	}

	get status(): FollowerStatus {
		return {
			...this.#finder.totals,
			isReadingHistory: this.#queue.hasHistory,
			isHistoryStopped: this.#stopped.size > 0,
			isWatching: this.#finder.isWatching,
		};
	}

	/** Whether history waits to be read, behind the slice that is being read. */
	get isReadingHistory(): boolean {
		return this.#queue.hasHistory;
	}

	/** Looks for news everywhere; resolves when all that is to be read was read. */
	async catchUp(): Promise<void> {
		if (this.#isDisposed) return;
		await this.#finder.scan();
		do await this.#wake();
		while (!this.#queue.isEmpty && !this.#isDisposed);
	}

	/** Resolves when all of what runs now was read, whatever there is of history. */
	async catchUpLive(): Promise<void> {
		if (this.#isDisposed) return;
		await this.#finder.scan();
		while (this.#running !== null && (this.#queue.hasLive || this.#isReadingLive)) {
			await new Promise<void>((resolve) => this.#liveWaiters.push(resolve));
		}
	}

	/** Reads no more history; sessions that run are followed on. */
	stopHistory(): void {
		this.#readsHistory = false;
		for (const file of this.#queue.clearHistory()) this.#stopped.add(file);
		this.#tell();
	}

	/** Goes on where it was stopped. */
	resumeHistory(): void {
		this.#readsHistory = true;
		const files = [...this.#stopped];
		this.#stopped.clear();
		for (const file of files) this.#found(file, false);
	}

	async dispose(): Promise<void> {
		this.#isDisposed = true;
		await this.#finder.dispose();
		await this.#running;
		await this.#open?.release(this.#now());
	}

	#found(file: FollowedFile, isLive: boolean): void {
		if (this.#isDisposed) return;
		if (!isLive && !this.#readsHistory) {
			this.#stopped.add(file);
			return;
		}
		this.#stopped.delete(file);
		this.#queue.add(file, isLive);
		// While the first scan lasts only what runs is known to come first.
		if (isLive || this.#finder.hasScanned) void this.#wake();
	}

	#gone(file: FollowedFile): void {
		this.#queue.delete(file);
		this.#stopped.delete(file);
	}

	#wake(): Promise<void> {
		this.#running ??= this.#run();
		return this.#running;
	}

	async #run(): Promise<void> {
		// All that was found at once is put in order first.
		await Promise.resolve();
		for (;;) {
			const next = this.#isDisposed ? null : this.#queue.take();
			if (next === null) break;
			this.#isReadingLive = next.isLive;
			await this.#step(next.file, next.isLive);
			this.#isReadingLive = false;
			if (!this.#queue.hasLive) this.#releaseWaiters();
			if (performance.now() - this.#toldAt > TELL_MS) this.#tell();
		}
		await this.#close();
		this.#running = null;
		this.#releaseWaiters();
		this.#tell();
		if (!this.#queue.isEmpty && !this.#isDisposed) void this.#wake();
	}

	/** One slice of one file; it comes again as long as there is more. */
	async #step(file: FollowedFile, isLive: boolean): Promise<void> {
		if (this.#open !== file) {
			await this.#close();
			this.#open = file;
		}
		try {
			if (!(await file.identify())) return;
			for (const companion of file.companions) {
				if (!companion.isDue) continue;
				const told = await file.readCompanion(companion, this.#now());
				// It is read as a whole each time.
				const whole = { ...told, position: null, isFromBeginning: true };
				await this.#deliver(file, whole, isLive, companion.path);
			}
			const slice = await file.readSlice(this.#chunk, this.#now());
			file.error = "";
			await this.#deliver(file, slice, isLive);
			if (slice.state === "more") this.#putBack(file, isLive);
			if (slice.state === "missing") this.#finder.forget(file);
		} catch (error) {
			// It is tried again when it changes.
			file.error = (error as NodeJS.ErrnoException).code ?? String(error);
		} finally {
			this.#finder.noteRead(file);
		}
	}

	#putBack(file: FollowedFile, isLive: boolean): void {
		if (!isLive && !this.#readsHistory) this.#stopped.add(file);
		else this.#queue.putBack(file, isLive);
	}

	async #deliver(
		{ path, transcript }: FollowedFile,
		{ records, problems, position, isFromBeginning }: Omit<Slice, "state">,
		isLive: boolean,
		from = path,
	): Promise<void> {
		const isEmpty = records.length === 0 && problems.length === 0 && position === null;
		if (this.#isDisposed || isEmpty || transcript === null) return;
		await this.#listener.batch({
			path: from,
			file: transcript,
			records,
			problems,
			position,
			isFromBeginning,
			isLive,
		});
	}

	async #close(): Promise<void> {
		const file = this.#open;
		this.#open = null;
		try {
			await file?.release(this.#now());
		} catch {
			// Nothing was written to it, so nothing is lost.
		}
		if (file !== null) this.#finder.noteRead(file);
	}

	#releaseWaiters(): void {
		for (const resolve of this.#liveWaiters.splice(0)) resolve();
	}

	#tell(): void {
		this.#toldAt = performance.now();
		if (!this.#isDisposed) this.#listener.status?.(this.status);
	}
}
