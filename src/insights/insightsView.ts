import type { InsightFilter } from "./filter.ts";
import { FUNCTION_COLUMNS, type FunctionColumn, type InsightQuery } from "./insights.ts";
import { type Grain, grainOf, lastDays, type Period } from "./period.ts";

/** Periods to choose from, in days; 0 for all there is. */
export const PERIODS = [
	{ days: 1, text: "Day" },
	{ days: 7, text: "Week" },
	{ days: 30, text: "30 days" },
	{ days: 90, text: "90 days" },
	{ days: 0, text: "All" },
] as const;

/** Nothing was recorded before, ms since the epoch. */
const BEGINNING = Date.UTC(2024, 0, 1);

/** What the page shows, as it is remembered. */
export interface InsightsView {
	readonly days: number;
	/** A part of the period that was opened; null for all of it. */
	readonly part: (Period & { readonly name: string }) | null;
	readonly filter: InsightFilter;
	readonly sortedBy: FunctionColumn;
	readonly isDescending: boolean;
	readonly text: string;
	readonly prefix: string;
	readonly withUnused: boolean;
}

export const FIRST_VIEW: InsightsView = {
	days: 30,
	part: null,
	filter: {},
	sortedBy: "sumMs",
	isDescending: true,
	text: "",
	prefix: "",
	withUnused: false,
};

/** @param now ms since the epoch */
function periodOf({ days }: InsightsView, now: number): Period {
	return days === 0 ? { from: BEGINNING, until: now + 1 } : lastDays(days, now);
}

export function queryOf(view: InsightsView, now: number): InsightQuery {
	const period = view.part ?? periodOf(view, now);
	const { from, until } = period;
	return { from, until, grain: grainOf(period), filter: view.filter };
}

/** What was saved, where it is what this version saves; else the first view. */
export function restoredView(saved: unknown): InsightsView {
	if (typeof saved !== "object" || saved === null) return FIRST_VIEW;
	const { days, sortedBy, isDescending, prefix, withUnused } = saved as Partial<InsightsView>;
	return {
		...FIRST_VIEW,
		days: PERIODS.find((each) => each.days === days)?.days ?? FIRST_VIEW.days,
		sortedBy: FUNCTION_COLUMNS.find((each) => each === sortedBy) ?? FIRST_VIEW.sortedBy,
		isDescending: isDescending !== false,
		prefix: typeof prefix === "string" ? prefix : "",
		withUnused: withUnused === true,
	};
}

/** When a key of the calendar begins and ends, as the clock of here has it; null where it is none. */
export function partOf(key: string, grain: Grain): InsightsView["part"] {
	const [, year, month, day = "1", hour = "0"] =
		/^(\d{4})-(\d{2})(?:-(\d{2}))?(?:T(\d{2}))?$/.exec(key) ?? [];
	if (year === undefined) return null;
	const { months = 0, days = 0, hours = 0 } = LENGTHS[grain];
	const from = new Date(Number(year), Number(month) - 1, Number(day), Number(hour));
	const until = new Date(from);
	until.setMonth(until.getMonth() + months);
	until.setDate(until.getDate() + days);
	until.setHours(until.getHours() + hours);
	return { from: from.getTime(), until: until.getTime(), name: key };
}

const LENGTHS: Readonly<Record<Grain, { months?: number; days?: number; hours?: number }>> = {
	hour: { hours: 1 },
	day: { days: 1 },
	week: { days: 7 },
	month: { months: 1 },
};
