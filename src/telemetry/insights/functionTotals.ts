import type { FunctionCalls } from "../../insights/functionFigures.ts";
import type { FunctionRow } from "../../insights/insights.ts";
import type { TelemetryStore } from "../storage/store.ts";

type Totals = Pick<FunctionRow, "functionId" | (typeof OTHERS)[number]>;

const OTHERS = [
	"writes",
	"tests",
	"testsFailed",
	"e2e",
	"e2eFailed",
	"apps",
	"violations",
	"versions",
] as const;

/** Rows of functions that were called, each with what calls do not tell. */
export function withTotals(
	store: TelemetryStore,
	called: readonly FunctionCalls[],
	withUnused: boolean,
): FunctionRow[] {
	const totals = store.all<Totals>(
		`SELECT function_id AS functionId, writes, tests, tests_failed AS testsFailed, e2e,
			e2e_failed AS e2eFailed, consumer_apps AS apps, violations, versions FROM function_totals`,
	);
	const byId = new Map(totals.map((row) => [row.functionId, row]));
	const rows = called.map((figures) => {
		const own = byId.get(figures.functionId);
		byId.delete(figures.functionId);
		return { ...figures, ...(own ?? { ...NOTHING, functionId: figures.functionId }) };
	});
	if (!withUnused) return rows;
	return [...rows, ...[...byId.values()].map((own) => ({ ...NEVER_CALLED, ...own }))];
}

const NOTHING: Omit<Totals, "functionId"> = {
	writes: 0,
	tests: 0,
	testsFailed: 0,
	e2e: 0,
	e2eFailed: 0,
	apps: 0,
	violations: 0,
	versions: 0,
};

const NEVER_CALLED: Omit<FunctionCalls, "functionId"> = {
	calls: 0,
	errors: 0,
	interrupted: 0,
	errorRate: null,
	meanMs: null,
	p50Ms: null,
	p95Ms: null,
	p99Ms: null,
	sumMs: 0,
	lastUsedAt: 0,
};
