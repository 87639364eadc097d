import type { E2eResult, E2eRun } from "../figures.ts";
import { FunctionSums } from "../rollups/functionSums.ts";
import type { TelemetryStore } from "../storage/store.ts";

const COLUMNS = "ts, function_id, app_id, check_id, passed, duration_ms";

/**
 * Writes a row for every function that the app uses, and the sums over them; the caller holds the
 * transaction. What is there already stays as it is.
 *
 * @returns the functions whose figures changed
 */
export function writeE2eRun(store: TelemetryStore, run: E2eRun): string[] {
	const { ts, appId, checkId, passed, durationMs } = run;
	const failed = passed ? 0 : 1;
	const sums = new FunctionSums(store.statements);
	for (const functionId of new Set(run.functionIds)) {
		const uses = store.statements.rows(USES, [functionId, appId]).length;
		const row = [ts, functionId, appId, checkId, 1 - failed, durationMs];
		if (store.statements.run(INSERT, row) === 0) continue;
		sums.add(functionId, { e2e: 1, e2e_failed: failed, consumer_apps: 1 - uses });
	}
	return sums.flush();
}

/** The last run of every check, by app and check. */
export function lastE2eResults(store: TelemetryStore): E2eResult[] {
	return store
		.all<Omit<E2eResult, "passed"> & { passed: number }>(
			// SQLite takes the other columns from the row that has the maximum.
			`SELECT app_id AS appId, check_id AS checkId, max(ts) AS ts, passed,
				duration_ms AS durationMs FROM e2e_runs_fn GROUP BY 1, 2 ORDER BY 1, 2`,
		)
		.map((row) => ({ ...row, passed: row.passed === 1 }));
}

/** No log holds what checks found: a rebuild takes it over from the database before. */
export function keepE2eRuns(from: TelemetryStore, to: TelemetryStore): void {
	const runs = from.statements.rows(`SELECT ${COLUMNS} FROM e2e_runs_fn`);
	const sums = new FunctionSums(to.statements);
	const before = from.statements.rows(
		"SELECT function_id, e2e, e2e_failed, consumer_apps FROM function_totals WHERE e2e > 0",
	);
	for (const [id, e2e, e2e_failed, consumer_apps] of before as [string, number, number, number][]) {
		sums.add(id, { e2e, e2e_failed, consumer_apps });
	}
	to.transaction(() => {
		for (const run of runs) to.statements.run(INSERT, run);
		sums.flush();
	});
}

const INSERT = `INSERT OR IGNORE INTO e2e_runs_fn (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`;
/** Told from the rows: retention keeps the last one of each app and function. */
const USES = "SELECT 1 FROM e2e_runs_fn WHERE function_id = ? AND app_id = ? LIMIT 1";
