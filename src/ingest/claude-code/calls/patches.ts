import type { FileChange, Hunk } from "../../../model/events/record.ts";
import { isCount } from "../../fields/values.ts";
import { wholeFile } from "../../hunks.ts";
import { asObject, textOf } from "../../kit/raw.ts";

/**
 * What a call changed, of an answer that tells it by `structuredPatch`.
 *
 * @param named the file that the call was about
 */
export function changesOf(answer: unknown, named: string): FileChange[] {
	const given = asObject(answer);
	const hunks = given === null ? null : hunksOf(given.structuredPatch);
	if (given === null || hunks === null) return [];
	const after = textOf(given.content);
	// The patch of a new file is empty.
	const isNew = given.type === "create" && after !== null;
	return [
		{
			path: named || (textOf(given.filePath) ?? ""),
			hunks: isNew ? [wholeFile(after)] : hunks,
			before: textOf(given.originalFile),
			after,
		},
	];
}

/** Reads a patch; null for what is none. */
function hunksOf(patch: unknown): Hunk[] | null {
	if (!Array.isArray(patch)) return null;
	const hunks: Hunk[] = [];
	for (const each of patch as unknown[]) {
		const { oldStart, newStart, lines } = asObject(each) ?? {};
		if (!isCount(oldStart) || !isCount(newStart) || !Array.isArray(lines)) return null;
		if (!lines.every((line) => typeof line === "string")) return null;
		hunks.push({ oldStart, newStart, lines });
	}
	return hunks;
}
