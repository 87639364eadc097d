import type { FunctionStats } from "../../telemetry/figures.ts";

/** What the functions of a group can be sorted by. */
const SORT_KEYS = ["calls", "errors", "errorRate", "p95", "lastUsed"] as const;
export type SortKey = (typeof SORT_KEYS)[number];

const FIGURES: Readonly<Record<SortKey, (stats: FunctionStats) => number | null>> = {
	calls: (stats) => stats.calls_total,
	errors: (stats) => stats.errors_total,
	errorRate: (stats) => stats.error_rate,
	p95: (stats) => stats.p95_duration_ms,
	lastUsed: (stats) => stats.last_used_at,
};

/** What a value that was stored long ago, perhaps by another version, means today. */
export function sortKeyOf(stored: unknown): SortKey {
	return SORT_KEYS.find((key) => key === stored) ?? "calls";
}

/**
 * Highest figure first, unknown ones last. Equal ones by calls, then by name: rows that mean the
 * same must not change places from one refresh to the next.
 */
export function compareBy(sort: SortKey): (a: FunctionStats, b: FunctionStats) => number {
	const figure = FIGURES[sort];
	return (a, b) =>
		descending(figure(a), figure(b)) ||
		b.calls_total - a.calls_total ||
		(a.function_id < b.function_id ? -1 : 1);
}

function descending(a: number | null, b: number | null): number {
	if (a === b) return 0;
	if (a === null) return 1;
	if (b === null) return -1;
	return b - a;
}

/** Where the sort order is remembered. */
export const SORT_STATE = "statsSort";

/** The sort order that was chosen last, in any window. */
export function rememberedSort(memory: { get(key: string): unknown }): SortKey {
	return sortKeyOf(memory.get(SORT_STATE));
}
