/** What a budget is for: a local day, week from Monday on or month, or a rolling window of five hours. */
const BUDGET_PERIODS = ["day", "week", "month", "fiveHours"] as const;
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number];

/** A limit that the user entered. */
export interface Budget {
	readonly per: BudgetPeriod;
	/** What is counted: US dollars, or tokens of all kinds together. */
	readonly of: "usd" | "tokens";
	/** Above 0. */
	readonly limit: number;
	/** Absolute: sessions of this folder and those below it; absent for all. */
	readonly folder?: string;
	/** Sessions of this client; absent for all. */
	readonly client?: string;
}

const MAX_BUDGETS = 20;

/**
 * The budgets of a setting, those left out that are none: a settings file holds whatever its author typed.
 *
 * @param home that `~` stands for in folders
 */
export function budgetsOf(raw: unknown, home: string): Budget[] {
	if (!Array.isArray(raw)) return [];
	return raw.flatMap((each) => budgetOf(each, home) ?? []).slice(0, MAX_BUDGETS);
}

function budgetOf(raw: unknown, home: string): Budget | null {
	if (typeof raw !== "object" || raw === null) return null;
	const { per, usd, tokens, folder, client } = raw as Record<string, unknown>;
	const known = BUDGET_PERIODS.find((each) => each === per);
	const limit = usd ?? tokens;
	// Two limits are two budgets.
	if (known === undefined || (usd !== undefined && tokens !== undefined)) return null;
	if (typeof limit !== "number" || !Number.isFinite(limit) || limit <= 0) return null;
	if (!isTextOrAbsent(folder) || !isTextOrAbsent(client)) return null;
	return {
		per: known,
		of: usd === undefined ? "tokens" : "usd",
		limit,
		...(folder === undefined ? {} : { folder: absolute(folder, home) }),
		...(client === undefined ? {} : { client }),
	};
}

/** A limit for less than what its author named would be another limit. */
function isTextOrAbsent(value: unknown): value is string | undefined {
	return value === undefined || (typeof value === "string" && value.trim() !== "");
}

function absolute(folder: string, home: string): string {
	return folder
		.trim()
		.replace(/^~(?=[\\/]|$)/, home)
		.replace(/(?<=.)[\\/]+$/, "");
}
