import { stat } from "node:fs/promises";
import type { FilePosition } from "../tailedFile.ts";
import type { LineSource, WantedLines } from "../transcripts/port.ts";
import { openDatabase, type ReadDatabase } from "./readDatabase.ts";
import { WantedRows } from "./wantedRows.ts";

const NOTHING = Buffer.alloc(0);
const IDENTITY = /^(\d+:\d+):rows\.(\d+):(\d+):/;

/** A row, and where the line that was made of it ends. */
interface Mark {
	readonly row: number;
	readonly end: number;
}

/**
 * The events that opencode keeps of its sessions, in the order in which they were written, as lines of
 * JSON. The database is only read, from the last row on, and held by no lock: its client writes beside it.
 * An offset counts the bytes of the lines that were made.
 */
export class EventRows implements LineSource {
	readonly #path: string;
	readonly #rows: WantedRows;
	#start: FilePosition | null;
	#open: ReadDatabase | null = null;
	#identity = "";
	#isKnown = false;
	#offset = 0;
	/** Bytes of all lines that were made, whether they have been read or not. */
	#made = 0;
	#readBefore = 0;
	#isAtEnd = false;
	/** Of a line that did not fit. */
	#rest: Buffer = NOTHING;
	/** Of rows that the place to begin at may lie before, the oldest first. */
	#marks: Mark[] = [];

	/** @param wanted null for all */
	constructor(path: string, start: FilePosition | null = null, wanted: WantedLines | null = null) {
		this.#path = path;
		this.#start = start;
		this.#rows = new WantedRows(wanted);
	}

	get offset(): number {
		return this.#offset;
	}

	get size(): number {
		return this.#offset;
	}

	get isSizeOwn(): boolean {
		return true;
	}

	get readBefore(): number {
		return this.#readBefore;
	}

	get isAtEnd(): boolean {
		return this.#isAtEnd;
	}

	positionAt(offset: number): FilePosition | null {
		if (!this.#isKnown) return null;
		while ((this.#marks[1]?.end ?? Number.POSITIVE_INFINITY) <= offset) this.#marks.shift();
		const [mark = { row: 0, end: 0 }] = this.#marks;
		const identity = `${this.#identity}:rows.${mark.row}:${this.#offset}:0`;
		return { identity, offset: mark.end };
	}

	async look(): Promise<"current" | "opened" | "replaced" | "missing"> {
		const identity = await identityOf(this.#path);
		if (identity === null) return "missing";
		if (this.#isKnown && identity !== this.#identity) return "replaced";
		this.#openAgain();
		if (this.#isKnown) return "current";
		this.#identity = identity;
		this.#isKnown = true;
		this.#begin();
		return "opened";
	}

	async read(into: Buffer): Promise<Buffer | null> {
		this.#openAgain();
		let length = this.#take(into, 0);
		this.#isAtEnd = false;
		while (length < into.length && !this.#isAtEnd) {
			const rows = this.#rows.next();
			if (this.#open?.isValid() !== true) throw new Error("it was written to while it was read");
			this.#isAtEnd = rows.length === 0;
			this.#rest = Buffer.concat(rows.map(({ row, line }) => this.#lineOf(row, line)));
			length = this.#take(into, length);
		}
		return into.subarray(0, length);
	}

	async release(): Promise<void> {
		this.#rows.close();
		this.#open?.database.close();
		this.#open = null;
	}

	async close(): Promise<void> {
		await this.release();
		this.#isKnown = false;
		this.#marks = [];
		this.#rest = NOTHING;
	}

	#openAgain(): void {
		if (this.#open?.isValid() === true) return;
		this.#open?.database.close();
		this.#open = openDatabase(this.#path);
		this.#rows.open(this.#open.database);
	}

	#begin(): void {
		const [, identity, row, end] = IDENTITY.exec(this.#start?.identity ?? "") ?? [];
		const isSame = identity === this.#identity && Number(row) <= this.#rows.lastRow;
		const begin = isSame ? Number(row) : 0;
		this.#rows.begin(begin);
		this.#offset = isSame ? (this.#start?.offset ?? 0) : 0;
		this.#readBefore = isSame ? Number(end) : 0;
		this.#made = this.#offset;
		this.#marks = [{ row: begin, end: this.#offset }];
		this.#start = null;
	}

	/** Moves as much as fits of what is waiting. @returns the bytes that are in it then */
	#take(into: Buffer, length: number): number {
		const moved = this.#rest.copy(into, length);
		this.#rest = this.#rest.subarray(moved);
		this.#offset += moved;
		return length + moved;
	}

	/** A place to begin at lies behind a row only where nothing older is left to be read. */
	#lineOf(row: number, text: string): Buffer {
		const line = Buffer.from(`${text}\n`);
		this.#made += line.length;
		if (this.#rows.isWhole) this.#marks.push({ row, end: this.#made });
		return line;
	}
}

async function identityOf(path: string): Promise<string | null> {
	try {
		const { dev, ino } = await stat(path, { bigint: true });
		return `${dev}:${ino}`;
	} catch {
		return null;
	}
}
