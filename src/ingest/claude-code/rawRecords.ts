import type { LineProblem } from "../../model/events/lineProblem.ts";
import { withoutNuls } from "../files/lineSplitter.ts";
import { asObject } from "../kit/raw.ts";
import type { Line } from "./lines.ts";

/** What stands in one line of a transcript. */
interface RawRecords {
	readonly lines: readonly Line[];
	readonly problems: readonly LineProblem[];
}

/** Where a record of the client's may begin: behind one that was cut off, or right behind a whole one. */
const BEGINNING =
	/\{\s?"(?:parentUuid|logicalParentUuid|type|uuid|sessionId|timestamp|isSidechain|userType|cwd|version|message|messageId|operation|summary|leafUuid)"/g;
/** How many times the length of a line may be looked through for records, so that none takes for ever. */
const MAX_PASSES = 8;

/**
 * The records of a line: one, as a rule. Where appends were interrupted, or ran at the same time, one
 * line holds several, or a whole one behind the beginning of another; each piece without a whole
 * record is one problem.
 */
export function rawRecords(line: string): RawRecords {
	const text = withoutNuls(line);
	if (text.trim() === "") return { lines: [], problems: text === line ? [] : ["cut_line"] };
	try {
		const whole = asObject(JSON.parse(text));
		if (whole === null) return { lines: [], problems: ["not_an_object"] };
		return { lines: [whole], problems: [] };
	} catch {
		return pieces(text);
	}
}

/** Whether a line that has no newline yet ends where a record does, be it behind others or one that was cut off. */
export function endsWithRecord(text: string): boolean {
	const starts = [...text.matchAll(BEGINNING)].map(({ index }) => index).reverse();
	let budget = text.length * MAX_PASSES;
	for (const start of starts) {
		budget -= text.length - start;
		if (budget < 0) return false;
		if (recordIn(text.slice(start)) !== null) return true;
	}
	return false;
}

function pieces(text: string): RawRecords {
	const lines: Line[] = [];
	const problems: LineProblem[] = [];
	let budget = text.length * MAX_PASSES;
	/** Behind the last whole record. */
	let done = 0;
	BEGINNING.lastIndex = 0;
	for (let found = BEGINNING.exec(text); found !== null; found = BEGINNING.exec(text)) {
		const start = found.index;
		const end = budget > 0 ? endOfObject(text, start) : null;
		budget -= (end ?? text.length) - start;
		const record = end === null ? null : recordIn(text.slice(start, end));
		BEGINNING.lastIndex = record === null ? start + 1 : (end ?? text.length);
		if (record === null) continue;
		if (text.slice(done, start).trim() !== "") problems.push("cut_line");
		lines.push(record);
		done = end ?? text.length;
	}
	if (lines.length === 0) return { lines, problems: ["not_json"] };
	if (text.slice(done).trim() !== "") problems.push("cut_line");
	return { lines, problems };
}

/** A part of a record is none: only a record says both of what kind it is and which one. */
function recordIn(text: string): Line | null {
	try {
		const line: Line | null = asObject(JSON.parse(text));
		const isRecord = typeof line?.type === "string" && typeof line.sessionId === "string";
		return isRecord ? line : null;
	} catch {
		return null;
	}
}

/** Behind the brace that closes the one at `start`; null where none does. */
function endOfObject(text: string, start: number): number | null {
	const mark = /["{}]/g;
	mark.lastIndex = start;
	let depth = 0;
	for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
		if (found[0] === '"') {
			const end = endOfString(text, found.index);
			if (end === null) return null;
			mark.lastIndex = end;
		} else {
			depth += found[0] === "{" ? 1 : -1;
			if (depth === 0) return found.index + 1;
		}
	}
	return null;
}

/** Behind the quote that closes the one at `start`; null where none does. */
function endOfString(text: string, start: number): number | null {
	for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
		let slashes = 0;
		while (text[at - 1 - slashes] === "\\") slashes++;
		if (slashes % 2 === 0) return at + 1;
	}
	return null;
}
