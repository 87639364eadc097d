import { stat } from "node:fs/promises";
import type { FilePosition } from "../files/tailedFile.ts";
import type { LineSource, WantedLines } from "../transcripts/port.ts";
import { openDatabase, type ReadDatabase } from "./readDatabase.ts";
import { SessionTree } from "./sessionTree.ts";
import { StoredMessages } from "./storedMessages.ts";
import { WantedRows } from "./wantedRows.ts";

const NOTHING = Buffer.alloc(0);
const IDENTITY = /^(\d+:\d+):rows\.(\d+)(?:\.(\d+))?:(\d+):/;

/** A place to begin at, and where the lines that were made of what is before it end. */
interface Mark {
	readonly row: number;
	/** Of messages that no event tells: what was written before then, ms since the epoch. */
	readonly since: number;
	readonly end: number;
}

/**
 * The events that opencode keeps of its sessions, in the order in which they were written, and then what no
 * event tells, as lines of JSON. The database is only read, from the last row on, and held by no lock: its client writes beside it.
 * An offset counts the bytes of the lines that were made.
 */
export class EventRows implements LineSource {
	readonly #path: string;
	readonly #rows: WantedRows;
	readonly #messages: StoredMessages;
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
		this.#messages = new StoredMessages(wanted);
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
		const [mark = { row: 0, since: 0, end: 0 }] = this.#marks;
		const identity = `${this.#identity}:rows.${mark.row}.${mark.since}:${this.#offset}:0`;
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
			const lines = this.#nextLines();
			if (this.#open?.isValid() !== true) throw new Error("it was written to while it was read");
			this.#isAtEnd = lines.length === 0;
			this.#rest = Buffer.concat(lines);
			length = this.#take(into, length);
		}
		return into.subarray(0, length);
	}

	async release(): Promise<void> {
		this.#rows.close();
		this.#messages.close();
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
		const { database } = this.#open;
		const sessions = new SessionTree(database);
		this.#rows.open(database, sessions);
		this.#messages.open(database, sessions);
	}

	#begin(): void {
		const [, identity, row, since = 0, end] = IDENTITY.exec(this.#start?.identity ?? "") ?? [];
		const isSame = identity === this.#identity && Number(row) <= this.#rows.lastRow;
		const begin = isSame ? Number(row) : 0;
		this.#rows.begin(begin);
		this.#messages.begin(isSame ? Number(since) : 0);
		this.#offset = isSame ? (this.#start?.offset ?? 0) : 0;
		this.#readBefore = isSame ? Number(end) : 0;
		this.#made = this.#offset;
		this.#marks = [{ row: begin, since: this.#messages.since, end: this.#offset }];
		this.#start = null;
	}

	/** Moves as much as fits of what is waiting. @returns the bytes that are in it then */
	#take(into: Buffer, length: number): number {
		const moved = this.#rest.copy(into, length);
		this.#rest = this.#rest.subarray(moved);
		this.#offset += moved;
		return length + moved;
	}

	#nextLines(): Buffer[] {
		const rows = this.#rows.next();
		if (rows.length > 0) return rows.map(({ row, line }) => this.#lineOf(line, row));
		const lines = this.#messages.next().map((line) => this.#lineOf(line, null));
		if (this.#messages.isWhole) this.#mark(this.#rows.row);
		return lines;
	}

	/** @param row that it was made of; null for lines of a message, which are read as a whole */
	#lineOf(text: string, row: number | null): Buffer {
		const line = Buffer.from(`${text}\n`);
		this.#made += line.length;
		if (row !== null) this.#mark(row);
		return line;
	}

	/** A place to begin at lies behind a row only where nothing older is left to be read. */
	#mark(row: number): void {
		if (!this.#rows.isWhole) return;
		const { since } = this.#messages;
		if (this.#marks.at(-1)?.end === this.#made) this.#marks.pop();
		this.#marks.push({ row, since, end: this.#made });
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
