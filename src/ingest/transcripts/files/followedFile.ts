import { type FilePosition, TailedFile } from "../../files/tailedFile.ts";
import type { OpenWork } from "../lineWork.ts";
import { type Owned, ownerByFirstLine, ownerOf, readFirstLine } from "../ownership.ts";
import type { Findings, Pass, TranscriptClient, TranscriptFile, WantedLines } from "../port.ts";
import { Reading, type Slice } from "../reading.ts";
import { CompanionFile } from "./companionFile.ts";
import { type FileStamp, isSameStamp } from "./fileStamp.ts";

/** A file that nobody wrote to for so long gets no result of a call any more, in ms. */
const QUIET_MS = 24 * 3_600_000;

/** How transcripts are read. */
export interface ReadingAs {
	readonly clients: readonly TranscriptClient[];
	readonly pass: Pass;
	readonly openWork: OpenWork;
	/** Of files that hold many sessions; null for all. */
	readonly wanted: WantedLines | null;
}

/** Where a transcript lies. */
interface TranscriptPlace {
	/** The watched folder, absolute. */
	readonly root: string;
	/** Below it, with forward slashes. */
	readonly relativePath: string;
	/** Absolute. */
	readonly path: string;
}

/**
 * One transcript with all that is known of it between two slices. Holds no buffer, and the file
 * open only until it is released.
 */
export class FollowedFile {
	readonly path: string;
	/** The same file as it is read for facts, behind this one; null where it is not. */
	readonly behind: FollowedFile | null;
	/** Error code of the last attempt to read it; empty when all is well. */
	error = "";
	readonly #as: ReadingAs;
	readonly #place: TranscriptPlace;
	#owned: Owned | "first_line" | null = null;
	#companions: readonly CompanionFile[] = [];
	#stamp: FileStamp;
	#start: FilePosition | null;
	#reading: Reading | null = null;
	#offset: number;
	/** Open, and not at its end when it was read last. */
	#isMidway = false;

	constructor(
		as: ReadingAs,
		place: TranscriptPlace,
		stamp: FileStamp,
		start: FilePosition | null,
		behind: FollowedFile | null = null,
	) {
		this.#as = as;
		this.behind = behind;
		this.#place = place;
		this.path = place.path;
		this.#stamp = stamp;
		this.#start = start;
		this.#offset = start?.offset ?? 0;
		this.#belongTo(ownerOf(as.clients, place.relativePath));
	}

	get pass(): Pass {
		return this.#as.pass;
	}

	/** null while only the first line could tell, and of what is nobody's. */
	get transcript(): TranscriptFile | null {
		return this.#owned === "first_line" ? null : (this.#owned?.file ?? null);
	}

	/** Whether its first line has told that it is no client's transcript. */
	get isForeign(): boolean {
		return this.#owned === null;
	}

	get companions(): readonly CompanionFile[] {
		return this.#companions;
	}

	/** Device and inode when last looked at. */
	get identity(): string {
		return this.#stamp.identity;
	}

