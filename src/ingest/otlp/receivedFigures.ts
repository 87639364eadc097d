import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import * as path from "node:path";

/** What a receiver took and did not, in all its runs. It holds names of records, and nothing of what is in them. */
export interface ReceivedFigures {
	requests: number;
	/** Log records and spans. */
	records: number;
	/** Lines that the event log got of them. */
	lines: number;
	/** When a request came last, ms since the epoch; 0 where none has. */
	lastAt: number;
	/** Requests that were not taken, by the status that they were answered with. */
	readonly refused: Record<string, number>;
	/** Records that were not understood, by their client and name. */
	readonly unknown: Record<string, number>;
}

/** Names come from outside: no more of them are told apart. */
const MOST_NAMES = 50;
const OTHERS = "others";

/** @param eventsFile the log that is written to */
function figuresFile(eventsFile: string): string {
	return `${eventsFile}.received.json`;
}

/** null where nothing was ever received, or nobody can read what of it. */
export function readReceived(eventsFile: string): ReceivedFigures | null {
	try {
		const told = JSON.parse(readFileSync(figuresFile(eventsFile), "utf8"));
		return {
			requests: countOf(told.requests),
			records: countOf(told.records),
			lines: countOf(told.lines),
			lastAt: countOf(told.lastAt),
			refused: countsOf(told.refused),
			unknown: countsOf(told.unknown),
		};
	} catch {
		return null;
	}
}

/** @throws an error of the system, such as that of a full disk */
export function writeReceived(eventsFile: string, figures: ReceivedFigures): void {
	const file = figuresFile(eventsFile);
	mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
	writeFileSync(`${file}.new`, `${JSON.stringify(figures, null, "\t")}\n`, { mode: 0o600 });
	renameSync(`${file}.new`, file);
}

export function noFigures(): ReceivedFigures {
	return { requests: 0, records: 0, lines: 0, lastAt: 0, refused: {}, unknown: {} };
}

/** Counts one more under a name, or under that of all others where it is none, or one too many. */
export function tallyReceived(tallies: Record<string, number>, name: string): void {
	const isPlain = /^[\w][\w .-]{0,99}$/.test(name);
	const isKept = Object.hasOwn(tallies, name) || Object.keys(tallies).length < MOST_NAMES;
	const key = isPlain && isKept ? name : OTHERS;
	tallies[key] = (tallies[key] ?? 0) + 1;
}

function countsOf(value: unknown): Record<string, number> {
	if (typeof value !== "object" || value === null) return {};
	const entries = Object.entries(value).filter(([name]) => /^[\w][\w .-]{0,99}$/.test(name));
	return Object.fromEntries(entries.map(([name, count]) => [name, countOf(count)]));
}

function countOf(value: unknown): number {
	return Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : 0;
}
