import { csvLine } from "../insights/csvLine.ts";
import type { NamedUsage } from "../insights/usageFigures.ts";
import { formatDateTime } from "../model/views/format.ts";
import { clientUsage } from "./clientUsage.ts";
import type { PeriodReport } from "./report.ts";

const HEAD = [
	"grouping",
	"name",
	"cost_usd",
	"tokens_in",
	"tokens_out",
	"cache_read",
	"cache_write",
	"messages",
	"messages_without_price",
];
const FUNCTION_HEAD = [
	"grouping",
	"name",
	"calls",
	"errors",
	"error_rate",
	"interrupted",
	"mean_ms",
	"p50_ms",
	"p95_ms",
	"p99_ms",
	"last_used_at",
];

/** Usage by every grouping, then functions: two tables with an empty line between (RFC 4180). */
export function reportCsv({ insights, failing, slowest }: PeriodReport): string {
	const { usage } = insights;
	const groups: [string, readonly NamedUsage[]][] = [
		[insights.query.grain, usage.over.filter(({ messages }) => messages > 0)],
		["project", usage.projects],
		["model", usage.models],
		["agent_type", usage.agentTypes],
		["client", clientUsage(insights)],
		["session", usage.sessions],
	];
	const functions = [
		...failing.map((row) => ["failing", row] as const),
		...slowest.map((row) => ["slowest", row] as const),
	];
	return [
		csvLine(HEAD),
		...groups.flatMap(([name, rows]) => rows.map((row) => usageLine(name, row))),
		"",
		csvLine(FUNCTION_HEAD),
		...functions.map(([name, row]) =>
			csvLine([
				name,
				row.functionId,
				row.calls,
				row.errors,
				row.errorRate,
				row.interrupted,
				row.meanMs,
				row.p50Ms,
				row.p95Ms,
				row.p99Ms,
				row.lastUsedAt === 0 ? null : formatDateTime(row.lastUsedAt),
			]),
		),
		"",
	].join("\r\n");
}

function usageLine(grouping: string, row: NamedUsage): string {
	return csvLine([
		grouping,
		row.name,
		row.costUsd,
		row.tokensIn,
		row.tokensOut,
		row.cacheRead,
		row.cacheWrite,
		row.messages,
		row.messagesWithoutPrice,
	]);
}