	/** Bytes read. */
	get offset(): number {
		return Math.min(this.#offset, this.size);
	}

	/** Bytes when last looked at. */
	get size(): number {
		const file = this.#reading?.file;
		if (file?.isSizeOwn === true) return file.size;
		return Math.max(this.#stamp.size, file?.size ?? 0);
	}

	/** ms since the epoch */
	get modifiedAt(): number {
		return this.#stamp.modifiedAt;
	}

	/** Whether nothing is left to be read of it, or by it: {@link isReadBefore} in all passes. */
	isDone(now: number): boolean {
		const isOver = this.isReadBefore() && this.isQuiet(now);
		return isOver && (this.behind === null || this.behind.isDone(now));
	}

	/** Whether all of it was read by the place that it was begun at, so that it need not be opened. */
	isReadBefore(): boolean {
		const { identity, size } = this.#stamp;
		return this.#start?.identity.startsWith(`${identity}:`) === true && this.#start.offset === size;
	}

	/** Takes in what the file system says now; returns whether there is something to read. */
	noteStamp(stamp: FileStamp): boolean {
		const last = this.#stamp;
		this.#stamp = stamp;
		this.behind?.noteStamp(stamp);
		return !isSameStamp(last, stamp);
	}

	/** @param now ms since the epoch */
	isQuiet(now: number): boolean {
		return now - this.#stamp.modifiedAt > QUIET_MS;
	}

	/**
	 * Finds out whose it is, where its path does not say.
	 *
	 * @returns false while nobody can tell, and for what is nobody's: then there is nothing to read
	 * @throws what the file system says
	 */
	async identify(): Promise<boolean> {
		if (this.#owned === "first_line") {
			const firstLine = await readFirstLine(this.path);
			if (firstLine === null) return false;
			this.#belongTo(ownerByFirstLine(this.#as.clients, this.#place.relativePath, firstLine));
		}
		await this.#findCopies();
		return this.#owned !== null;
	}

	/** To be called once it is identified, as {@link readSlice}. */
	readCompanion(companion: CompanionFile, now: number): Promise<Findings> {
		return companion.read(this.#read().work, now);
	}

	/**
	 * Reads on for one chunk.
	 *
	 * @param chunk shared by all files; nothing of it is kept
	 * @throws what the file system says
	 */
	async readSlice(chunk: Buffer, now: number): Promise<Slice> {
		const reading = this.#read();
		if (!this.#isMidway) {
			const found = await reading.file.look();
			if (found === "missing") return reading.take("missing", false);
			if (found === "replaced") return this.#beginAgain(reading);
			if (found === "opened") reading.begin();
		}
		if (!(await this.#readChunk(reading, chunk))) return this.#beginAgain(reading);
		this.#offset = reading.file.offset;
		const isAtEnd = reading.file.isAtEnd;
		this.#isMidway = !isAtEnd;
		return reading.take(isAtEnd ? "end" : "more", isAtEnd && this.isQuiet(now));
	}

	/** Closes the file; forgets what is only of use while more may come. */
	async release(now: number): Promise<void> {
		const reading = this.#reading;
		this.#isMidway = false;
		if (reading === null) return;
		const isOver = this.isQuiet(now) && this.#offset >= this.#stamp.size;
		if (isOver && reading.file.isAtEnd) {
			this.#start = reading.lineEnd();
			this.#reading = null;
			for (const companion of this.#companions) companion.forget();
			await reading.close();
		} else {
			await reading.file.release();
		}
	}

	/** The file is gone, or nobody asks for it any more. */
	async forget(): Promise<void> {
		await this.#drop();
		await this.behind?.forget();
	}

	async #drop(): Promise<void> {
		const reading = this.#reading;
		this.#reading = null;
		this.#isMidway = false;
		await reading?.close();
	}

	/** What lost the lines knew of them goes with it: they are begun again, where nothing is lost. */
	async #readChunk(reading: Reading, chunk: Buffer): Promise<boolean> {
		try {
			return await reading.readChunk(chunk);
		} catch (error) {
			this.#start = reading.position();
			this.#offset = this.#start?.offset ?? 0;
			await this.#drop();
			throw error;
		}
	}

	/** Another content has the path: it is read from its beginning, and may be another client's. */
	#beginAgain(reading: Reading): Promise<Slice> {
		this.#reading = null;
		this.#isMidway = false;
		this.#offset = 0;
		this.#belongTo(ownerOf(this.#as.clients, this.#place.relativePath));
		return reading.end();
	}

	async #findCopies(): Promise<void> {
		if (this.#reading !== null || this.#owned === null || this.#owned === "first_line") return;
		const { client, file } = this.#owned;
		const copied = await client.copiedInto?.(file, this.path);
		if (copied != null) this.#owned = { client, file: { ...file, copied } };
	}

	#belongTo(owned: Owned | "first_line" | null): void {
		this.#owned = owned;
		// What they say is an event.
		const names = this.pass === "events" ? (this.transcript?.companions ?? []) : [];
		this.#companions = names.map((name) => new CompanionFile(this.#place.root, name));
	}

	#read(): Reading {
		if (this.#reading !== null) return this.#reading;
		if (this.#owned === null || this.#owned === "first_line") throw new Error("not identified");
		const work = this.#as.openWork(this.#owned, this.pass);
		const { openSource } = this.#owned.client;
		const source =
			openSource?.(this.path, this.#start, this.#as.wanted) ??
			new TailedFile(this.path, this.#start);
		this.#reading = new Reading(source, work);
		this.#start = null;
		return this.#reading;
	}
}
