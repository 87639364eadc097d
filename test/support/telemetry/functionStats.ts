import type { FunctionStats } from "../../../src/telemetry/figures.ts";

/** A row of function_stats with nothing in it but what is given. */
export function statsRow(function_id: string, fields: Partial<FunctionStats> = {}): FunctionStats {
	return {
		function_id,
		calls_total: 0,
		calls_24h: 0,
		calls_7d: 0,
		calls_30d: 0,
		calls_90d: 0,
		last_used_at: null,
		errors_total: 0,
		error_rate: null,
		last_error_ts: null,
		mean_duration_ms: null,
		p50_duration_ms: null,
		p95_duration_ms: null,
		p99_duration_ms: null,
		writes_count: 0,
		last_write_at: null,
		tests_total: 0,
		tests_failed: 0,
		test_fail_rate: null,
		last_test_failed_at: null,
		e2e_total: 0,
		e2e_failed: 0,
		e2e_fail_rate: null,
		consumer_apps_count: 0,
		violations_caused: 0,
		versions_count: 0,
		...fields,
	};
}
