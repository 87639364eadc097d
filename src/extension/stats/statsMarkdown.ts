import type { FunctionDetail, FunctionStats } from "../../telemetry/figures.ts";
import type { FunctionKind } from "../../telemetry/tables/functionId.ts";
import { code, table } from "../reportMarkdown.ts";
import { detailSections } from "./detailSections.ts";
import { figures, formatMs, formatRate, formatTime, KIND_TEXTS } from "./statsText.ts";

/** One function with everything that is known of it, as Markdown. */
export function functionMarkdown(stats: FunctionStats, detail: FunctionDetail | null): string {
	const sections = detail === null ? [] : detailSections(detail);
	return [
		`## ${code(stats.function_id)}\n`,
		table(
			["", ""],
			figures(stats).map(([name, value]) => [name, value]),
		),
		...sections.flatMap(({ label, rows }) => [
			`### ${label}\n`,
			`${rows.map((row) => `- ${code(row.label)} ${row.description}`.trimEnd()).join("\n")}\n`,
		]),
	].join("\n");
}

/** The functions of a group as a Markdown table. */
export function groupMarkdown(kind: FunctionKind, functions: readonly FunctionStats[]): string {
	const head = ["function", "calls", "errors", "error rate", "p50", "p95", "last used"];
	const rows = functions.map((stats) => [
		code(stats.function_id),
		stats.calls_total,
		stats.errors_total,
		formatRate(stats.error_rate),
		formatMs(stats.p50_duration_ms),
		formatMs(stats.p95_duration_ms),
		formatTime(stats.last_used_at),
	]);
	return `## ${KIND_TEXTS[kind].label}\n\n${table(head, rows)}`;
}
