import type { FunctionRow, Insights } from "../insights/insights.ts";
import type { Proposal, Sequence } from "../sequences/learned.ts";

/** What a report tells: of a period, or of one repository in it. */
export interface PeriodReport {
	/** ms since the epoch */
	readonly generatedAt: number;
	/** Version of the program. */
	readonly version: string;
	/** Folder of the repository; empty for all. */
	readonly repository: string;
	readonly insights: Insights;
	/** All calls of the period. */
	readonly calls: { readonly calls: number; readonly errors: number; readonly interrupted: number };
	/** Functions that fail, most failures first. */
	readonly failing: readonly FunctionRow[];
	/** Functions by their p95, the slowest first. */
	readonly slowest: readonly FunctionRow[];
	/** Of all time: what agents do one after the other. */
	readonly sequences: readonly Sequence[];
	readonly proposals: readonly Proposal[];
}

/** Columns of a part: those after the first hold numbers. */
export interface ReportTable {
	readonly title: string;
	readonly head: readonly string[];
	readonly rows: readonly (readonly string[])[];
	/** What stands in place of no rows. */
	readonly empty: string;
	/** A share of each row, 0 to 1, to be drawn beside it. */
	readonly bars?: readonly number[];
}
