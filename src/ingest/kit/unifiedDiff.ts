import type { Hunk } from "../../model/events/record.ts";

const HEAD = /^@@ -(\d{1,9})(?:,\d{1,9})? \+(\d{1,9})(?:,\d{1,9})? @@/;

/** Diffs of single files in one of several, in their order; a text with none is one. */
export function diffsOfFiles(diff: string): string[] {
	const parts = diff.split(/^(?=diff --git )/m);
	return parts.filter((part) => part.startsWith("diff --git "));
}

/** The places that a diff of one file changes; none in a text that is none. */
export function hunksOfDiff(diff: string): Hunk[] {
	const hunks: { oldStart: number; newStart: number; lines: string[] }[] = [];
	for (const line of diff.split("\n")) {
		const [, oldStart, newStart] = HEAD.exec(line) ?? [];
		if (oldStart !== undefined) {
			hunks.push({ oldStart: Number(oldStart), newStart: Number(newStart), lines: [] });
		} else if (/^[ +\-\\]/.test(line)) {
			hunks.at(-1)?.lines.push(line);
		}
	}
	return hunks;
}
