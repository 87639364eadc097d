import {
	MAX_AHEAD_MS,
	MAX_COST_USD,
	MAX_COUNT,
	MAX_DURATION_MS,
	MAX_ID_LENGTH,
	MAX_LISTED,
	MAX_TEXT_LENGTH,
	MIN_TIME,
} from "../model/events/limits.ts";
import type { LineNote, LineProblem } from "../model/events/lineProblem.ts";
import type { Outcome } from "../model/views/view.ts";

const OUTCOMES: readonly Outcome[] = ["functional", "partial", "scaffolding", "fail"];

/** Where it is noted that something of a line had to be left out. */
export interface Notes {
	note: LineNote | null;
}

/**
 * Reads one parsed line field by field: every value is checked for its type and bounded, a value of
 * another type, or a number that cannot be, counts as absent and leaves a note.
 */
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
		return this.#bounded(this.#string(name));
	}

	/** A list of ids; what of it is none is left out. */
	ids(name: string): readonly string[] {
		const value = this.#raw[name] ?? [];
		const list: unknown[] = Array.isArray(value) ? value.slice(0, MAX_LISTED) : [this.#none(value)];
		return list.filter((each) => typeof each === "string").map((each) => this.#bounded(each));
	}

	#bounded(value: string): string {
		if (value.length <= MAX_ID_LENGTH) return value;
		this.#notes.note = "id_shortened";
		return shortenId(value);
	}

	text(name: string): string {
		const value = this.#string(name);
		return value.length <= MAX_TEXT_LENGTH ? value : value.slice(0, MAX_TEXT_LENGTH);
	}

	/** A whole number that may be one of things, or null. */
	count(name: string): number | null {
		const value = this.#raw[name];
		return isCount(value) ? value : this.#none(value);
	}

	/** Milliseconds, or null. */
	duration(name: string): number | null {
		return this.#upTo(name, MAX_DURATION_MS);
	}

	/** US dollars, or null. */
	cost(name: string): number | null {
		return this.#upTo(name, MAX_COST_USD);
	}

	flag(name: string): boolean | null {
		const value = this.#raw[name];
		return typeof value === "boolean" ? value : this.#none(value);
	}

	/** An object of counts as JSON text with only its numbers in it; empty where there is none. */
	counts(name: string): string {
		const value = this.#raw[name];
		if (value === undefined || value === null) return "";
		if (typeof value !== "object") {
			this.#none(value);
			return "";
		}
		const numbers = Object.entries(value)
			.filter(([key, count]) => key.length <= 64 && isCount(count))
			.slice(0, 20);
		return JSON.stringify(Object.fromEntries(numbers));
	}

	outcome(): Outcome | null {
		const value = this.text("outcome");
		return OUTCOMES.find((outcome) => outcome === value) ?? null;
	}

	/** @param before what it is where no time can be read, ms since the epoch as what is returned */
	time(name: string, before: number): number {
		const value = this.#raw[name];
		const ms = typeof value === "string" && value.length <= 40 ? parseTime(value) : Number.NaN;
		if (ms >= MIN_TIME && ms <= Date.now() + MAX_AHEAD_MS) return ms;
		this.#notes.note = "bad_timestamp";
		return before;
	}

	/** Why a field that an event cannot do without gave nothing. */
	whyNo(name: string): LineProblem {
		const value = this.#raw[name];
		return value === undefined || value === null || value === "" ? "missing_field" : "wrong_type";
	}

	#string(name: string): string {
		const value = this.#raw[name];
		return typeof value === "string" ? value : (this.#none(value) ?? "");
	}

	#upTo(name: string, most: number): number | null {
		const value = this.#raw[name];
		return typeof value === "number" && value >= 0 && value <= most ? value : this.#none(value);
	}

	#none(value: unknown): null {
		if (value !== undefined && value !== null) this.#notes.note = "bad_field";
		return null;
	}
}

/** Whether so many of something may have been counted. */
export function isCount(value: unknown): value is number {
	return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_COUNT;
}

/** The minute read last, "2026-01-01T10:00:", and its time: lines of a log come in order. */
let minute = "?";
let minuteMs = 0;

/** Date.parse, without the cost of a whole date for every line of one minute. */
function parseTime(text: string): number {
	if (text.length !== 24 || text[23] !== "Z") return Date.parse(text);
	if (!text.startsWith(minute)) {
		const ms = Date.parse(`${text.slice(0, 17)}00.000Z`);
		if (Number.isNaN(ms)) return Date.parse(text);
		minute = text.slice(0, 17);
		minuteMs = ms;
	}
	const seconds = digits(text, 17, 19);
	return seconds < 60 && text[19] === "."
		? minuteMs + seconds * 1000 + digits(text, 20, 23)
		: Date.parse(text);
}

function digits(text: string, start: number, end: number): number {
	let value = 0;
	for (let index = start; index < end; index++) {
		const digit = text.charCodeAt(index) - 48;
		if (digit < 0 || digit > 9) return Number.NaN;
		value = value * 10 + digit;
	}
	return value;
}

/**
 * Bounds an id without making two long ids equal that differ only behind the bound: the tail is
 * replaced by its FNV-1a hash (32 bits, http://www.isthe.com/chongo/tech/comp/fnv/) and its length.
 */
function shortenId(id: string): string {
	let hash = 0x811c9dc5;
	for (let index = 0; index < id.length; index++) {
		hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193) >>> 0;
	}
	const tail = `~${hash.toString(36)}~${id.length.toString(36)}`;
	return id.slice(0, MAX_ID_LENGTH - tail.length) + tail;
}
