import { totalOf } from "./functionFigures.ts";
import type { FunctionColumn, FunctionRow, FunctionRows, FunctionsQuery } from "./insights.ts";

/** Most rows that are told at once. */
const MAX_WINDOW = 500;

/** The window of a table that is asked for: filtered, sorted, and cut. */
export function rowsOf(
	rows: readonly FunctionRow[],
	query: FunctionsQuery,
): Omit<FunctionRows, "isBehind"> {
	const { sortedBy, isDescending, text, prefix, offset, limit } = query;
	const wanted = text.trim().toLowerCase();
	const found = rows.filter(
		({ functionId }) =>
			(prefix === "" || functionId.startsWith(`${prefix}:`)) &&
			(wanted === "" || functionId.toLowerCase().includes(wanted)),
	);
	const sign = isDescending ? -1 : 1;
	const rankOf = LENGTHS.has(sortedBy) ? launchRank : () => 0;
	found.sort(
		(a, b) =>
			rankOf(a) - rankOf(b) ||
			compare(a, b, sortedBy, sign) ||
			(a.functionId < b.functionId ? -1 : 1),
	);
	return {
		all: totalOf(rows),
		total: found.length,
		rows: found.slice(offset, offset + Math.min(limit, MAX_WINDOW)),
	};
}

/** How long single calls take. */
const LENGTHS: ReadonlySet<FunctionColumn> = new Set(["meanMs", "p50Ms", "p95Ms", "p99Ms"]);

/** A launch takes as long as its agent lives, which is made of calls: by length it comes after those. */
function launchRank({ functionId }: FunctionRow): number {
	return Number(functionId.startsWith("agent:"));
}

/** What is not known stands last, whichever way. */
function compare(a: FunctionRow, b: FunctionRow, column: FunctionColumn, sign: 1 | -1): number {
	const [one, other] = [a[column], b[column]];
	if (one === other) return 0;
	if (one === null) return 1;
	if (other === null) return -1;
	return one < other ? -sign : sign;
}
