import { asObject } from "./lines.ts";

interface ChangedLines {
	readonly linesAdded: number | null;
	readonly linesRemoved: number | null;
}

/** Lines added and removed by a call that answered with a patch. That of a new file is empty. */
export function changedLines(answer: unknown): ChangedLines {
	const patched = asObject(answer);
	if (patched === null || !Array.isArray(patched.structuredPatch)) {
		return { linesAdded: null, linesRemoved: null };
	}
	let [linesAdded, linesRemoved] = [0, 0];
	for (const hunk of patched.structuredPatch) {
		const lines = asObject(hunk)?.lines;
		if (!Array.isArray(lines)) continue;
		for (const line of lines) {
			if (typeof line !== "string") continue;
			if (line.startsWith("+")) linesAdded++;
			else if (line.startsWith("-")) linesRemoved++;
		}
	}
	const { type, content } = patched;
	if (type === "create" && typeof content === "string" && content !== "") {
		linesAdded += content.replace(/\n$/, "").split("\n").length;
	}
	return { linesAdded, linesRemoved };
}
