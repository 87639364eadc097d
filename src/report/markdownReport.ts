import { formatDateTime } from "../model/views/format.ts";
import { code, table } from "../sequences/texts/markdown.ts";
import type { PeriodReport, ReportTable } from "./report.ts";
import { headlines, tablesOf } from "./tables.ts";
import { periodText } from "./title.ts";

/** A report as Markdown. Names from outside are code spans. */
export function reportMarkdown(report: PeriodReport): string {
	return `${[
		"# Agents",
		`${plain(periodText(report))}. Made ${formatDateTime(report.generatedAt)}.`,
		headlines(report)
			.map(([label, value]) => `- ${label}: **${value}**`)
			.join("\n"),
		...tablesOf(report).map(section),
	].join("\n\n")}\n`;
}

function section({ title, head, rows, empty }: ReportTable): string {
	const body =
		rows.length === 0
			? empty
			: table(
					head,
					rows.map(([name = "", ...rest]) => [code(name), ...rest.map(plain)]),
				);
	return `## ${title}\n\n${body}`;
}

/** Text that holds no markup of its own, in one line. */
function plain(text: string): string {
	return text
		.replace(/[|`*_[\]\\\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, " ")
		.replaceAll("<", "&lt;")
		.replace(/\s+/g, " ");
}
