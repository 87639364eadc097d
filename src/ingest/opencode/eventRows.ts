import { stat } from "node:fs/promises";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { FilePosition } from "../tailedFile.ts";
import type { LineSource } from "../transcripts/port.ts";
import { SessionTree } from "./sessionTree.ts";

/** Rows that are asked for at a time: no lock is held between two questions. */
const ROWS = 200;
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
	#start: FilePosition | null;
	#database: DatabaseSync | null = null;
	#select: StatementSync | null = null;
	#sessions: SessionTree | null = null;
	#identity = "";
	#isKnown = false;
	#offset = 0;
	#row = 0;
	#readBefore = 0;
	#isAtEnd = false;
	/** Of a line that did not fit. */
	#rest: Buffer = NOTHING;
	/** Of rows that the place to begin at may lie before, the oldest first. */
	#marks: Mark[] = [];

	constructor(path: string, start: FilePosition | null = null) {
		this.#path = path;
		this.#start = start;
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
		this.#open();
		if (this.#isKnown) return "current";
		this.#identity = identity;
		this.#isKnown = true;
		this.#begin();
		return "opened";
	}

	read(into: Buffer): Promise<Buffer | null> {
		let length = this.#take(into, 0);
		this.#isAtEnd = false;
		while (length < into.length && this.#rest.length === 0) {
			const rows = this.#select?.all(this.#row, ROWS) ?? [];
			for (const row of rows) {
				const line = Buffer.from(`${this.#lineOf(row)}\n`);
				this.#row = Number(row.row);
				this.#rest = Buffer.concat([this.#rest, line]);
				this.#marks.push({ row: this.#row, end: this.#offset + this.#rest.length });
			}
			if (rows.length === 0) this.#isAtEnd = true;
			length = this.#take(into, length);
			if (this.#isAtEnd) break;
		}
		return Promise.resolve(into.subarray(0, length));
	}

	release(): Promise<void> {
		this.#database?.close();
		this.#database = null;
		this.#select = null;
		this.#sessions = null;
		return Promise.resolve();
	}

	async close(): Promise<void> {
		await this.release();
		this.#isKnown = false;
		this.#marks = [];
		this.#rest = NOTHING;
	}

	#open(): void {
		if (this.#database !== null) return;
		const sqlite = process.getBuiltinModule?.("node:sqlite");
		if (sqlite === undefined) {
			throw Object.assign(new Error("this Node has no node:sqlite"), { code: "NO_NODE_SQLITE" });
		}
		this.#database = new sqlite.DatabaseSync(this.#path, { readOnly: true });
		this.#select = this.#database.prepare(
			"SELECT rowid AS row, aggregate_id AS session, type, data FROM event WHERE rowid > ? ORDER BY rowid LIMIT ?",
		);
		this.#sessions = new SessionTree(this.#database);
	}

	#begin(): void {
		const [, identity, row, end] = IDENTITY.exec(this.#start?.identity ?? "") ?? [];
		const isSame = identity === this.#identity && Number(row) <= this.#lastRow();
		this.#row = isSame ? Number(row) : 0;
		this.#offset = isSame ? (this.#start?.offset ?? 0) : 0;
		this.#readBefore = isSame ? Number(end) : 0;
		this.#marks = [{ row: this.#row, end: this.#offset }];
		this.#start = null;
	}

	#lastRow(): number {
		const found = this.#database?.prepare("SELECT max(rowid) AS row FROM event").get();
		return Number(found?.row ?? 0);
	}

	/** Moves as much as fits of what is waiting. @returns the bytes that are in it then */
	#take(into: Buffer, length: number): number {
		const moved = this.#rest.copy(into, length);
		this.#rest = this.#rest.subarray(moved);
		this.#offset += moved;
		return length + moved;
	}

	#lineOf({ session, type, data }: Record<string, unknown>): string {
		const place = this.#sessions?.placeOf(String(session)) ?? {};
		const head = JSON.stringify({ ...place, type });
		return `${head.slice(0, -1)},"data":${String(data).replaceAll("\n", " ")}}`;
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
