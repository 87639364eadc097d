import type { Statement } from "sql.js";

/** The row at which a statement stands, as it lies in SQLite's memory; what is null reads as 0. */
export interface Cells {
	number(column: number): number;
	/** Where a text begins. */
	text(column: number): number;
	/** Bytes of the text that was asked for last. */
	length(column: number): number;
	/** All that SQLite has; another array once that has grown. */
	memory(): Int8Array;
}

/** What scripts/bundle/sqlRows.mjs adds. */
interface BundledStatement extends Statement {
	cells(): Cells;
}

/** Calls for each row that a statement gives; the row lies in the cells for as long as the call takes. */
export function eachRow(statement: Statement, take: (cells: Cells) => void): void {
	const cells = (statement as BundledStatement).cells();
	while (statement.step()) take(cells);
}

/** The text in a column, empty where it is null. */
export function textOf(row: Cells, column: number): string {
	return DECODER.decode(bytesOf(row, column));
}

const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });

function bytesOf(row: Cells, column: number): Int8Array {
	const from = row.text(column);
	return row.memory().subarray(from, from + row.length(column));
}

/** Slots at first; a power of two, and always at least twice as many as there are texts. */
const LEAST_SLOTS = 1024;
const NONE = -1;

/**
 * Numbers of texts, known by their bytes: of a million rows most have texts that others had, and
 * none of them has to become a string again.
 */
export class TextCodes {
	readonly #codeOf: (text: string, row: Cells) => number;
	/** Texts by place, one after the other. */
	#bytes = new Int8Array(65_536);
	#ends: number[] = [0];
	#codes: number[] = [];
	#slots = new Int32Array(LEAST_SLOTS).fill(NONE);
	#last = NONE;

	/** @param codeOf asked once of each text, in the row where it stands first */
	constructor(codeOf: (text: string, row: Cells) => number) {
		this.#codeOf = codeOf;
	}

	/** The number of the text in a column; the empty text's where it is null. */
	of(row: Cells, column: number): number {
		const from = row.text(column);
		const length = row.length(column);
		const memory = row.memory();
		// Rows of one agent follow each other.
		if (this.#isAt(this.#last, memory, from, length)) return this.#codes[this.#last] ?? NONE;
		const slot = this.#slotOf(memory, from, length);
		const known = this.#slots[slot] ?? NONE;
		this.#last = known === NONE ? this.#add(slot, row, column) : known;
		return this.#codes[this.#last] ?? NONE;
	}

	/** Where a text stands, or could stand. */
	#slotOf(memory: Int8Array, from: number, length: number): number {
		const mask = this.#slots.length - 1;
		for (let slot = hashOf(memory, from, length) & mask; ; slot = (slot + 1) & mask) {
			const place = this.#slots[slot] ?? NONE;
			if (place === NONE || this.#isAt(place, memory, from, length)) return slot;
		}
	}

	#isAt(place: number, memory: Int8Array, from: number, length: number): boolean {
		if (place === NONE) return false;
		const start = this.#ends[place] ?? 0;
		if ((this.#ends[place + 1] ?? 0) - start !== length) return false;
		const bytes = this.#bytes;
		// They differ at the end more often than at the beginning.
		for (let at = length - 1; at >= 0; at--) {
			if (bytes[start + at] !== memory[from + at]) return false;
		}
		return true;
	}

	#add(slot: number, row: Cells, column: number): number {
		const place = this.#codes.length;
		const start = this.#ends[place] ?? 0;
		const bytes = bytesOf(row, column);
		const end = start + bytes.length;
		while (end > this.#bytes.length) this.#bytes = doubled(this.#bytes);
		this.#bytes.set(bytes, start);
		this.#ends.push(end);
		this.#codes.push(this.#codeOf(textOf(row, column), row));
		this.#slots[slot] = place;
		if (2 * this.#codes.length > this.#slots.length) this.#grow();
		return place;
	}

	#grow(): void {
		this.#slots = new Int32Array(2 * this.#slots.length).fill(NONE);
		for (const place of this.#codes.keys()) {
			const start = this.#ends[place] ?? 0;
			const length = (this.#ends[place + 1] ?? 0) - start;
			this.#slots[this.#slotOf(this.#bytes, start, length)] = place;
		}
	}
}

function doubled(bytes: Int8Array<ArrayBuffer>): Int8Array<ArrayBuffer> {
	const more = new Int8Array(2 * bytes.length);
	more.set(bytes);
	return more;
}

/** Fowler, Noll and Vo's, of 32 bits. */
function hashOf(bytes: Int8Array, from: number, length: number): number {
	let hash = 0x811c9dc5;
	for (let at = from; at < from + length; at++) {
		hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
	}
	return hash ^ (hash >>> 15);
}
