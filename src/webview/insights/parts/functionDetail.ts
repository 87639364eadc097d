import type { NamedCalls } from "../../../insights/functionInsight.ts";
import type { LookedUpCall, OpenedFunction } from "../../../insights/insights.ts";
import { isFailure } from "../../../model/calls/mergeCalls.ts";
import { formatDateTime, formatDuration, UNKNOWN } from "../../../model/views/format.ts";
import { button, el } from "../../parts/dom.ts";
import { lineChart } from "../charts/lineChart.ts";
import { plainBars } from "../charts/plainBars.ts";
import { percentText } from "./headline.ts";

/** Width that charts of a block are drawn for. */
const CHART_PX = 420;

interface DetailHost {
	readonly canOpen: boolean;
	onClose(): void;
	onFile(functionId: string): void;
	/** How its last two versions differ. */
	onCompare(functionId: string): void;
	onCall(call: LookedUpCall): void;
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
				lineChart(
					over.map(({ figures }) => figures?.calls ?? 0),
					names,
					"Calls by day",
					(value) => Math.round(value).toLocaleString("en-US"),
					CHART_PX,
				),
			]),
			block("p95 by day", [
				lineChart(
					over.map(({ figures }) => figures?.p95Ms ?? null),
					names,
					"p95 by day",
					formatDuration,
					CHART_PX,
				),
			]),
			block("Errors", [counts(opened.errors, "No call failed.")]),
			block("By agent type", [callTable(opened.agentTypes)]),
			block("By model", [callTable(opened.models)]),
			block("Called right before", [counts(opened.before, "Nothing.")]),
			block("Called right after", [counts(opened.after, "Nothing.")]),
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
		block("Last calls", [lastCalls(opened.latest, host)]),
	);
	return root;
}

function block(title: string, content: readonly Node[]): HTMLElement {
	return el("div", { class: "block" }, el("h3", { text: title }), ...content);
}

function counts(rows: readonly { name: string; calls: number }[], empty: string): HTMLElement {
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
					el("th", { text: name, attrs: { scope: "row" } }),
					el("td", { text: calls.toLocaleString("en-US") }),
				),
			),
		),
	);
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

function callTable(rows: readonly NamedCalls[]): HTMLElement {
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
					el("th", { text: name || "unknown", attrs: { scope: "row" } }),
					el("td", { text: calls.toLocaleString("en-US") }),
					el("td", { text: percentText(errorRate) }),
					el("td", { text: ms(p95Ms) }),
				),
			),
		),
	);
}

function lastCalls(calls: readonly LookedUpCall[], { canOpen, onCall }: DetailHost): HTMLElement {
	const rows = calls.map((call) => {
		const { ts, durationMs } = call;
		const time = formatDateTime(ts);
		const first = canOpen
			? button(time, { class: "name", title: "Open its transcript at this call" }, () =>
					onCall(call),
				)
			: time;
		return el(
			"tr",
			{ class: isFailure(call) ? "failed" : "" },
			el("th", { attrs: { scope: "row" } }, first),
			el("td", { text: resultOf(call) }),
			el("td", { text: ms(durationMs) }),
			el("td", { text: call.agentId === null ? "orchestrator" : "agent" }),
		);
	});
	return el("table", { class: "plain-table" }, el("tbody", {}, ...rows));
}

/** Colour alone would not tell a failure. */
function resultOf(call: LookedUpCall): string {
	if (call.success === null) return "open";
	if (call.success) return "succeeded";
	return isFailure(call) ? `✕ ${call.errorClass ?? "failed"}` : "cut off";
}

function ms(value: number | null): string {
	return value === null ? UNKNOWN : formatDuration(value);
}
