import { isAscii } from "node:buffer";
import { MAX_LINE_BYTES } from "../../model/events/limits.ts";

const NEWLINE = 0x0a;
/** Ends every record of JSON. */
const BRACE = 0x7d;
const SPACE = 0x20;

/** Where a splitter puts what it finds. */
interface LineSink {
	/**
	 * One whole line, decoded, without its newline.
	 *
	 * @param end place behind its newline in the chunk that was pushed
	 */
	line(text: string, end: number): void;
	/**
	 * What of a whole line is to be decoded; null for a line that is passed over.
	 *
	 * @param bytes without its newline; not kept
	 * @param end as in {@link line}
	 */
	select?(bytes: Buffer, end: number): Buffer | null;
	/**
	 * A line over the bound ended or went over it; it is not delivered.
	 *
	 * @param end place behind what is known of it in the chunk that was pushed
	 */
	tooLong(end: number): void;
}

/**
 * Cuts a stream of bytes into lines before anything is decoded, so that a chunk may end inside a
 * line or inside a character. What has no newline yet is carried as bytes. A line of blanks is none.
 */
export class LineSplitter {
	readonly #sink: LineSink;
	readonly #maxBytes: number;
	#carry: Buffer[] = [];
	#carried = 0;
	#isSkipping = false;
	/** Bytes dropped so far of a line that is too long. */
	#skipped = 0;

	/** @param maxBytes longest line that is delivered, without its newline */
	constructor(sink: LineSink, maxBytes = MAX_LINE_BYTES) {
		this.#sink = sink;
		this.#maxBytes = maxBytes;
	}

	/** Bytes of the incomplete line at the end. */
	get carriedBytes(): number {
		return this.#carried;
	}

	/** Bytes since the end of the last whole line. */
	get bytesSinceLine(): number {
		return this.#carried + this.#skipped;
	}

	/** @param chunk read at once; may be reused by the caller afterwards */
	push(chunk: Buffer): void {
		const first = chunk.indexOf(NEWLINE);
		const last = first < 0 ? -1 : chunk.lastIndexOf(NEWLINE);
		if (first >= 0) this.#complete(chunk, 0, first);
		if (first < last) this.#completeAll(chunk, first + 1, last);
		if (last + 1 < chunk.length) this.#keep(chunk.subarray(last + 1), chunk.length);
	}

	/**
	 * Nothing stands behind what was pushed, for now: what has no newline is a line all the same where it
	 * is whole, since nobody may write there any more.
	 *
	 * @param end as in {@link LineSink.line}
	 */
	end(isWhole: (bytes: Buffer) => boolean, end: number): void {
		if (this.#carry.at(-1)?.at(-1) !== BRACE) return;
		const rest = Buffer.concat(this.#carry);
		if (!isWhole(rest)) return;
		this.#drop();
		this.#deliver(rest, end);
	}

	/** Forgets the incomplete line; returns whether there was one. */
	reset(): boolean {
		const hadTail = this.#carried > 0 || this.#isSkipping;
		this.#drop();
		this.#isSkipping = false;
		this.#skipped = 0;
		return hadTail;
	}

	/**
	 * Whole lines, up to the newline at `last`. They are decoded all at once, and cut apart then where
	 * each byte is one character: only there a place in the text is a place in the chunk.
	 */
	#completeAll(chunk: Buffer, start: number, last: number): void {
		const isPlain = this.#sink.select === undefined && isAscii(chunk.subarray(start, last + 1));
		const text = isPlain ? chunk.toString("latin1", start, last + 1) : "";
		for (let from = start; from <= last; ) {
			const end = isPlain ? start + text.indexOf("\n", from - start) : chunk.indexOf(NEWLINE, from);
			if (isPlain && end - from <= this.#maxBytes) {
				this.#tell(text.slice(from - start, end - start), end + 1);
			} else {
				this.#complete(chunk, from, end);
			}
			from = end + 1;
		}
	}

	#complete(chunk: Buffer, start: number, end: number): void {
		if (this.#isSkipping) {
			this.#isSkipping = false;
			this.#skipped = 0;
			return;
		}
		if (this.#carried + end - start > this.#maxBytes) {
			this.#drop();
			this.#sink.tooLong(end + 1);
		} else if (this.#carried === 0) {
			this.#deliver(chunk.subarray(start, end), end + 1);
		} else {
			const whole = Buffer.concat([...this.#carry, chunk.subarray(start, end)]);
			this.#drop();
			this.#deliver(whole, end + 1);
		}
	}

	#deliver(line: Buffer, end: number): void {
		const selected = this.#sink.select === undefined ? line : this.#sink.select(line, end);
		if (selected === null) return;
		// What has one byte for each character is decoded quicker, and takes half the room.
		const text = selected.toString(isAscii(selected) ? "latin1" : "utf8");
		this.#tell(withoutBom(text), end);
	}

	#tell(text: string, end: number): void {
		// Nearly every line begins with a brace, and needs no further look.
		if (!(text.charCodeAt(0) > SPACE) && text.trim() === "") return;
		this.#sink.line(text, end);
	}

	#keep(rest: Buffer, end: number): void {
		if (this.#isSkipping) {
			this.#skipped += rest.length;
			return;
		}
		if (this.#carried + rest.length > this.#maxBytes) {
			this.#skipped = this.#carried + rest.length;
			this.#drop();
			this.#isSkipping = true;
			this.#sink.tooLong(end);
			return;
		}
		this.#carry.push(Buffer.from(rest));
		this.#carried += rest.length;
	}

	#drop(): void {
		this.#carry = [];
		this.#carried = 0;
	}
}

/** A record of JSON has no whole one as its beginning. */
export function isRecord(bytes: Buffer): boolean {
	try {
		JSON.parse(withoutBom(bytes.toString("utf8")));
		return true;
	} catch {
		return false;
	}
}

/** A line without what an append that was interrupted leaves: room without content. */
export function withoutNuls(line: string): string {
	return line.includes("\0") ? line.replaceAll("\0", "") : line;
}

/** Editors put a mark at the beginning of a file, and files that are joined have it within. */
export function withoutBom(line: string): string {
	return line.startsWith("\uFEFF") ? line.slice(1) : line;
}
