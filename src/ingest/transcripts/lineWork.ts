import type { LineProblem } from "../../model/events/lineProblem.ts";
import type { TranscriptRecord } from "../../model/events/record.ts";
import { isRecord, LineSplitter } from "../files/lineSplitter.ts";
import type { Owned } from "./ownership.ts";
import type { Findings, Pass, TranscriptReader } from "./port.ts";

/** Longest line of a transcript, in bytes: whole files and images stand in one line. */
export const MAX_TRANSCRIPT_LINE_BYTES = 16 * 1024 * 1024;

/** What came of some bytes. */
export interface ReadLines extends Findings {
	/** Behind the last whole line. */
	readonly lineEnd: number;
	/** Behind the last line at which no call was open. */
	readonly safe: number;
}

/** Where in a file some bytes stand. */
export interface BytesPlace {
	readonly start: number;
	/** Problems of lines that end up to there were told before. */
	readonly readBefore: number;
	/** Nothing stands behind them, for now. */
	readonly isAtEnd: boolean;
}

/**
 * One transcript on its way from bytes to records, in whichever thread. It is asked one thing at a
 * time. A rejection means that it is lost, with what it knew.
 */
export interface LineWork {
	/** @param bytes of the file, behind the last ones; not kept */
	read(bytes: Buffer, place: BytesPlace): ReadLines | Promise<ReadLines>;
	/** See {@link TranscriptReader.companion}. */
	companion(relativePath: string, text: string): Findings | Promise<Findings>;
	/** Nothing more is asked of it. */
	close(): void;
}

/** Where the lines of a transcript are read. */
export type OpenWork = (owned: Owned, pass: Pass) => LineWork;

/** Reads them in the thread that asks. */
export class LinesHere implements LineWork {
	readonly #reader: TranscriptReader;
	readonly #splitter: LineSplitter;
	#records: TranscriptRecord[] = [];
	#problems: LineProblem[] = [];
	/** Where the bytes that are being cut begin. */
	#start = 0;
	#readBefore = 0;
	/** -1 before the first bytes. */
	#safe = -1;

	constructor({ client, file }: Owned, pass: Pass) {
		const reader = client.newReader(file, pass);
		this.#reader = reader;
		this.#splitter = new LineSplitter(
			{
				line: (text, end) => this.#line(text, this.#start + end),
				...(reader.select === undefined
					? {}
					: { select: (bytes, end) => this.#select(bytes, this.#start + end) }),
				tooLong: (end) => this.#found("line_too_long", this.#start + end),
			},
			MAX_TRANSCRIPT_LINE_BYTES,
		);
	}

	read(bytes: Buffer, { start, readBefore, isAtEnd }: BytesPlace): ReadLines {
		this.#start = start;
		this.#readBefore = readBefore;
		if (this.#safe < 0) this.#safe = start;
		this.#splitter.push(bytes);
		if (isAtEnd) this.#splitter.end((rest) => this.#isWhole(rest), bytes.length);
		const lineEnd = start + bytes.length - this.#splitter.bytesSinceLine;
		if (!this.#reader.hasOpenCalls) this.#safe = lineEnd;
		const read = { records: this.#records, problems: this.#problems, lineEnd, safe: this.#safe };
		this.#records = [];
		this.#problems = [];
		return read;
	}

	companion(relativePath: string, text: string): Findings {
		return this.#reader.companion(relativePath, text);
	}

	close(): void {}

	#isWhole(rest: Buffer): boolean {
		return isRecord(rest) || this.#reader.endsWithRecord?.(rest) === true;
	}

	/** @param end place behind it in the file */
	#found(problem: LineProblem, end: number): void {
		if (end > this.#readBefore) this.#problems.push(problem);
	}

	#select(bytes: Buffer, end: number): Buffer | null {
		const selected = this.#reader.select?.(bytes) ?? null;
		if (selected === null && !this.#reader.hasOpenCalls) this.#safe = end;
		return selected;
	}

	#line(text: string, end: number): void {
		const { records, problems } = this.#reader.line(text);
		for (const record of records) this.#records.push(record);
		for (const problem of problems) this.#found(problem, end);
		if (!this.#reader.hasOpenCalls) this.#safe = end;
	}
}
