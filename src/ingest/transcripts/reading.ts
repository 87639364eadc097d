import type { LineProblem } from "../../model/events/lineProblem.ts";
import type { TranscriptRecord } from "../../model/events/record.ts";
import { LineSplitter } from "../lineSplitter.ts";
import type { FilePosition, TailedFile } from "../tailedFile.ts";
import type { TranscriptReader } from "./port.ts";

/** Longest line of a transcript, in bytes: whole files and images stand in one line. */
export const MAX_TRANSCRIPT_LINE_BYTES = 16 * 1024 * 1024;
/** How far a place to begin again at may lie behind what was read, for the sake of open calls. */
export const MAX_REREAD_BYTES = 4 * 1024 * 1024;

/** What came of one slice. */
export interface Slice {
	readonly records: readonly TranscriptRecord[];
	/** Those that were found before, by a run that began earlier, are not among them. */
	readonly problems: readonly LineProblem[];
	/** Nothing of the file was read before, or all of it is read again. */
	readonly isFromBeginning: boolean;
	/** Where to begin after a restart; null when no file was open. */
	readonly position: FilePosition | null;
	readonly state: "more" | "end" | "missing";
}

/** A place in one file, with the reader and the beginning of a line that belong to it. */
export class Reading {
	readonly file: TailedFile;
	readonly reader: TranscriptReader;
	readonly #splitter: LineSplitter;
	#records: TranscriptRecord[] = [];
	#problems: LineProblem[] = [];
	/** Where the chunk that is being cut begins. */
	#chunkStart = 0;
	#isFromBeginning = false;
	/** Behind the last line at which no call was open. */
	#safe = 0;

	constructor(file: TailedFile, reader: TranscriptReader) {
		this.file = file;
		this.reader = reader;
		this.#splitter = new LineSplitter(
			{
				line: (text, end) => this.#line(text, this.#chunkStart + end),
				tooLong: (end) => this.#found("line_too_long", this.#chunkStart + end),
			},
			MAX_TRANSCRIPT_LINE_BYTES,
		);
	}

	/** The file was opened at the place to begin at. */
	begin(): void {
		this.#safe = this.file.offset;
		this.#isFromBeginning = this.file.readBefore === 0;
	}

	/** Another content has the path: what is left of this one. */
	async end(): Promise<Slice> {
		await this.file.close();
		if (this.#splitter.reset()) this.#problems.push("cut_line");
		return this.take("more", false);
	}

	/** @returns false when what was read before is no longer there */
	async readChunk(chunk: Buffer): Promise<boolean> {
		this.#chunkStart = this.file.offset;
		const bytes = await this.file.read(chunk);
		if (bytes === null) return false;
		this.#splitter.push(bytes);
		if (!this.reader.hasOpenCalls) this.#safe = this.#lineEnd;
		return true;
	}

	take(state: Slice["state"], isQuiet: boolean): Slice {
		const found = this.#takeFound();
		const end = this.#lineEnd;
		const isFar = end - this.#safe > MAX_REREAD_BYTES;
		if (isFar || isQuiet) this.#safe = end;
		return { ...found, position: this.file.positionAt(this.#safe), state };
	}

	/** Behind the last whole line; null while the file is not open. */
	lineEnd(): FilePosition | null {
		return this.file.positionAt(this.#lineEnd);
	}

	get #lineEnd(): number {
		return this.file.offset - this.#splitter.bytesSinceLine;
	}

	#takeFound(): Pick<Slice, "records" | "problems" | "isFromBeginning"> {
		const found = {
			records: this.#records,
			problems: this.#problems,
			isFromBeginning: this.#isFromBeginning,
		};
		this.#records = [];
		this.#problems = [];
		this.#isFromBeginning = false;
		return found;
	}

	/** @param end place behind it in the file */
	#found(problem: LineProblem, end: number): void {
		if (end > this.file.readBefore) this.#problems.push(problem);
	}

	#line(text: string, end: number): void {
		const { records, problems } = this.reader.line(text);
		for (const record of records) this.#records.push(record);
		for (const problem of problems) this.#found(problem, end);
		if (!this.reader.hasOpenCalls) this.#safe = end;
	}
}
