import type { FileChange } from "../../model/events/record.ts";
import { wholeFile } from "../hunks.ts";
import { asObject, type Raw, textOf } from "../kit/raw.ts";
import { hunksOfDiff } from "../kit/unifiedDiff.ts";

/** @param changes by file, as items and events of patches have them */
export function fileChangesOf(changes: unknown): FileChange[] {
	return Object.entries(asObject(changes) ?? {}).map(([path, change]) =>
		changeOf(path, asObject(change) ?? {}),
	);
}

/** Older versions name the kind of a change by the property that it stands in. */
function changeOf(path: string, change: Raw): FileChange {
	const kind = textOf(change.type) ?? Object.keys(change)[0] ?? "";
	const told = asObject(change[kind]) ?? change;
	const content = textOf(told.content) ?? "";
	if (kind === "add") return { path, hunks: [wholeFile(content)], before: null, after: content };
	if (kind === "delete") {
		const { lines, ...place } = wholeFile(content);
		const gone = lines.map((line) => `-${line.slice(1)}`);
		return { path, hunks: [{ ...place, lines: gone }], before: content, after: null };
	}
	const hunks = hunksOfDiff(textOf(told.unified_diff) ?? "");
	return { path: textOf(told.move_path) ?? path, hunks, before: null, after: null };
}
