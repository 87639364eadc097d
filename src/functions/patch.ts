import type { Hunk } from "../model/events/record.ts";

/** A file's text after a patch; null where the patch is not of this text. */
export function patched(original: string, hunks: readonly Hunk[]): string | null {
	const before = original.split("\n");
	const after: string[] = [];
	let at = 0;
	for (const { oldStart, lines } of hunks) {
		const start = Math.max(oldStart - 1, 0);
		if (start < at || start > before.length) return null;
		after.push(...before.slice(at, start));
		at = start;
		for (const line of lines) {
			const [mark, text] = [line[0] ?? " ", line.slice(1)];
			if (mark === "\\") continue;
			if (mark === "+") {
				after.push(text);
				continue;
			}
			if (!isSameLine(before[at], text)) return null;
			if (mark !== "-") after.push(before[at] ?? "");
			at++;
		}
	}
	after.push(...before.slice(at));
	return after.join("\n");
}

/** Whether a text is one that the patch led to: what it left and added stands where it says. */
export function isAfter(text: string, hunks: readonly Hunk[]): boolean {
	const after = text.split("\n");
	return hunks.every(({ newStart, lines }) => {
		const kept = lines.filter((line) => !/^[-\\]/.test(line));
		return kept.every((line, index) => isSameLine(after[newStart - 1 + index], line.slice(1)));
	});
}

/** A client may tell lines without the carriage returns that the file may have. */
function isSameLine(line: string | undefined, told: string): boolean {
	return line !== undefined && line.replace(/\r$/, "") === told.replace(/\r$/, "");
}
