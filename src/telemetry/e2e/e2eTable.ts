import type { E2eResult, E2eRun } from "../figures.ts";
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
	return [...new Set(run.functionIds)].filter((functionId) => {
		const isNewConsumer = !usesFunction(store, appId, functionId);
		store.database.run(`INSERT OR IGNORE INTO e2e_runs_fn (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`, [
			ts,
			functionId,
			appId,
			checkId,
			passed ? 1 : 0,
			durationMs,
		]);
		if (store.database.getRowsModified() === 0) return false;
		addSums(store, [functionId, 1, passed ? 0 : 1, isNewConsumer ? 1 : 0]);
		return true;
	});
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
	const runs = from.all<Record<string, string | number>>(`SELECT ${COLUMNS} FROM e2e_runs_fn`);
	const sums = from.all<Record<string, string | number>>(
		"SELECT function_id, e2e, e2e_failed, consumer_apps FROM function_totals WHERE e2e > 0",
	);
	to.transaction(() => {
		for (const run of runs) {
			to.database.run(
				`INSERT OR IGNORE INTO e2e_runs_fn (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`,
				Object.values(run),
			);
		}
		for (const sum of sums) addSums(to, Object.values(sum));
	});
}

/** Told from the rows: retention keeps the last one of each app and function. */
function usesFunction(store: TelemetryStore, appId: string, functionId: string): boolean {
	const sql = "SELECT 1 FROM e2e_runs_fn WHERE function_id = ? AND app_id = ? LIMIT 1";
	return store.first(sql, [functionId, appId]) !== null;
}

/** @param sums function, runs, failed ones, apps */
function addSums(store: TelemetryStore, sums: (string | number)[]): void {
	store.database.run(
		`INSERT INTO function_totals (function_id, e2e, e2e_failed, consumer_apps) VALUES (?, ?, ?, ?)
			ON CONFLICT (function_id) DO UPDATE SET e2e = e2e + excluded.e2e,
				e2e_failed = e2e_failed + excluded.e2e_failed,
				consumer_apps = consumer_apps + excluded.consumer_apps`,
		sums,
	);
}
