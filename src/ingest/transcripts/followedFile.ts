import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { LineProblem } from "../../model/events/events.ts";
import type { TranscriptRecord } from "../../model/events/record.ts";
import { LineSplitter } from "../lineSplitter.ts";
import { type FilePosition, TailedFile } from "../tailedFile.ts";
import { type FileStamp, isSameStamp, toStamp } from "./fileStamp.ts";
import type { TranscriptClient, TranscriptFile, TranscriptReader } from "./port.ts";

/** Longest line of a transcript, in bytes: whole files and images stand in one line. */
export const MAX_TRANSCRIPT_LINE_BYTES = 16 * 1024 * 1024;
/** How far a place to begin again at may lie behind what was read, for the sake of open calls. */
export const MAX_REREAD_BYTES = 4 * 1024 * 1024;
/** A file that nobody wrote to for so long gets no result of a call any more, in ms. */
const SETTLED_MS = 24 * 3_600_000;
/** Largest meta file that is read, in bytes. */
const MAX_META_BYTES = 256 * 1024;
/** A meta file may be caught half-written; one that was not touched for so long is whole, in ms. */
const HALF_WRITTEN_MS = 2000;

/** What came of one slice. */
export interface Slice {
	readonly records: readonly TranscriptRecord[];
	readonly problems: readonly LineProblem[];
	/** Where to begin after a restart; null when no file was open. */
	readonly position: FilePosition | null;
	readonly state: "more" | "end" | "missing";
}

/**
 * One transcript with all that is known of it between two slices. Holds no buffer, and the file
 * open only until it is released.
 */
export class FollowedFile {
	readonly root: string;
	readonly path: string;
	readonly transcript: TranscriptFile;
	/** Error code of the last attempt to read it; empty when all is well. */
	error = "";
	/** Whether the meta file is to be read before the next lines. */
	isMetaDue: boolean;
	readonly #client: TranscriptClient;
	#stamp: FileStamp;
	#start: FilePosition | null;
	#reading: Reading | null = null;
	#offset: number;
	/** Open, and not at its end when it was read last. */
	#isMidway = false;
	/** The meta file when it was read last. */
	#metaStamp: FileStamp | null = null;
	/** What was wrong with it; told only when it stays so. */
	#metaProblem: LineProblem | null = null;

	constructor(
		client: TranscriptClient,
		place: { readonly root: string; readonly path: string; readonly transcript: TranscriptFile },
		stamp: FileStamp,
		start: FilePosition | null,
	) {
		this.#client = client;
		this.root = place.root;
		this.path = place.path;
		this.transcript = place.transcript;
		this.#stamp = stamp;
		this.#start = start;
		this.#offset = start?.offset ?? 0;
		this.isMetaDue = place.transcript.metaPath !== "";
	}

