import type { InsightFilter } from "../../../insights/filter.ts";
import type { NamedCalls } from "../../../insights/functionInsight.ts";
import type { OpenedFunction } from "../../../insights/insights.ts";
import { formatDateTime, formatDuration, UNKNOWN } from "../../../model/views/format.ts";
import { button, el } from "../../parts/dom.ts";
import { lineChart } from "../charts/lineChart.ts";
import { plainBars } from "../charts/plainBars.ts";
import { type CallHost, callList } from "./callsBehind.ts";
import { percentText } from "./headline.ts";

/** Width that charts of a block are drawn for. */
const CHART_PX = 420;

interface DetailHost extends CallHost {
	onClose(): void;
	onFile(functionId: string): void;
	/** How its last two versions differ. */
	onCompare(functionId: string): void;
	/** Opens another one in its place. */
	onFunction(functionId: string): void;
	onNarrow(filter: InsightFilter): void;
	/** Narrows the page to a part of its period. */
	onPart(name: string): void;
}

/** What stands behind the row of one function. */
export function functionDetail(opened: OpenedFunction, host: DetailHost): HTMLElement {
	const { functionId, all, over, durations } = opened;
	const head = el(
		"div",
		{ class: "section-head" },
		el("h2", { text: functionId }),
		el("span", { class: "dim", text: all === null ? "not called in this period" : "" }),
		el(
			"div",
			{ class: "chart-actions" },
			...(host.canOpen
				? [button("Open File", { class: "quiet" }, () => host.onFile(functionId))]
				: []),
			...(host.canOpen && opened.versions.length > 1
				? [button("Compare Versions", { class: "quiet" }, () => host.onCompare(functionId))]
				: []),
			button("Close", { class: "quiet" }, () => host.onClose()),
		),
	);
	const root = el(
		"section",
		{ class: "panel wide detail", attrs: { "aria-label": functionId, tabindex: "-1" } },
		head,
	);
	if (all === null) return root;
	const names = over.map(({ name }) => name.slice(5));
	const onTake = (index: number): void => host.onPart(over[index]?.name ?? "");
	root.append(
		el(
			"div",
			{ class: "detail-grid" },
			block(`Durations: p50 ${ms(all.p50Ms)}, p95 ${ms(all.p95Ms)}, p99 ${ms(all.p99Ms)}`, [
				plainBars(
					durations.map(({ untilMs, calls }) => ({ name: formatDuration(untilMs), value: calls })),
					"Calls by duration",
				),
			]),
			block("Calls by day", [
				lineChart({
					values: over.map(({ figures }) => figures?.calls ?? 0),
					names,
					label: "Calls by day",
					format: (value) => Math.round(value).toLocaleString("en-US"),
					width: CHART_PX,
					onTake,
				}),
			]),
			block("p95 by day", [
				lineChart({
					values: over.map(({ figures }) => figures?.p95Ms ?? null),
					names,
					label: "p95 by day",
					format: formatDuration,
					width: CHART_PX,
					onTake,
				}),
			]),
			block("Errors", [counts(opened.errors, "No call failed.")]),
			block("By agent type", [
				callTable(opened.agentTypes, (agentType) => host.onNarrow({ agentType })),
			]),
			block("By model", [callTable(opened.models, (model) => host.onNarrow({ model }))]),
			block("Called right before", [
				counts(opened.before, "Nothing.", (id) => host.onFunction(id)),
			]),
			block("Called right after", [counts(opened.after, "Nothing.", (id) => host.onFunction(id))]),
			block("Violations", [counts(opened.violations, "No rule was broken.")]),
			block("Versions", [
				textList(
					opened.versions.map(({ ts, versionHash, source }) => [
						formatDateTime(ts).slice(0, 16),
						`${versionHash.slice(0, 8)}, ${SOURCES[source] ?? source}`,
					]),
					"No version is known.",
				),
			]),
			block("Tests", [
				textList(
					opened.tests.map(({ ts, testId, passed }) => [
						formatDateTime(ts).slice(0, 16),
						`${passed ? "passed" : "✕ failed"} ${testId === "*" ? "all of a run" : testId}`,
					]),
					"No test of it was seen.",
				),
			]),
		),
		block("Last calls", [callList(opened.latest, host)]),
	);
	return root;
}

function block(title: string, content: readonly Node[]): HTMLElement {
	return el("div", { class: "block" }, el("h3", { text: title }), ...content);
}

function counts(
	rows: readonly { name: string; calls: number }[],
	empty: string,
	onTake: ((name: string) => void) | null = null,
): HTMLElement {
	if (rows.length === 0) return el("p", { class: "dim", text: empty });
	return el(
		"table",
		{ class: "plain-table" },
		el(
			"tbody",
			{},
			...rows.map(({ name, calls }) =>
				el(
					"tr",
					{},
					el("th", { attrs: { scope: "row" } }, taken(name, onTake)),
					el("td", { text: calls.toLocaleString("en-US") }),
				),
			),
		),
	);
}

/** A name that leads to what it stands for. */
function taken(name: string, onTake: ((name: string) => void) | null): Node | string {
	if (onTake === null || name === "") return name || "unknown";
	return button(name, { class: "name", title: name }, () => onTake(name));
}

/** Where a version was seen. */
const SOURCES: Readonly<Record<string, string>> = {
	index: "found in the files",
	edit_hook: "written by an agent",
	copy_detected: "a copy of another function",
};

function textList(rows: readonly (readonly [string, string])[], empty: string): HTMLElement {
	if (rows.length === 0) return el("p", { class: "dim", text: empty });
	return el(
		"table",
		{ class: "plain-table" },
		el(
			"tbody",
			{},
			...rows.map(([name, text]) =>
				el("tr", {}, el("th", { text: name, attrs: { scope: "row" } }), el("td", { text })),
			),
		),
	);
}

function callTable(rows: readonly NamedCalls[], onTake: (name: string) => void): HTMLElement {
	return el(
		"table",
		{ class: "plain-table" },
		el(
			"thead",
			{},
			el(
				"tr",
				{},
				...["", "calls", "failed", "p95"].map((text) =>
					el("th", { text, attrs: { scope: "col" } }),
				),
			),
		),
		el(
			"tbody",
			{},
			...rows.map(({ name, calls, errorRate, p95Ms }) =>
				el(
					"tr",
					{},
					el("th", { attrs: { scope: "row" } }, taken(name, onTake)),
					el("td", { text: calls.toLocaleString("en-US") }),
					el("td", { text: percentText(errorRate) }),
					el("td", { text: ms(p95Ms) }),
				),
			),
		),
	);
}

function ms(value: number | null): string {
	return value === null ? UNKNOWN : formatDuration(value);
}
