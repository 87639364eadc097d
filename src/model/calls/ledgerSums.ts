import { Numbered } from "../numbered.ts";

/** Numbers of a row: its tool, its figures, the next row of its ledger and its first bucket. */
const ROW = 7;
const [TOOL, CALLS, FAILURES, TOTAL_MS, MAX_MS, NEXT_ROW, FIRST_BUCKET] = [0, 1, 2, 3, 4, 5, 6];
/** Numbers of a bucket: which it is, how many durations it has, and the next one of its row. */
const CELL = 3;
const [BUCKET, COUNT, NEXT_CELL] = [0, 1, 2];

/** Calls of one tool by one node. */
export interface ToolTotals {
	readonly tool: string;
	readonly calls: number;
	readonly failures: number;
	readonly totalMs: number;
	readonly maxMs: number;
	/** Where its durations are found. */
	readonly row: number;
}

/**
 * What each ledger of a session counts of each tool. There are thousands of ledgers, and a handful of
 * numbers in each that are seldom looked at, so they stand in two columns outside the heap: rows that
 * name the next one of their ledger, and buckets that name the next one of their row. 0 is none.
 */
export class LedgerSums {
	#tools = new Numbered<string>();
	#rows = new Float64Array(0);
	#rowCount = 0;
	#cells = new Int32Array(0);
	#cellCount = 0;

	/** The row of a tool among those from `first` on; 0 where it has none. */
	find(first: number, tool: string): number {
		const number = this.#tools.numberOf(tool);
		let row = first;
		while (row !== 0 && this.#rows[row * ROW + TOOL] !== number) row = this.#next(row);
		return row;
	}

	/** @returns a new row, which is now the first before `next` */
	add(tool: string, next: number): number {
		const row = ++this.#rowCount;
		if ((row + 1) * ROW > this.#rows.length) {
			const rows = this.#rows;
			this.#rows = new Float64Array(roomFor(row) * ROW);
			this.#rows.set(rows);
		}
		this.#rows[row * ROW + TOOL] = this.#tools.numberOf(tool);
		this.#rows[row * ROW + NEXT_ROW] = next;
		return row;
	}

	/** @param sign -1 takes a call out again */
	count(row: number, sign: 1 | -1): void {
		this.#sum(row * ROW + CALLS, sign);
	}

	/** An answer of a call. @param sign -1 takes it out again */
	countAnswer(row: number, { ms, bucket, isFailure }: Answered, sign: 1 | -1): void {
		const at = row * ROW;
		this.#sum(at + TOTAL_MS, sign * ms);
		if (isFailure) this.#sum(at + FAILURES, sign);
		// A maximum cannot be taken back; the one case that would need it is a v1 guess corrected.
		if (sign > 0) this.#rows[at + MAX_MS] = Math.max(this.#rows[at + MAX_MS] ?? 0, ms);
		this.#countBucket(at + FIRST_BUCKET, bucket, sign);
	}

	/** A call that was counted as a success has failed. */
	countFailure(row: number): void {
		this.#sum(row * ROW + FAILURES, 1);
	}

	/** What is counted from a row on, tool by tool. */
	*from(first: number): Generator<ToolTotals> {
		for (let row = first; row !== 0; row = this.#next(row)) yield this.#read(row);
	}

	/** Durations of the finished calls of a row, by bucket of a {@link LogHistogram}, in no order. */
	*durations(row: number): Generator<[bucket: number, count: number]> {
		let cell = this.#rows[row * ROW + FIRST_BUCKET] ?? 0;
		while (cell !== 0) {
			const at = cell * CELL;
			yield [this.#cells[at + BUCKET] ?? 0, this.#cells[at + COUNT] ?? 0];
			cell = this.#cells[at + NEXT_CELL] ?? 0;
		}
	}

	copy(): LedgerSums {
		const copy = new LedgerSums();
		copy.#tools = this.#tools.copy((tool) => tool);
		copy.#rows = this.#rows.slice();
		copy.#rowCount = this.#rowCount;
		copy.#cells = this.#cells.slice();
		copy.#cellCount = this.#cellCount;
		return copy;
	}

	#read(row: number): ToolTotals {
		const [rows, at] = [this.#rows, row * ROW];
		return {
			tool: this.#tools.at(rows[at + TOOL] ?? 0),
			calls: rows[at + CALLS] ?? 0,
			failures: rows[at + FAILURES] ?? 0,
			totalMs: rows[at + TOTAL_MS] ?? 0,
			maxMs: rows[at + MAX_MS] ?? 0,
			row,
		};
	}

	#countBucket(head: number, bucket: number, sign: 1 | -1): void {
		const first = this.#rows[head] ?? 0;
		let cell = first;
		while (cell !== 0 && this.#cells[cell * CELL + BUCKET] !== bucket) {
			cell = this.#cells[cell * CELL + NEXT_CELL] ?? 0;
		}
		if (cell === 0) {
			cell = this.#addCell(bucket, first);
			this.#rows[head] = cell;
		}
		this.#cells[cell * CELL + COUNT] = (this.#cells[cell * CELL + COUNT] ?? 0) + sign;
	}

	#addCell(bucket: number, next: number): number {
		const cell = ++this.#cellCount;
		if ((cell + 1) * CELL > this.#cells.length) {
			const cells = this.#cells;
			this.#cells = new Int32Array(roomFor(cell) * CELL);
			this.#cells.set(cells);
		}
		this.#cells[cell * CELL + BUCKET] = bucket;
		this.#cells[cell * CELL + NEXT_CELL] = next;
		return cell;
	}

	#next(row: number): number {
		return this.#rows[row * ROW + NEXT_ROW] ?? 0;
	}

	#sum(at: number, number: number): void {
		this.#rows[at] = (this.#rows[at] ?? 0) + number;
	}
}

/** What is counted of an answer. */
interface Answered {
	/** 0 where nobody knows how long it took. */
	readonly ms: number;
	readonly bucket: number;
	readonly isFailure: boolean;
}

/** Entries to make room for, one more than so many and a few to come; the one at 0 is none. */
function roomFor(count: number): number {
	return Math.max(16, Math.ceil((count + 1) * 1.5));
}
