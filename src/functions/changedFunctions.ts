import type { Hunk } from "../model/events/record.ts";
import type { SourceFunction } from "./sourceFunction.ts";

/** Lines of a function that a change added and removed. */
interface ChangedFunction {
	readonly changed: SourceFunction;
	readonly linesAdded: number;
	readonly linesRemoved: number;
}

/**
 * The functions whose lines a change touched, most lines first. A line belongs to the innermost
 * function around it; one that was removed, to the function around the place where it was. Lines
 * outside of functions, and functions that are gone as a whole, are nobody's.
 *
 * @param functions of the file as it is after the change
 */
export function changedFunctions(
	functions: readonly SourceFunction[],
	hunks: readonly Hunk[],
): ChangedFunction[] {
	const changes = new Map<SourceFunction, { added: number; removed: number }>();
	const count = (owner: SourceFunction | null, what: "added" | "removed"): void => {
		if (owner === null) return;
		const change = changes.get(owner) ?? { added: 0, removed: 0 };
		change[what]++;
		changes.set(owner, change);
	};
	for (const { newStart, lines } of hunks) {
		let line = newStart;
		for (const [index, text] of lines.entries()) {
			if (text.startsWith("+")) count(innermost(functions, line, line), "added");
			// Where a line was replaced, its place is the line that replaced it.
			else if (text.startsWith("-")) {
				const isReplaced = nextOther(lines, index)?.startsWith("+") ?? false;
				count(innermost(functions, isReplaced ? line : line - 1, line), "removed");
			}
			if (!/^[-\\]/.test(text)) line++;
		}
	}
	return [...changes]
		.map(([changed, { added, removed }]) => ({
			changed,
			linesAdded: added,
			linesRemoved: removed,
		}))
		.sort(
			(a, b) =>
				b.linesAdded + b.linesRemoved - a.linesAdded - a.linesRemoved ||
				(a.changed.name < b.changed.name ? -1 : 1),
		);
}

/** The shortest function that holds all lines from one to another. */
function innermost(
	functions: readonly SourceFunction[],
	from: number,
	to: number,
): SourceFunction | null {
	let best: SourceFunction | null = null;
	for (const each of functions) {
		if (each.startLine > from || each.endLine < to) continue;
		if (best === null || each.endLine - each.startLine <= best.endLine - best.startLine) {
			best = each;
		}
	}
	return best;
}

/** The first line behind those that were removed together. */
function nextOther(lines: readonly string[], index: number): string | undefined {
	return lines.slice(index).find((line) => !line.startsWith("-"));
}
