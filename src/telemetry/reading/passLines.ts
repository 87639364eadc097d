import type { CallFacts } from "../../facts/callFacts.ts";
import type {
	BytesPlace,
	LineWork,
	OpenWork,
	ReadLines,
} from "../../ingest/transcripts/lineWork.ts";
import { LinesHere } from "../../ingest/transcripts/lineWork.ts";
import type { Findings } from "../../ingest/transcripts/port.ts";
import type { AgentEvent } from "../../model/events/events.ts";
import type { TranscriptRecord } from "../../model/events/record.ts";

/** Tells facts from what a call was asked and answered; see `FactDeriver`. */
export interface FactSource {
	/** Never rejects. */
	prepare(records: readonly TranscriptRecord[]): Promise<void>;
	/** Only of records that were prepared; never throws. */
	derive(record: TranscriptRecord): CallFacts;
}

/** Lines as the two passes want them. Arguments and answers end here. */
export function passLines(facts: FactSource): OpenWork {
	return (owned, pass) => {
		const lines = new LinesHere(owned, pass);
		return pass === "events" ? new EventLines(lines) : new FactLines(lines, facts);
	};
}

/** What happened, without what calls asked for and came back with. */
class EventLines implements LineWork {
	readonly #lines: LineWork;

	constructor(lines: LineWork) {
		this.#lines = lines;
	}

	async read(bytes: Buffer, place: BytesPlace): Promise<ReadLines> {
		const read = await this.#lines.read(bytes, place);
		return { ...read, records: read.records.map(bareRecord) };
	}

	companion(relativePath: string, text: string): ReturnType<LineWork["companion"]> {
		return this.#lines.companion(relativePath, text);
	}

	close(): void {
		this.#lines.close();
	}
}

/** Calls once more, with what is derived from them. */
class FactLines implements LineWork {
	readonly #lines: LineWork;
	readonly #facts: FactSource;

	constructor(lines: LineWork, facts: FactSource) {
		this.#lines = lines;
		this.#facts = facts;
	}

	async read(bytes: Buffer, place: BytesPlace): Promise<ReadLines> {
		const { records, lineEnd, safe } = await this.#lines.read(bytes, place);
		const calls = records.filter(({ call }) => call !== null);
		await this.#facts.prepare(calls);
		const derived = calls.flatMap((record) => {
			const { event } = record;
			const facts = this.#facts.derive(record);
			return isToldBefore(event, facts) ? [] : { event, call: null, derived: facts };
		});
		// What could not be used was counted with the events.
		return { records: derived, problems: [], lineEnd, safe };
	}

	/** What it says is an event. */
	companion(): Findings {
		return { records: [], problems: [] };
	}

	close(): void {
		this.#lines.close();
	}
}

/** A result says no more than its call did, but for tests and changes of files. */
function isToldBefore({ event }: AgentEvent, { tests, writes }: CallFacts): boolean {
	return event === "tool_result" && tests.length === 0 && writes.length === 0;
}

function bareRecord({ event }: TranscriptRecord): TranscriptRecord {
	return { event: unnamed(event), call: null };
}

/**
 * What a shell command begins with is not yet what it does. A name that says too much could not be
 * taken back by the facts, so it is counted under its tool until they come.
 */
function unnamed(event: AgentEvent): AgentEvent {
	const isCall = event.event === "tool_use" || event.event === "tool_result";
	return isCall && event.kind === "shell" ? { ...event, program: "" } : event;
}
