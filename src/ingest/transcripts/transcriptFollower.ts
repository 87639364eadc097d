import type { LineProblem } from "../../model/events/lineProblem.ts";
import type { TranscriptRecord } from "../../model/events/record.ts";
import type { FilePosition } from "../files/tailedFile.ts";
import type { FollowedFile } from "./files/followedFile.ts";
import { LinesHere, type OpenWork } from "./lineWork.ts";
import type { Pass, TranscriptFile } from "./port.ts";
import { ReadLanes } from "./queue/readLanes.ts";
import type { Slice } from "./reading.ts";
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
	readonly pass: Pass;
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
	/** Of the bytes, those that were read for facts as well; absent where nothing is. */
	readonly bytesDerived?: number;
	/** All events were read, and facts are still to be. */
	readonly isDeriving?: boolean;
	/** History was to be read and is not, because {@link TranscriptFollower.stopHistory} was called. */
	readonly isHistoryStopped: boolean;
	/** False where the system gives no more watches: then news are found by a scan every 2 s. */
	readonly isWatching: boolean;
	/** Transcripts that cannot be read, such as for want of rights. */
	readonly unreadable: number;
}

interface FollowerListener {
	/** The next slice of the file is read when it is done. Must not throw. */
	batch(batch: TranscriptBatch): void | Promise<void>;
	/** Told now and then while reading, and whenever all was read. */
	status?(status: FollowerStatus): void;
}

export interface FollowerOptions extends Omit<FinderOptions, "now" | "openWork"> {
	/** Other threads that read lines; without them this one does. */
	readonly readers?: LineReaders;
	/** False to read only when asked to by {@link TranscriptFollower.catchUp}. */
	readonly isFollowing?: boolean;
	/** False to begin with history stopped. */
	readonly readsHistory?: boolean;
	/** ms since the epoch */
	readonly now?: () => number;
}

/** Other threads that read lines. */
export interface LineReaders {
	readonly openWork: OpenWork;
	/** How many files they keep busy with. */
	readonly width: number;
	/** Shared by the threads. */
	readonly newChunk: () => Buffer;
}

const HERE: LineReaders = {
	openWork: (owned, pass) => new LinesHere(owned, pass),
	width: 1,
	newChunk: () => Buffer.allocUnsafe(CHUNK_BYTES),
};

/**
 * Follows every transcript below some folders: what runs now at once, and history behind it, newest
 * first. However many files there are, few are open at a time, each with a buffer.
 */
export class TranscriptFollower {
	readonly #listener: FollowerListener;
	readonly #now: () => number;
	readonly #finder: TranscriptFinder;
	readonly #lanes: ReadLanes;
	/** History that is not to be read for now. */
	readonly #stopped = new Set<FollowedFile>();
	readonly #hasFacts: boolean;
	#readsHistory: boolean;
	#isDisposed = false;
	#toldAt = 0;

	constructor(options: FollowerOptions, listener: FollowerListener) {
		const { readers = HERE, now = Date.now } = options;
		this.#listener = listener;
		this.#now = now;
		this.#hasFacts = options.startFacts !== undefined;
		this.#readsHistory = options.readsHistory ?? true;
		this.#lanes = new ReadLanes({
			width: readers.width,
			newChunk: readers.newChunk,
			step: (file, isLive, chunk) => this.#step(file, isLive, chunk),
			release: (file) => this.#release(file),
			readsHistory: () => this.#readsHistory,
			stopped: (file) => this.#stopped.add(file),
			idle: () => this.#tell(),
		});
		this.#finder = new TranscriptFinder(
			{ ...options, now, openWork: readers.openWork },
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
			...(this.#hasFacts
				? {
						bytesDerived: this.#finder.factTotals.bytesDone,
						isDeriving: !this.#lanes.has("events") && this.#lanes.has("facts"),
					}
				: {}),
			isReadingHistory: this.#lanes.hasHistory,
			isHistoryStopped: this.#stopped.size > 0,
			isWatching: this.#finder.isWatching,
		};
	}

	/** Whether history waits to be read, or is being read. */
	get isReadingHistory(): boolean {
		return this.#lanes.hasHistory;
	}

	/** Looks for news everywhere; resolves when all that is to be read was read. */
	async catchUp(): Promise<void> {
		if (this.#isDisposed) return;
		await this.#finder.scan();
		await this.#lanes.allRead();
	}

	/** Resolves when all of what runs now was read, whatever there is of history. */
	async catchUpLive(): Promise<void> {
		if (this.#isDisposed) return;
		await this.#finder.scan();
		await this.#lanes.liveRead();
	}

	/** Reads no more history; sessions that run are followed on. */
	stopHistory(): void {
		this.#readsHistory = false;
		for (const file of this.#lanes.clearHistory()) this.#stopped.add(file);
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
		await this.#lanes.stop();
	}

	#found(file: FollowedFile, isLive: boolean): void {
		if (this.#isDisposed) return;
		if (!isLive && !this.#readsHistory) {
			this.#stopped.add(file);
			return;
		}
		this.#stopped.delete(file);
		this.#lanes.add(file, isLive);
		// While the first scan lasts only what runs is known to come first.
		if (isLive || this.#finder.hasScanned) this.#lanes.start();
	}

	#gone(file: FollowedFile): void {
		for (const each of [file, file.behind]) {
			if (each === null) continue;
			this.#lanes.delete(each);
			this.#stopped.delete(each);
		}
		void file.forget();
	}

	/** One slice of one file. */
	async #step(file: FollowedFile, isLive: boolean, chunk: Buffer): Promise<boolean> {
		try {
			if (!(await file.identify())) return false;
			for (const companion of file.companions) {
				if (!companion.isDue) continue;
				const told = await file.readCompanion(companion, this.#now());
				// It is read as a whole each time.
				const whole = { ...told, position: null, isFromBeginning: true };
				await this.#deliver(file, whole, isLive, companion.path);
			}
			const slice = await file.readSlice(chunk, this.#now());
			file.error = "";
			await this.#deliver(file, slice, isLive);
			if (slice.state === "missing") this.#finder.forget(file);
			if (slice.state === "end" && file.behind !== null) this.#found(file.behind, isLive);
			return slice.state === "more";
		} catch (error) {
			// It is tried again when it changes.
			file.error = (error as NodeJS.ErrnoException).code ?? String(error);
			return false;
		} finally {
			this.#finder.noteRead(file);
			if (performance.now() - this.#toldAt > TELL_MS) this.#tell();
		}
	}

	async #release(file: FollowedFile): Promise<void> {
		try {
			await file.release(this.#now());
		} catch {
			// Nothing was written to it, so nothing is lost.
		}
		this.#finder.noteRead(file);
	}

	async #deliver(
		{ path, pass, transcript }: FollowedFile,
		{ records, problems, position, isFromBeginning }: Omit<Slice, "state">,
		isLive: boolean,
		from = path,
	): Promise<void> {
		const isEmpty = records.length === 0 && problems.length === 0 && position === null;
		if (this.#isDisposed || isEmpty || transcript === null) return;
		await this.#listener.batch({
			path: from,
			file: transcript,
			pass,
			records,
			problems,
			position,
			isFromBeginning,
			isLive,
		});
	}

	#tell(): void {
		this.#toldAt = performance.now();
		if (!this.#isDisposed) this.#listener.status?.(this.status);
	}
}
