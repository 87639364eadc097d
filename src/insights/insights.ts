import type { InsightFilter } from "./filter.ts";
import type { CallTotals, FunctionCalls } from "./functionFigures.ts";
import type { CallsWanted, FunctionInsight } from "./functionInsight.ts";
import type { Grain, Period } from "./period.ts";
import type { UsageFigures } from "./usageFigures.ts";

/** What figures are asked for. */
export interface InsightQuery extends Period {
	readonly grain: Grain;
	readonly filter: InsightFilter;
}

/** A mean of health scores, of the sessions that began then. */
export interface HealthPoint {
	/** As of the calendar's keys. */
	readonly name: string;
	readonly sessions: number;
	/** 0 to 100; null where no session has a score. */
	readonly health: number | null;
}

/** A test with both results, and no change of its function between them. */
export interface FlakyTest {
	readonly testId: string;
	readonly functionId: string | null;
	readonly runs: number;
	readonly failed: number;
	/** ms since the epoch */
	readonly lastTs: number;
}

/** Broken rules by rule and function. */
export interface ViolationCount {
	readonly ruleId: string;
	readonly severity: string;
	readonly count: number;
	readonly sessions: number;
	/** ms since the epoch */
	readonly lastTs: number;
}

/** Scripts that differ in nothing but names and literals. */
export interface PatternCount {
	readonly patternHash: string;
	readonly kind: string;
	readonly occurrences: number;
	readonly sessions: number;
	/** ms since the epoch */
	readonly lastTs: number;
}

/** Everything of a page but its table of functions. */
export interface Insights {
	readonly query: InsightQuery;
	/** More was recorded since: it is being read, and told who asks again. */
	readonly isBehind: boolean;
	readonly usage: UsageFigures;
	readonly sessions: number;
	readonly health: readonly HealthPoint[];
	readonly flakyTests: readonly FlakyTest[];
	readonly violations: readonly ViolationCount[];
	readonly patterns: readonly PatternCount[];
	/** Registered functions and skills that nobody calls; at most 500. */
	readonly orphans: readonly string[];
	/** What a filter may name. */
	readonly names: {
		readonly projects: readonly string[];
		readonly models: readonly string[];
		readonly clients: readonly string[];
		/** What these are called, in the same order. */
		readonly clientTitles: readonly string[];
		readonly agentTypes: readonly string[];
	};
}

/** A row of the table: calls of the period, and of all time what calls do not tell. */
export interface FunctionRow extends FunctionCalls {
	/** Of all time, as function_stats has them. */
	readonly writes: number;
	readonly tests: number;
	readonly testsFailed: number;
	readonly e2e: number;
	readonly e2eFailed: number;
	readonly apps: number;
	readonly violations: number;
	readonly versions: number;
}

/** Columns that the table can be sorted by. */
export const FUNCTION_COLUMNS = [
	"functionId",
	"calls",
	"errors",
	"errorRate",
	"interrupted",
	"meanMs",
	"p50Ms",
	"p95Ms",
	"p99Ms",
	"sumMs",
	"lastUsedAt",
	"writes",
	"tests",
	"testsFailed",
	"e2e",
	"e2eFailed",
	"apps",
	"violations",
	"versions",
] as const satisfies readonly (keyof FunctionRow)[];
export type FunctionColumn = (typeof FUNCTION_COLUMNS)[number];

/** Which rows of the table are asked for. */
export interface FunctionsQuery extends InsightQuery {
	readonly sortedBy: FunctionColumn;
	readonly isDescending: boolean;
	/** What their names contain, whatever the case; empty for all. */
	readonly text: string;
	/** Word before the colon, such as `tool`; empty for all. */
	readonly prefix: string;
	/** Functions that were never called as well. */
	readonly withUnused: boolean;
	readonly offset: number;
	readonly limit: number;
}

/** A window of the table. */
export interface FunctionRows {
	/** As of {@link Insights}. */
	readonly isBehind: boolean;
	/** Calls of the period, whatever the table is narrowed to. */
	readonly all: CallTotals;
	/** Rows of the whole table. */
	readonly total: number;
	readonly rows: readonly FunctionRow[];
}

/** A call that can be looked up. */
export interface LookedUpCall {
	readonly toolUseId: string;
	readonly sessionId: string;
	/** null for the orchestrator */
	readonly agentId: string | null;
	readonly functionId: string;
	/** ms since the epoch */
	readonly ts: number;
	/** ms */
	readonly durationMs: number | null;
	/** null while open */
	readonly success: boolean | null;
	readonly errorClass: string | null;
}

/** What calls are looked up by: a rule that they broke, the script or the test that they ran, a proposal. */
export const BEHIND_KINDS = ["violation", "pattern", "test", "proposal"] as const;

export interface BehindQuery extends Period {
	readonly what: (typeof BEHIND_KINDS)[number];
	/** Rule, pattern, test or proposal. */
	readonly id: string;
	/** Whose calls alone. */
	readonly functionId?: string | undefined;
}

/** Which calls of a function are looked up. */
export interface CallsQuery extends InsightQuery, CallsWanted {}

/** What a row of the table opens. */
export interface OpenedFunction extends Omit<FunctionInsight, "latest"> {
	/** Newest first, as are tests and versions. */
	readonly latest: readonly LookedUpCall[];
	readonly tests: readonly {
		/** ms since the epoch */
		readonly ts: number;
		readonly testId: string;
		readonly passed: boolean;
	}[];
	readonly versions: readonly {
		readonly versionHash: string;
		/** ms since the epoch */
		readonly ts: number;
		readonly source: string;
		readonly filePath: string | null;
		/** First and last, such as `3-12`. */
		readonly lines: string | null;
	}[];
	/** Rules that its calls broke, most often first. */
	readonly violations: readonly { readonly name: string; readonly calls: number }[];
}
