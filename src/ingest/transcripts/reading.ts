import type { LineProblem } from "../../model/events/lineProblem.ts";
import type { TranscriptRecord } from "../../model/events/record.ts";
import type { FilePosition } from "../files/tailedFile.ts";
import type { LineWork } from "./lineWork.ts";
import type { LineSource } from "./port.ts";

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

/** A place in one file, with what makes records of its lines. */
export class Reading {
	readonly file: LineSource;
	readonly work: LineWork;
	#records: readonly TranscriptRecord[] = [];
	#problems: readonly LineProblem[] = [];
	#isFromBeginning = false;
	/** Behind what was read, and behind the last whole line of it. */
	#end = 0;
	#lineEnd = 0;
	/** Behind the last line at which no call was open. */
	#safe = 0;
	/** The lines know that nothing stands behind them. */
	#isEndTold = false;

	constructor(file: LineSource, work: LineWork) {
		this.file = file;
		this.work = work;
	}

	/** The file was opened at the place to begin at. */
	begin(): void {
		this.#safe = this.file.offset;
		this.#isFromBeginning = this.file.readBefore === 0;
		this.#lineEnd = this.file.offset;
		this.#end = this.file.offset;
	}

	/** Another content has the path: what is left of this one. */
	async end(): Promise<Slice> {
		await this.close();
		if (this.#isCut) this.#found("cut_line");
		return this.take("more", false);
	}

	/** @returns false when what was read before is no longer there */
	async readChunk(chunk: Buffer): Promise<boolean> {
		const start = this.file.offset;
		const bytes = await this.file.read(chunk);
		if (bytes === null) return false;
		this.#end = start + bytes.length;
		// Whoever reads lines need not even be there where there are none.
		if (bytes.length === 0 && (this.#isEndTold || !this.#isCut)) return true;
		const { readBefore, isAtEnd } = this.file;
		const read = await this.work.read(bytes, { start, readBefore, isAtEnd });
		this.#isEndTold = isAtEnd;
		this.#records = read.records;
		this.#problems = read.problems;
		this.#lineEnd = read.lineEnd;
		// It may have been moved on for the sake of what is read again.
		this.#safe = Math.max(this.#safe, read.safe);
		return true;
	}

	take(state: Slice["state"], isQuiet: boolean): Slice {
		if (isQuiet && this.#isCut && this.#end > this.file.readBefore) this.#found("cut_line");
		const found = this.#takeFound();
		const isFar = this.#lineEnd - this.#safe > MAX_REREAD_BYTES;
		if (isFar || isQuiet) this.#safe = this.#lineEnd;
		return { ...found, position: this.file.positionAt(this.#safe), state };
	}

	/** Where it can be begun again so that nothing is lost; null while the file is not open. */
	position(): FilePosition | null {
		return this.file.positionAt(this.#safe);
	}

	/** Behind the last whole line; null while the file is not open. */
	lineEnd(): FilePosition | null {
		return this.file.positionAt(this.#lineEnd);
	}

	async close(): Promise<void> {
		this.work.close();
		await this.file.close();
	}

	get #isCut(): boolean {
		return this.#end > this.#lineEnd;
	}

	#found(problem: LineProblem): void {
		this.#problems = [...this.#problems, problem];
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
}
