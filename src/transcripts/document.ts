import type { TranscriptEntry } from "../ingest/transcripts/entry.ts";
import { toolName } from "../model/views/doing.ts";
import { formatClock, formatDuration } from "../model/views/format.ts";

/** Lines of one part that are shown; what is longer is cut in the middle, with a word for it. */
const MAX_LINES = 2000;
/** Characters of one line: an editor gets slow on longer ones. */
const MAX_LINE = 4000;
/** Parts longer than this begin folded, lines. */
const LONG = 12;
/** Of the whole document: an editor gets slow on more. */
const MAX_CHARACTERS = 12_000_000;
const INDENT = "    ";

/** A heading of a {@link TranscriptDocument}. */
export interface Heading {
	/** First and last line of the part that it heads, from 0. */
	readonly line: number;
	readonly endLine: number;
	readonly kind: TranscriptEntry["kind"];
	readonly title: string;
	readonly isFailure: boolean;
	/** Whether the part is so long that it is better folded at first. */
	readonly isLong: boolean;
}

/** A transcript as text for an editor. */
export interface TranscriptDocument {
	readonly text: string;
	readonly headings: readonly Heading[];
	/** Line at which a call stands, from 0, by tool_use_id. */
	readonly lines: ReadonlyMap<string, number>;
}

/** How a transcript is shown. */
export interface ShownAs {
	/** First line of the document. */
	readonly title: string;
	/** tool_use_id of the call that it is opened at; empty for the end. */
	readonly call: string;
}

/**
 * Writes a transcript down. Each part has a heading at the margin and its text below, indented, so that
 * whatever the text says it cannot be taken for a heading.
 * Of one that is too long for an editor the parts around what is looked for are shown.
 */
export function transcriptDocument(
	all: readonly TranscriptEntry[],
	{ title, call }: ShownAs,
): TranscriptDocument {
	const [first, end] = windowAround(all, call);
	const entries = all.slice(first, end);
	const calls = new Map(entries.filter(({ kind }) => kind === "call").map((e) => [e.call, e]));
	const text: string[] = [title, ""];
	if (first > 0) text.push(leftOut(first, "earlier"), "");
	const headings: Heading[] = [];
	const lines = new Map<string, number>();
	for (const entry of entries) {
		const line = text.length;
		const heading = titleOf(entry, calls.get(entry.call));
		text.push(heading);
		if (entry.kind === "call" && !lines.has(entry.call)) lines.set(entry.call, line);
		const body = bodyOf(entry.text);
		for (const each of body) text.push(each);
		headings.push({
			line,
			endLine: line + body.length,
			kind: entry.kind,
			title: heading,
			isFailure: entry.isFailure,
			isLong: body.length > LONG,
		});
		text.push("");
	}
	if (end < all.length) text.push(leftOut(all.length - end, "later"));
	if (entries.length === 0) text.push("Nothing was said in it yet.");
	return { text: text.join("\n"), headings, lines };
}

/** The parts that are shown, as many as fit around a call, else the last ones. */
function windowAround(
	entries: readonly TranscriptEntry[],
	call: string,
): [first: number, end: number] {
	const found = call === "" ? -1 : entries.findIndex((entry) => entry.call === call);
	let first = found < 0 ? entries.length : found;
	let end = first;
	let left = MAX_CHARACTERS;
	const take = (index: number) => {
		const { text = "" } = entries[index] ?? {};
		left -= text.length + INDENT.length;
		return left > 0;
	};
	while (left > 0 && (first > 0 || end < entries.length)) {
		if (end < entries.length && take(end)) end++;
		if (first > 0 && take(first - 1)) first--;
	}
	return [first, end];
}

function leftOut(count: number, which: string): string {
	return `(${count.toLocaleString("en")} ${which} parts are in the file and not shown here)`;
}

function titleOf(entry: TranscriptEntry, call: TranscriptEntry | undefined): string {
	const time = entry.at === null ? "" : `${formatClock(entry.at)}  `;
	switch (entry.kind) {
		case "prompt":
			return `${time}Prompt`;
		case "answer":
			return `${time}Answer`;
		case "thinking":
			return `${time}Thinking`;
		case "note":
			return `${time}Note of the client`;
		case "call":
			return `${time}Call ${oneLine(toolName(entry.tool))}`;
		case "result":
			return `${time}${entry.isFailure ? "✗ Failure" : "Result"}${ofCall(entry, call)}`;
	}
}

function ofCall({ at }: TranscriptEntry, call: TranscriptEntry | undefined): string {
	if (call === undefined) return "";
	const took =
		at === null || call.at === null ? "" : `, after ${formatDuration(Math.max(0, at - call.at))}`;
	return ` of ${oneLine(toolName(call.tool))}${took}`;
}

function bodyOf(text: string): string[] {
	const lines = text.split(/\r\n|\r|\n/).map((line) => INDENT + shortened(line));
	if (lines.length <= MAX_LINES) return lines;
	const half = MAX_LINES / 2;
	const left = lines.length - MAX_LINES;
	const word = `${INDENT}… ${left.toLocaleString("en")} lines more are in the file …`;
	return [...lines.slice(0, half), word, ...lines.slice(-half)];
}

function shortened(line: string): string {
	if (line.length <= MAX_LINE) return line;
	const left = line.length - MAX_LINE;
	return `${line.slice(0, MAX_LINE)} … ${left.toLocaleString("en")} characters more are in the file`;
}

function oneLine(text: string): string {
	return text.replace(/\s+/g, " ").slice(0, 200);
}
