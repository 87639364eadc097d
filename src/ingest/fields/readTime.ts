import { MAX_AHEAD_MS, MIN_TIME } from "../../model/events/limits.ts";
import type { Notes } from "./values.ts";

/** The minute read last, "2026-01-01T10:00:", and its time: lines of a log come in order. */
let minute = "?";
let minuteMs = 0;
/** The latest time that may be, as of when the clock was looked at last, which is seldom needed. */
let latest = 0;

/**
 * A time in ISO 8601, of one line after the other.
 *
 * @param before what it is where no time can be read, ms since the epoch as what is returned
 */
export function readTime(value: unknown, before: number, notes: Notes): number {
	const ms = typeof value === "string" && value.length <= 40 ? parseTime(value) : Number.NaN;
	if (ms >= MIN_TIME && (ms <= latest || isPast(ms))) return ms;
	notes.note = "bad_timestamp";
	return before;
}

function isPast(ms: number): boolean {
	latest = Date.now() + MAX_AHEAD_MS;
	return ms <= latest;
}

/** Date.parse, without the cost of a whole date for every line of one minute. */
function parseTime(text: string): number {
	if (text.length !== 24 || text.charCodeAt(23) !== Z) return Date.parse(text);
	if (!text.startsWith(minute)) {
		const ms = Date.parse(`${text.slice(0, 17)}00.000Z`);
		if (Number.isNaN(ms)) return Date.parse(text);
		minute = text.slice(0, 17);
		minuteMs = ms;
	}
	const seconds = digits(text, 17, 19);
	return seconds < 60 && text.charCodeAt(19) === DOT
		? minuteMs + seconds * 1000 + digits(text, 20, 23)
		: Date.parse(text);
}

const DOT = 0x2e;
const Z = 0x5a;

function digits(text: string, start: number, end: number): number {
	let value = 0;
	for (let index = start; index < end; index++) {
		const digit = text.charCodeAt(index) - 48;
		if (digit < 0 || digit > 9) return Number.NaN;
		value = value * 10 + digit;
	}
	return value;
}
