import type { Insights } from "../../../insights/insights.ts";
import { formatCount, formatDateTime } from "../../../model/views/format.ts";
import { el } from "../../parts/dom.ts";

const SHOWN = 10;

/** Flaky tests, broken rules, scripts that come back, and functions that nobody calls. */
export function findings({ flakyTests, violations, patterns, orphans }: Insights): HTMLElement[] {
	return [
		list(
			"Flaky tests",
			"passed and failed without a change between",
			flakyTests.map(({ testId, functionId, runs, failed }) => [
				testId,
				`${failed} of ${formatCount(runs, "run")} failed${functionId === null ? "" : `, of ${functionId}`}`,
			]),
			"No test passed and failed without a change between.",
		),
		list(
			"Violations",
			"broken rules",
			violations.map(({ ruleId, severity, count, sessions }) => [
				ruleId,
				`${severity}, ${formatCount(count, "time")} in ${formatCount(sessions, "session")}`,
			]),
			"No rule was broken.",
		),
		list(
			"Repeated scripts",
			"written again and again",
			patterns.map(({ kind, patternHash, occurrences, sessions, lastTs }) => [
				`${kind || "script"} ${patternHash.slice(0, 8)}`,
				`${formatCount(occurrences, "time")} in ${formatCount(sessions, "session")}, last ${formatDateTime(lastTs).slice(0, 10)}`,
			]),
			"No script was written twice.",
		),
		list(
			"Never called",
			"known to the index, called by nobody",
			orphans.map((id) => [id, ""]),
			"Every function that the index knows was called, or there is no index yet.",
		),
	];
}

function list(
	title: string,
	note: string,
	rows: readonly (readonly [name: string, text: string])[],
	empty: string,
): HTMLElement {
	const left = rows.length - SHOWN;
	return el(
		"section",
		{ class: "group", attrs: { "aria-label": title } },
		el("h3", { text: title }, " ", el("span", { class: "dim", text: note })),
		rows.length === 0
			? el("p", { class: "dim", text: empty })
			: el(
					"ul",
					{},
					...rows
						.slice(0, SHOWN)
						.map(([name, text]) =>
							el(
								"li",
								{},
								el("span", { class: "name", text: name, title: name }),
								el("span", { class: "dim", text }),
							),
						),
				),
		...(left > 0 ? [el("p", { class: "dim", text: `and ${left} more` })] : []),
	);
}
