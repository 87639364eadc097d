import { MAX_LANES } from "./lanes.ts";
import { FAILED, type RowCalls } from "./rowCalls.ts";

/** A call that is thinner is no bar of its own, px. */
export const LEAST_BAR = 1.5;

/** Which part of time is drawn over how many pixels; times in ms since the epoch. */
interface TimeFrame {
	readonly from: number;
	readonly until: number;
	/** px, at least 1 */
	readonly width: number;
	/** Where calls that go on have come to. */
	readonly now: number;
}

/**
 * What of one row is to be seen in a frame: every call that touches it is either one of the bars or
 * counted in a column of pixels, so that none is dropped. Read again and again into the same lists.
 */
export class CallBand {
	/** Indices of the calls that are wide enough, in the order of their starts. */
	bars = new Int32Array(256);
	barCount = 0;
	/** Calls of each column that are too thin, and those of them that failed. */
	counts = new Uint32Array();
	failures = new Uint32Array();
	/** The columns in use; none where `first` is greater than `last`. */
	first = 0;
	last = -1;
	#columns = 0;
	/** By lane, the pixel at which its last bar begins. */
	readonly #begun = new Int32Array(MAX_LANES);

	read(calls: RowCalls, { from, until, width, now }: TimeFrame): void {
		this.#clear(Math.ceil(width));
		const scale = width / (until - from);
		const { starts, ends, lanes, count } = calls;
		for (let index = calls.firstReaching(from); index < count; index++) {
			const start = starts[index] ?? 0;
			if (start >= until) break;
			const end = Math.max(start, Math.min(ends[index] ?? start, now));
			if (end < from) continue;
			const x = (start - from) * scale;
			const length = (end - start) * scale;
			if (length >= LEAST_BAR && this.#isFree(lanes[index] ?? 0, x)) this.#addBar(index);
			else this.#count(x + Math.min(length, LEAST_BAR) / 2, calls.results[index] === FAILED);
		}
	}

	#clear(columns: number): void {
		this.barCount = 0;
		this.#begun.fill(-1e9);
		if (this.counts.length < columns) {
			this.counts = new Uint32Array(columns);
			this.failures = new Uint32Array(columns);
		} else if (this.first <= this.last) {
			this.counts.fill(0, this.first, this.last + 1);
			this.failures.fill(0, this.first, this.last + 1);
		}
		this.first = columns;
		this.last = -1;
		this.#columns = columns;
	}

	/** What begins in the very pixel of another bar of its lane would lie on it. */
	#isFree(lane: number, x: number): boolean {
		const pixel = Math.max(-1, Math.floor(x));
		if (this.#begun[lane] === pixel) return false;
		this.#begun[lane] = pixel;
		return true;
	}

	#addBar(index: number): void {
		if (this.barCount === this.bars.length) {
			const larger = new Int32Array(this.bars.length * 2);
			larger.set(this.bars);
			this.bars = larger;
		}
		this.bars[this.barCount++] = index;
	}

	#count(x: number, hasFailed: boolean): void {
		const column = Math.max(0, Math.min(this.#columns - 1, Math.floor(x)));
		this.counts[column] = (this.counts[column] ?? 0) + 1;
		if (hasFailed) this.failures[column] = (this.failures[column] ?? 0) + 1;
		this.first = Math.min(this.first, column);
		this.last = Math.max(this.last, column);
	}
}
