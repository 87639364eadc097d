import type { ToolStat } from "../../model/views/view.ts";
import { formatCount } from "./numbers.ts";

/** The client's names for its counts, in the order in which they are shown, and our words. */
const WORDS: readonly (readonly [name: string, one: string, many: string])[] = [
	["readCount", "read", "reads"],
	["searchCount", "search", "searches"],
	["bashCount", "command", "commands"],
	["editFileCount", "edit", "edits"],
	["otherToolCount", "other call", "other calls"],
	["linesAdded", "line added", "lines added"],
	["linesRemoved", "line removed", "lines removed"],
];

/** "2 reads · 1 command · 12 lines added"; counts of 0, and those of unknown names, are left out. */
export function toolStatsText(stats: readonly ToolStat[]): string {
	const counts = new Map(stats.map(({ name, count }) => [name, count]));
	const parts: string[] = [];
	for (const [name, one, many] of WORDS) {
		const count = counts.get(name) ?? 0;
		if (count > 0) parts.push(`${formatCount(count)} ${count === 1 ? one : many}`);
	}
	return parts.join(" · ");
}
