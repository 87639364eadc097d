import { type ComparedLine, compareLines } from "../ingest/kit/compareLines.ts";

const CONTEXT = 3;
/** The change between two texts in the form of `diff -u`; empty when there is none. */
export function unifiedDiff(before: string, after: string, name: string): string {
	if (before === after) return "";
	const lines = compareLines(linesOf(before), linesOf(after));
	const hunks = hunksOf(lines).map(([from, to]) => hunk(lines, from, to));
	return [`--- ${name}`, `+++ ${name}`, ...hunks.flat()].join("\n");
}

function linesOf(text: string): string[] {
	const lines = text.split(/\r\n|\n|\r/);
	if (lines.at(-1) === "") lines.pop();
	return lines;
}

/** Ranges of lines that are shown: each change with its context, joined where they meet. */
function hunksOf(lines: readonly ComparedLine[]): [number, number][] {
	const hunks: [number, number][] = [];
	for (const [index, { mark }] of lines.entries()) {
		if (mark === " ") continue;
		const last = hunks.at(-1);
		const to = Math.min(lines.length, index + CONTEXT + 1);
		if (last !== undefined && index - CONTEXT <= last[1]) last[1] = to;
		else hunks.push([Math.max(0, index - CONTEXT), to]);
	}
	return hunks;
}

function hunk(lines: readonly ComparedLine[], from: number, to: number): string[] {
	const count = (range: readonly ComparedLine[], other: "-" | "+") =>
		range.filter(({ mark }) => mark !== other).length;
	const [before, shown] = [lines.slice(0, from), lines.slice(from, to)];
	// Where nothing is shown of a side, the line before it is named, as diff does.
	const side = (other: "-" | "+") => {
		const length = count(shown, other);
		return `${count(before, other) + (length === 0 ? 0 : 1)},${length}`;
	};
	return [`@@ -${side("+")} +${side("-")} @@`, ...shown.map(({ mark, text }) => mark + text)];
}
