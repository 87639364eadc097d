import { formatCount, formatDateTime, formatDuration } from "../../model/views/format.ts";
import type { FunctionStats } from "../../telemetry/figures.ts";
import type { FunctionKind } from "../../telemetry/tables/functionId.ts";
import type { SortKey } from "./statsSort.ts";

/** What a group is called, and what its functions are. */
export const KIND_TEXTS: Readonly<Record<FunctionKind, { label: string; meaning: string }>> = {
	registry: { label: "Registered", meaning: "Functions of the registry and of the source files" },
	mcp: { label: "MCP", meaning: "Tools that MCP servers provide" },
	skill: { label: "Skills", meaning: "Skills that were invoked" },
	agent: { label: "Agents", meaning: "Launches of agents, by their type" },
	bash: { label: "Bash", meaning: "Programs that were run in a shell" },
	tool: { label: "Tools", meaning: "Tools that the agents' client brings along" },
};

const NONE = "–";
/** A rate says little about a few calls. */
const ENOUGH_CALLS = 20;
const TOO_MANY_ERRORS = 0.2;

/** True when a function fails so often that someone should look at it. */
export function isFailing({ calls_total, error_rate }: FunctionStats): boolean {
	return calls_total >= ENOUGH_CALLS && (error_rate ?? 0) > TOO_MANY_ERRORS;
}

/** Calls and error rate, and the figure that the rows are sorted by when it is another. */
export function functionDescription(stats: FunctionStats, sort: SortKey): string {
	const parts = [
		formatCount(stats.calls_total, "call"),
		// A function that only an app's checks or a registry names was never called.
		...(stats.calls_total > 0 ? [`${formatRate(stats.error_rate)} errors`] : []),
		...(stats.writes_count > 0 ? [writtenByAgents(stats.writes_count)] : []),
		...(sort === "p95" ? [`p95 ${formatMs(stats.p95_duration_ms)}`] : []),
		...(sort === "lastUsed" ? [formatTime(stats.last_used_at)] : []),
	];
	return parts.join(" · ");
}

/** "written by agents 3 times" */
function writtenByAgents(count: number): string {
	return `written by agents ${formatCount(count, "time")}`;
}

/** All columns of function_stats, in lines of plain text. */
export function functionTooltip(stats: FunctionStats): string {
	return [stats.function_id, ...figures(stats).map(([name, value]) => `${name}: ${value}`)].join(
		"\n",
	);
}

/** All columns of function_stats in words; what never happened takes one word. */
export function figures(stats: FunctionStats): readonly (readonly [string, string])[] {
	const calls = [stats.calls_24h, stats.calls_7d, stats.calls_30d, stats.calls_90d];
	return [
		["calls", stats.calls_total.toLocaleString("en-US")],
		["last 24 h / 7 / 30 / 90 days", calls.map((n) => n.toLocaleString("en-US")).join(" / ")],
		["last used", formatTime(stats.last_used_at)],
		["errors", share(stats.errors_total, stats.error_rate, stats.last_error_ts)],
		["mean duration", formatMs(stats.mean_duration_ms)],
		[
			"p50 / p95 / p99",
			[stats.p50_duration_ms, stats.p95_duration_ms, stats.p99_duration_ms]
				.map(formatMs)
				.join(" / "),
		],
		["writes", withTime(stats.writes_count, stats.last_write_at)],
		[
			"tests",
			stats.tests_total === 0
				? "none"
				: `${stats.tests_total}, failed ${share(stats.tests_failed, stats.test_fail_rate, stats.last_test_failed_at)}`,
		],
		[
			"end-to-end checks",
			stats.e2e_total === 0
				? "none"
				: `${stats.e2e_total}, failed ${share(stats.e2e_failed, stats.e2e_fail_rate, null)}`,
		],
		["apps that use it", countOrNone(stats.consumer_apps_count)],
		["violations", countOrNone(stats.violations_caused)],
		["versions", countOrNone(stats.versions_count)],
	];
}

/** @param rate 0 to 1; null where nothing could be counted */
export function formatRate(rate: number | null): string {
	if (rate === null) return NONE;
	const percent = rate * 100;
	// A rare error must not look like none.
	if (percent > 0 && percent < 0.1) return "<0.1 %";
	return `${Number(percent.toFixed(percent < 10 ? 1 : 0))} %`;
}

export function formatMs(ms: number | null): string {
	return ms === null ? NONE : formatDuration(ms);
}

export function formatTime(ms: number | null): string {
	return ms === null ? NONE : formatDateTime(ms);
}

/** "3, last 2026-03-05 14:07:31 (2.5 %)" */
function share(count: number, rate: number | null, lastAt: number | null): string {
	return count === 0 ? "none" : `${withTime(count, lastAt)} (${formatRate(rate)})`;
}

function withTime(count: number, lastAt: number | null): string {
	if (count === 0) return "none";
	const text = count.toLocaleString("en-US");
	return lastAt === null ? text : `${text}, last ${formatTime(lastAt)}`;
}

function countOrNone(count: number): string {
	return count === 0 ? "none" : count.toLocaleString("en-US");
}
