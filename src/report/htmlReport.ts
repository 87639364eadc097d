import type { Insights } from "../insights/insights.ts";
import { formatCost, formatDateTime } from "../model/views/format.ts";
import { barChart, heatMap } from "./charts.ts";
import { escapeHtml } from "./escape.ts";
import type { PeriodReport, ReportTable } from "./report.ts";
import { STYLE } from "./style.ts";
import { headlines, tablesOf } from "./tables.ts";
import { periodText } from "./title.ts";

/**
 * A report as one HTML file that needs no other, runs no script and asks no server for anything.
 *
 * @param styleHash of {@link STYLE}, which is all that its policy lets in: base64 of its SHA-256
 */
export function reportHtml(report: PeriodReport, styleHash: string): string {
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${styleHash}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Agents, ${escapeHtml(periodText(report))}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Agents</h1>
<p class="sub">${escapeHtml(periodText(report))}. Made ${escapeHtml(formatDateTime(report.generatedAt))} by Agent Live Graph ${escapeHtml(report.version)}.</p>
<dl class="headlines">${headlines(report).map(headline).join("")}</dl>
${charts(report.insights)}
${tablesOf(report).map(section).join("\n")}
</main>
</body>
</html>
`;
}

function headline([label, value]: [string, string]): string {
	return `<div><dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd></div>`;
}

function charts({ query, usage: { over, weekHours } }: Insights): string {
	const costs = over.map(({ name, costUsd }) => ({ name, value: costUsd ?? 0 }));
	const hours = weekHours.map(({ tokensOut }) => tokensOut);
	return `<div class="charts">
<figure><figcaption>Cost by ${query.grain}</figcaption>${barChart(costs, (value) => formatCost(value))}</figure>
<figure><figcaption>Tokens written, by hour of the week</figcaption>${heatMap(hours)}</figure>
</div>`;
}

function section({ title, head, rows, empty, bars }: ReportTable): string {
	const heading = `<h2>${escapeHtml(title)}</h2>`;
	if (rows.length === 0)
		return `<section>${heading}<p class="sub">${escapeHtml(empty)}</p></section>`;
	const cells = head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join("");
	const body = rows
		.map((row, at) => {
			const [name = "", ...rest] = row;
			const bar = bars === undefined ? "" : barOf(bars[at] ?? 0);
			return `<tr><th scope="row">${escapeHtml(name)}${bar}</th>${rest.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`;
		})
		.join("\n");
	return `<section>${heading}<div class="scroll"><table><thead><tr>${cells}</tr></thead><tbody>
${body}
</tbody></table></div></section>`;
}

/** A bar as wide as its share, drawn so that no style attribute is needed. */
function barOf(share: number): string {
	const width = Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
	return `<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="4"/></svg>`;
}
