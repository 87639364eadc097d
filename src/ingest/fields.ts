import { MAX_ID_LENGTH, MAX_TEXT_LENGTH } from "../model/events/limits.ts";
import type { LineNote, LineProblem } from "../model/events/lineProblem.ts";
import type { Outcome } from "../model/views/view.ts";

const OUTCOMES: ReadonlySet<string> = new Set(["functional", "partial", "scaffolding", "fail"]);

/**
 * Reads one parsed line field by field: every value is checked for its type and bounded, a value of
 * another type counts as absent and leaves a note.
 */
export class Fields {
	readonly #raw: Readonly<Record<string, unknown>>;
	note: LineNote | null = null;

	constructor(raw: Readonly<Record<string, unknown>>) {
		this.#raw = raw;
	}

	id(name: string): string {
		const value = this.#string(name);
		if (value.length <= MAX_ID_LENGTH) return value;
		this.note = "id_shortened";
		return shortenId(value);
	}

	text(name: string): string {
		const value = this.#string(name);
		return value.length <= MAX_TEXT_LENGTH ? value : value.slice(0, MAX_TEXT_LENGTH);
	}

	/** A finite number of at least 0, or null. */
	amount(name: string): number | null {
		const value = this.#raw[name];
		if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
		if (value !== undefined && value !== null) this.note = "bad_field";
		return null;
	}

	flag(name: string): boolean | null {
		const value = this.#raw[name];
		if (typeof value === "boolean") return value;
		if (value !== undefined && value !== null) this.note = "bad_field";
		return null;
	}

	/** An object of counts as JSON text with only its numbers in it; empty where there is none. */
	counts(name: string): string {
		const value = this.#raw[name];
		if (value === undefined || value === null) return "";
		if (typeof value !== "object") {
			this.note = "bad_field";
			return "";
		}
		const numbers = Object.entries(value)
			.filter(([key, count]) => key.length <= 64 && Number.isFinite(count))
			.slice(0, 20);
		return JSON.stringify(Object.fromEntries(numbers));
	}

	outcome(): Outcome | null {
		const value = this.text("outcome");
		return OUTCOMES.has(value) ? (value as Outcome) : null;
	}

	/** Milliseconds since the epoch, or 0 where there is no date to read. */
	time(): number {
		const value = this.#raw.ts;
		const ms = typeof value === "string" && value.length <= 40 ? parseTime(value) : Number.NaN;
		if (!Number.isNaN(ms)) return ms;
		this.note = "bad_timestamp";
		return 0;
	}

	/** Why a field that an event cannot do without gave nothing. */
	whyNo(name: string): LineProblem {
		const value = this.#raw[name];
		return value === undefined || value === null || value === "" ? "missing_field" : "wrong_type";
	}

	#string(name: string): string {
		const value = this.#raw[name];
		if (typeof value === "string") return value;
		if (value !== undefined && value !== null) this.note = "bad_field";
		return "";
	}
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
