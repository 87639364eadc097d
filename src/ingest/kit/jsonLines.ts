import type { LineProblem } from "../../model/events/lineProblem.ts";
import type { TranscriptRecord } from "../../model/events/record.ts";
import { Fields } from "../fields/fields.ts";
import type { Notes } from "../fields/values.ts";
import type { Findings } from "../transcripts/port.ts";
import { asObject, type Raw } from "./raw.ts";

type TypeName = "string" | "number" | "boolean" | "object" | "array";

/** Fields that an object always has, with their types. */
type Demands = Readonly<Record<string, TypeName>>;

/** Reads lines of JSON for a reader, and gathers what of each was not understood. */
export class JsonLines {
	/** Of the line that is read. */
	readonly notes: Notes = { note: null };
	#problems: LineProblem[] = [];
	#lastTs = 0;

	/** @param understand what an object of JSON says; what it misses it tells by {@link lacks} */
	read(text: string, understand: (line: Raw) => TranscriptRecord[]): Findings {
		this.#problems = [];
		this.notes.note = null;
		const line = parsed(text);
		if (typeof line === "string") return { records: [], problems: [line] };
		const records = understand(line);
		if (records.length > 0 && this.notes.note !== null) this.#problems.push(this.notes.note);
		const isTimeless = records.some(
			({ event: { event, ts } }) => ts === 0 && event !== "agent_meta",
		);
		if (isTimeless) return { records: [], problems: [...this.#problems, "no_time"] };
		return { records, problems: this.#problems };
	}

	/** Something was not understood. @returns what is told in its place: nothing */
	lacks(problem: LineProblem): TranscriptRecord[] {
		if (!this.#problems.includes(problem)) this.#problems.push(problem);
		return [];
	}

	/** Names what an object lacks that it always has. @returns whether it has all of it */
	has(object: Raw | null, demands: Demands): object is Raw {
		if (object === null) {
			this.lacks("missing_field");
			return false;
		}
		let isWhole = true;
		for (const [name, type] of Object.entries(demands)) {
			const value = object[name];
			if (typeNameOf(value) === type) continue;
			this.lacks(value === undefined || value === null ? "missing_field" : "wrong_type");
			isWhole = false;
		}
		return isWhole;
	}

	fields(object: Raw): Fields {
		return new Fields(object, this.notes);
	}

	/** When the last line that said so was written, ms since the epoch. */
	get lastTs(): number {
		return this.#lastTs;
	}

	/** When the line was written, ms since the epoch; that of the last one where it does not say. */
	time(object: Raw, name = "timestamp"): number {
		this.#lastTs = this.fields(object).time(name, this.#lastTs);
		return this.#lastTs;
	}
}

/** An object in a text, as answers and arguments hold them; null where there is none. */
export function objectIn(text: unknown): Raw | null {
	if (typeof text !== "string" || !/^\s*\{/.test(text)) return asObject(text);
	const read = parsed(text);
	return typeof read === "string" ? null : read;
}

function parsed(text: string): Raw | LineProblem {
	try {
		return asObject(JSON.parse(text)) ?? "not_an_object";
	} catch {
		return "not_json";
	}
}

function typeNameOf(value: unknown): string {
	return Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
}
