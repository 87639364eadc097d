import {
	MAX_COST_USD,
	MAX_COUNT,
	MAX_DURATION_MS,
	MAX_ID_LENGTH,
	MAX_LISTED,
	MAX_TEXT_LENGTH,
} from "../../model/events/limits.ts";
import type { LineNote, LineProblem } from "../../model/events/lineProblem.ts";
import type { Outcome } from "../../model/views/view.ts";

/*
 * Values of a parsed line. Each is checked for its type and bounded; one of another type, or a number
 * that cannot be, counts as absent and leaves a note.
 */

const OUTCOMES: readonly Outcome[] = ["functional", "partial", "scaffolding", "fail"];

/** Where it is noted that something of a line had to be left out. */
export interface Notes {
	note: LineNote | null;
}

/** A bounded id; empty where there is none. */
export function readId(value: unknown, notes: Notes): string {
	if (typeof value === "string" && value.length <= MAX_ID_LENGTH) return value;
	return typeof value === "string" ? shortened(value, notes) : (readNone(value, notes) ?? "");
}

/** A list of ids; what of it is none is left out. */
export function readIds(value: unknown, notes: Notes): readonly string[] {
	const none = () => [readNone(value, notes)];
	const list: unknown[] = Array.isArray(value) ? value.slice(0, MAX_LISTED) : none();
	return list.filter((each) => typeof each === "string").map((each) => readId(each, notes));
}

/** A bounded text; empty where there is none. */
export function readText(value: unknown, notes: Notes): string {
	if (typeof value !== "string") return readNone(value, notes) ?? "";
	return value.length <= MAX_TEXT_LENGTH ? value : value.slice(0, MAX_TEXT_LENGTH);
}

/** A whole number that may be one of things, or null. */
export function readCount(value: unknown, notes: Notes): number | null {
	return isCount(value) ? value : readNone(value, notes);
}

/** Milliseconds, or null. */
export function readDuration(value: unknown, notes: Notes): number | null {
	return readUpTo(value, MAX_DURATION_MS, notes);
}

/** US dollars, or null. */
export function readCost(value: unknown, notes: Notes): number | null {
	return readUpTo(value, MAX_COST_USD, notes);
}

export function readFlag(value: unknown, notes: Notes): boolean | null {
	return typeof value === "boolean" ? value : readNone(value, notes);
}

/** An object of counts as JSON text with only its numbers in it; empty where there is none. */
export function readCounts(value: unknown, notes: Notes): string {
	if (typeof value !== "object" || value === null) return readNone(value, notes) ?? "";
	const numbers = Object.entries(value)
		.filter(([key, count]) => key.length <= 64 && isCount(count))
		.slice(0, 20);
	return JSON.stringify(Object.fromEntries(numbers));
}

export function readOutcome(value: unknown, notes: Notes): Outcome | null {
	const text = readText(value, notes);
	return OUTCOMES.find((outcome) => outcome === text) ?? null;
}

/** Whether there is a word at all, of any length. */
export function isWord(value: unknown): value is string {
	return typeof value === "string" && value !== "";
}

/** Whether so many of something may have been counted. */
export function isCount(value: unknown): value is number {
	return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_COUNT;
}

/** Why a field that an event cannot do without gave nothing. */
export function whyNo(value: unknown): LineProblem {
	return value === undefined || value === null || value === "" ? "missing_field" : "wrong_type";
}

function readUpTo(value: unknown, most: number, notes: Notes): number | null {
	return typeof value === "number" && value >= 0 && value <= most ? value : readNone(value, notes);
}

function readNone(value: unknown, notes: Notes): null {
	if (value !== undefined && value !== null) notes.note = "bad_field";
	return null;
}

/**
 * Bounds an id without making two long ids equal that differ only behind the bound: the tail is
 * replaced by its FNV-1a hash (32 bits, http://www.isthe.com/chongo/tech/comp/fnv/) and its length.
 */
function shortened(id: string, notes: Notes): string {
	notes.note = "id_shortened";
	let hash = 0x811c9dc5;
	for (let index = 0; index < id.length; index++) {
		hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193) >>> 0;
	}
	const tail = `~${hash.toString(36)}~${id.length.toString(36)}`;
	return id.slice(0, MAX_ID_LENGTH - tail.length) + tail;
}
