import type { TranscriptRecord } from "../../model/events/record.ts";
import type { PriceOf } from "../../model/usage/price.ts";
import type { Findings, Pass, TranscriptFile, TranscriptReader } from "../transcripts/port.ts";
import { JsonLines } from "./jsonLines.ts";
import { OpenCalls } from "./openCalls.ts";
import type { Raw } from "./raw.ts";

/** A reader of lines that are objects of JSON; a client says what an object tells. */
export abstract class JsonReader implements TranscriptReader {
	protected readonly file: TranscriptFile;
	protected readonly priceOf: PriceOf;
	protected readonly pass: Pass;
	protected readonly lines = new JsonLines();
	protected readonly calls = new OpenCalls();

	/** @param priceOf what a request cost */
	constructor(file: TranscriptFile, priceOf: PriceOf, pass: Pass) {
		this.file = file;
		this.priceOf = priceOf;
		this.pass = pass;
	}

	get hasOpenCalls(): boolean {
		return this.calls.hasOpen;
	}

	line(text: string): Findings {
		return this.lines.read(text, (line) => this.read(line));
	}

	companion(_relativePath: string, _text: string): Findings {
		return { records: [], problems: [] };
	}

	/** What it misses it tells {@link lines}. */
	protected abstract read(line: Raw): TranscriptRecord[];
}
