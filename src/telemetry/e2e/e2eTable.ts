import type { SqlValue } from "sql.js";
import { FunctionSums } from "../rollups/functionSums.ts";
import { prunedBefore } from "../storage/retention.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { addE2eRun, COLUMNS, type E2eResult, type E2eRun, INSERT_RUN } from "./e2eRow.ts";

/**
 * Writes a row for every function that the app uses, and the sums over them; the caller holds the
 * transaction. What is there already stays as it is.
 *
 * @returns the functions whose figures changed
 */
export function writeE2eRun(store: TelemetryStore, run: E2eRun): string[] {
	const sums = new FunctionSums(store.statements);
	addE2eRun(store.statements, sums, run);
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

/** No log holds what the editor's checks found: a rebuild takes it over from the database before. */
export function keepE2eRuns(from: TelemetryStore, to: TelemetryStore): void {
	const runs = from.statements.rows(`SELECT ${COLUMNS} FROM e2e_runs_fn`);
	const sums = new FunctionSums(to.statements);
	for (const [id, ...counts] of sumsBefore(from, to)) {
		const [e2e = 0, e2e_failed = 0, consumer_apps = 0] = counts;
		sums.add(id, { e2e, e2e_failed, consumer_apps });
	}
	to.transaction(() => {
		for (const run of runs) to.statements.run(INSERT_RUN, run);
		sums.flush();
	});
}

type FunctionCounts = [id: string, runs: number, failed: number, apps: number];

/** What of the sums the log, which has been read by now, does not hold. */
function sumsBefore(from: TelemetryStore, to: TelemetryStore): FunctionCounts[] {
	const before = from.statements.rows(
		"SELECT function_id, e2e, e2e_failed, consumer_apps FROM function_totals WHERE e2e > 0",
	) as FunctionCounts[];
	return before.map(([id, runs, failed, apps]) => {
		const logged = to.statements
			.rows("SELECT app_id, check_id, ts, passed FROM e2e_runs_fn WHERE function_id = ?", [id])
			.filter((run) => isCounted(from, id, run));
		const passes = logged.filter(([, , , passed]) => passed === 1).length;
		const both = new Set(logged.map(([app]) => app)).size;
		return [id, runs - logged.length, failed - (logged.length - passes), apps - both];
	});
}

/** Whether the sums of a database hold a run, be its row still there or pruned. */
function isCounted(store: TelemetryStore, id: string, run: readonly SqlValue[]): boolean {
	const [app = "", check = "", ts = 0] = run;
	return (
		Number(ts) < prunedBefore(store) ||
		store.statements.rows(COUNTED, [id, app, check, ts]).length > 0
	);
}

const COUNTED =
	"SELECT 1 FROM e2e_runs_fn WHERE function_id = ? AND app_id = ? AND check_id = ? AND ts = ?";
