import type { FunctionStats } from "../../telemetry/figures.ts";

/** Every column of the view, in its order; the type makes sure that none is missing. */
const COLUMNS = Object.keys({
	function_id: 0,
	calls_total: 0,
	calls_24h: 0,
	calls_7d: 0,
	calls_30d: 0,
	calls_90d: 0,
	last_used_at: 0,
	errors_total: 0,
	error_rate: 0,
	last_error_ts: 0,
	mean_duration_ms: 0,
	p50_duration_ms: 0,
	p95_duration_ms: 0,
	p99_duration_ms: 0,
	writes_count: 0,
	last_write_at: 0,
	tests_total: 0,
	tests_failed: 0,
	test_fail_rate: 0,
	last_test_failed_at: 0,
	e2e_total: 0,
	e2e_failed: 0,
	e2e_fail_rate: 0,
	consumer_apps_count: 0,
	violations_caused: 0,
	versions_count: 0,
} satisfies Record<keyof FunctionStats, 0>) as (keyof FunctionStats)[];

/** As JSON: an array of the view's rows, times in ms since the epoch. */
export function statsJson(rows: readonly FunctionStats[]): string {
	return `${JSON.stringify(rows, COLUMNS, "\t")}\n`;
}

/**
 * As CSV (RFC 4180): a header, times as ISO 8601 in UTC, nothing where a figure is unknown. Text
 * that a spreadsheet would run as a formula gets an apostrophe in front.
 */
export function statsCsv(rows: readonly FunctionStats[]): string {
	const lines = rows.map((row) => COLUMNS.map((column) => cell(column, row[column])));
	return [COLUMNS, ...lines].map((cells) => `${cells.join(",")}\r\n`).join("");
}

function cell(column: string, value: string | number | null): string {
	if (value === null) return "";
	if (typeof value === "string") return quote(/^[=+\-@\t\r]/.test(value) ? `'${value}` : value);
	return /_(at|ts)$/.test(column) ? new Date(value).toISOString() : String(value);
}

function quote(text: string): string {
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