	/** Bytes read. */
	get offset(): number {
		return Math.min(this.#offset, this.size);
	}

	/** Bytes when last looked at. */
	get size(): number {
		return Math.max(this.#stamp.size, this.#reading?.file.size ?? 0);
	}

	/** ms since the epoch */
	get modifiedAt(): number {
		return this.#stamp.modifiedAt;
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
		return !isSameStamp(last, stamp);
	}

	/** @param now ms since the epoch */
	isSettled(now: number): boolean {
		return now - this.#stamp.modifiedAt > SETTLED_MS;
	}

	/**
	 * Reads on for one chunk.
	 *
	 * @param chunk shared by all files; nothing of it is kept
	 * @throws what the file system says
	 */
	async readSlice(chunk: Buffer, now: number): Promise<Slice> {
		const reading = this.#reading ?? this.#newReading();
		this.#reading = reading;
		if (!this.#isMidway) {
			const found = await reading.file.look();
			if (found === "missing") return reading.take("missing", false);
			if (found === "replaced") {
				await reading.file.close();
				reading.beginAgain();
				this.#forgetMeta();
				return reading.take("more", false);
			}
			if (found === "opened") reading.begin();
		}
		if (!(await reading.readChunk(chunk))) this.#forgetMeta();
		this.#offset = reading.file.offset;
		const isAtEnd = reading.file.isAtEnd;
		this.#isMidway = !isAtEnd;
		return reading.take(isAtEnd ? "end" : "more", isAtEnd && this.isSettled(now));
	}

	/**
	 * Reads the meta file if it is there and was not read as it is now.
	 *
	 * @param metaFile its absolute path
	 */
	async readMeta(metaFile: string, now: number): Promise<Slice> {
		this.isMetaDue = false;
		const read = await readMetaFile(metaFile);
		const nothing: Slice = { records: [], problems: [], position: null, state: "more" };
		if (read === null) return nothing;
		if (!this.hasNewMeta(read.stamp, now)) return nothing;
		if (isSameStamp(read.stamp, this.#metaStamp)) {
			return { ...nothing, problems: this.#takeMetaProblem() };
		}
		this.#reading ??= this.#newReading();
		this.#metaStamp = read.stamp;
		const found = this.#reading.reader.meta(read.text);
		this.#metaProblem = typeof found === "string" ? found : null;
		return typeof found === "string" ? nothing : { ...nothing, records: found };
	}

	/** Whether the meta file is another one than was read, or no good although long written. */
	hasNewMeta(stamp: FileStamp, now: number): boolean {
		if (!isSameStamp(stamp, this.#metaStamp)) return true;
		return this.#metaProblem !== null && now - stamp.modifiedAt > HALF_WRITTEN_MS;
	}

	/** Closes the file; forgets what is only of use while more may come. */
	async release(now: number): Promise<void> {
		const reading = this.#reading;
		this.#isMidway = false;
		if (reading === null) return;
		const isOver = this.isSettled(now) && this.#offset >= this.#stamp.size;
		if (isOver && reading.file.isAtEnd) {
			this.#start = reading.lineEnd();
			this.#reading = null;
			this.#forgetMeta();
			await reading.file.close();
		} else {
			await reading.file.release();
		}
	}

	#takeMetaProblem(): LineProblem[] {
		const problem = this.#metaProblem;
		this.#metaProblem = null;
		return problem === null ? [] : [problem];
	}

	/** The next reader has to be told of it again. */
	#forgetMeta(): void {
		this.#metaStamp = null;
		this.isMetaDue = this.transcript.metaPath !== "";
	}

	#newReading(): Reading {
		const newReader = (): TranscriptReader => this.#client.newReader(this.transcript);
		const reading = new Reading(new TailedFile(this.path, this.#start), newReader);
		this.#start = null;
		return reading;
	}
}

/** A place in one file, with the reader and the beginning of a line that belong to it. */
class Reading {
	readonly file: TailedFile;
	reader: TranscriptReader;
	readonly #newReader: () => TranscriptReader;
	readonly #splitter: LineSplitter;
	#records: TranscriptRecord[] = [];
	#problems: LineProblem[] = [];
	/** Where the chunk that is being cut begins. */
	#chunkStart = 0;
	/** Behind the last line at which no call was open. */
	#safe = 0;

	constructor(file: TailedFile, newReader: () => TranscriptReader) {
		this.file = file;
		this.#newReader = newReader;
		this.reader = newReader();
		this.#splitter = new LineSplitter(
			{
				line: (text, end) => this.#line(text, this.#chunkStart + end),
				tooLong: () => this.#problems.push("line_too_long"),
			},
			MAX_TRANSCRIPT_LINE_BYTES,
		);
	}

	/** The file was opened at the place to begin at. */
	begin(): void {
		this.#safe = this.file.offset;
	}

	/** Another content has the path. */
	beginAgain(): void {
		if (this.#splitter.reset()) this.#problems.push("cut_line");
		this.reader = this.#newReader();
		this.#safe = 0;
	}

	/** @returns false when what was read before is no longer there: it begins again */
	async readChunk(chunk: Buffer): Promise<boolean> {
		this.#chunkStart = this.file.offset;
		const bytes = await this.file.read(chunk);
		if (bytes === null) this.beginAgain();
		else this.#splitter.push(bytes);
		if (!this.reader.hasOpenCalls) this.#safe = this.#lineEnd;
		return bytes !== null;
	}

	take(state: Slice["state"], isSettled: boolean): Slice {
		const { records, problems } = this.#takeFound();
		const end = this.#lineEnd;
		const isFar = end - this.#safe > MAX_REREAD_BYTES;
		if (isFar || isSettled) this.#safe = end;
		return { records, problems, position: this.file.positionAt(this.#safe), state };
	}

	/** Behind the last whole line; null while the file is not open. */
	lineEnd(): FilePosition | null {
		return this.file.positionAt(this.#lineEnd);
	}

	get #lineEnd(): number {
		return this.file.offset - this.#splitter.bytesSinceLine;
	}

	#takeFound(): Pick<Slice, "records" | "problems"> {
		const found = { records: this.#records, problems: this.#problems };
		this.#records = [];
		this.#problems = [];
		return found;
	}

	#line(text: string, end: number): void {
		const found = this.reader.line(text);
		if (typeof found === "string") this.#problems.push(found);
		else for (const record of found) this.#records.push(record);
		if (!this.reader.hasOpenCalls) this.#safe = end;
	}
}

async function readMetaFile(file: string): Promise<{ text: string; stamp: FileStamp } | null> {
	try {
		// As in a transcript's place, a named pipe would hold up whoever opens it.
		const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
		try {
			const stats = await handle.stat({ bigint: true });
			if (!stats.isFile()) return null;
			const stamp = toStamp(stats);
			return stamp.size > MAX_META_BYTES ? null : { text: await handle.readFile("utf8"), stamp };
		} finally {
			await handle.close();
		}
	} catch {
		// It comes later, or never.
		return null;
	}
}
