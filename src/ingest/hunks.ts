import type { FileChange, Hunk } from "../model/events/record.ts";

/** A new file as one place that was added. */
export function wholeFile(content: string): Hunk {
	const lines = content === "" ? [] : content.replace(/\n$/, "").split("\n");
	return { oldStart: 1, newStart: 1, lines: lines.map((line) => `+${line}`) };
}

/** Lines that changes added and removed; null where nothing is told of a change. */
export function changedLines(changes: readonly FileChange[]): {
	readonly linesAdded: number | null;
	readonly linesRemoved: number | null;
} {
	if (changes.length === 0) return { linesAdded: null, linesRemoved: null };
	let [linesAdded, linesRemoved] = [0, 0];
	for (const line of changes.flatMap(({ hunks }) => hunks).flatMap(({ lines }) => lines)) {
		if (line.startsWith("+")) linesAdded++;
		else if (line.startsWith("-")) linesRemoved++;
	}
	return { linesAdded, linesRemoved };
}
