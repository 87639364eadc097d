/** One place of a file that was changed, as Claude Code's `structuredPatch` has it. */
export interface Hunk {
	/** First line of the place before, counted from 1. */
	readonly oldStart: number;
	/** The same after the change. */
	readonly newStart: number;
	/** Each begins with a space, `+`, `-` or a backslash. */
	readonly lines: readonly string[];
}

/** Reads a patch; null for what is none. */
export function hunksOf(patch: unknown): Hunk[] | null {
	if (!Array.isArray(patch)) return null;
	const hunks: Hunk[] = [];
	for (const each of patch as unknown[]) {
		if (typeof each !== "object" || each === null) return null;
		const { oldStart, newStart, lines } = each as Record<string, unknown>;
		if (!isLine(oldStart) || !isLine(newStart) || !Array.isArray(lines)) return null;
		if (!lines.every((line) => typeof line === "string")) return null;
		hunks.push({ oldStart, newStart, lines });
	}
	return hunks;
}

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

/** The client tells lines without the carriage returns that the file may have. */
function isSameLine(line: string | undefined, told: string): boolean {
	return line !== undefined && line.replace(/\r$/, "") === told.replace(/\r$/, "");
}

function isLine(value: unknown): value is number {
	return typeof value === "number" && Number.isInteger(value) && value >= 0;
}
