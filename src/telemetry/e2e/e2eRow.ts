import type { FunctionSums } from "../rollups/functionSums.ts";
import type { Statements } from "../tables/statements.ts";

/** A check of an app, run once. */
export interface E2eRun {
	/** When it began, ms since the epoch; with app and check the identity of the run. */
	readonly ts: number;
	readonly appId: string;
	readonly checkId: string;
	readonly passed: boolean;
	/** null where whoever told of it did not say */
	readonly durationMs: number | null;
	/** Functions that the app uses. */
	readonly functionIds: readonly string[];
}

/** How a check ended the last time. */
export type E2eResult = Omit<E2eRun, "functionIds">;

/** Of a run, for one function that its app uses. */
export const COLUMNS = "ts, function_id, app_id, check_id, passed, duration_ms";
export const INSERT_RUN = `INSERT OR IGNORE INTO e2e_runs_fn (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`;
/** Told from the rows: retention keeps the last one of each app and function. */
const USES = "SELECT 1 FROM e2e_runs_fn WHERE function_id = ? AND app_id = ? LIMIT 1";

/** Writes a row for every function that the app uses, unless it is there, and notes what the sums gain. */
export function addE2eRun(statements: Statements, sums: FunctionSums, run: E2eRun): void {
	const { ts, appId, checkId, passed, durationMs } = run;
	const failed = passed ? 0 : 1;
	for (const functionId of new Set(run.functionIds)) {
		const uses = statements.rows(USES, [functionId, appId]).length;
		const row = [ts, functionId, appId, checkId, 1 - failed, durationMs];
		if (statements.run(INSERT_RUN, row) === 0) continue;
		sums.add(functionId, { e2e: 1, e2e_failed: failed, consumer_apps: 1 - uses });
	}
}
