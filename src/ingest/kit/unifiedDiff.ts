import type { Hunk } from "../../model/events/record.ts";

const HEAD = /^@@ -(\d{1,9})(?:,\d{1,9})? \+(\d{1,9})(?:,\d{1,9})? @@/;

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
