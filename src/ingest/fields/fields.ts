import type { LineNote } from "../../model/events/lineProblem.ts";
import { readTime } from "./readTime.ts";
import {
	type Notes,
	readCost,
	readCount,
	readCounts,
	readDuration,
	readFlag,
	readId,
	readText,
} from "./values.ts";

/** Reads one parsed line field by field, by their names; see `values.ts`. */
export class Fields {
	readonly #raw: Readonly<Record<string, unknown>>;
	readonly #notes: Notes;

	/** @param notes of the line, where this is only a part of it */
	constructor(raw: Readonly<Record<string, unknown>>, notes: Notes = { note: null }) {
		this.#raw = raw;
		this.#notes = notes;
	}

	get note(): LineNote | null {
		return this.#notes.note;
	}

	id(name: string): string {
		return readId(this.#raw[name], this.#notes);
	}

	text(name: string): string {
		return readText(this.#raw[name], this.#notes);
	}

	count(name: string): number | null {
		return readCount(this.#raw[name], this.#notes);
	}

	/** Milliseconds, or null. */
	duration(name: string): number | null {
		return readDuration(this.#raw[name], this.#notes);
	}

	/** US dollars, or null. */
	cost(name: string): number | null {
		return readCost(this.#raw[name], this.#notes);
	}

	flag(name: string): boolean | null {
		return readFlag(this.#raw[name], this.#notes);
	}

	counts(name: string): string {
		return readCounts(this.#raw[name], this.#notes);
	}

	/** @param before what it is where no time can be read, ms since the epoch as what is returned */
	time(name: string, before: number): number {
		return readTime(this.#raw[name], before, this.#notes);
	}
}
