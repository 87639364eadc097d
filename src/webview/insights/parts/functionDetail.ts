import type { InsightFilter } from "../../../insights/filter.ts";
import type { CallsWanted, NamedCalls } from "../../../insights/functionInsight.ts";
import type { LookedUpCall, OpenedFunction } from "../../../insights/insights.ts";
import { formatDateTime, formatDuration } from "../../../model/views/format.ts";
import { button, el } from "../../parts/dom.ts";
import { Latest } from "../latest.ts";
import { type CallHost, callList } from "./callsBehind.ts";
import { type ChartHost, dayChart, durationChart, ms } from "./functionCharts.ts";
import { percentText } from "./headline.ts";

interface DetailHost extends CallHost, ChartHost {
	onClose(): void;
	onFile(functionId: string): void;
	/** How its last two versions differ. */
	onCompare(functionId: string): void;
	/** Opens another one in its place. */
	onFunction(functionId: string): void;
	onNarrow(filter: InsightFilter): void;
	callsOf(wanted: CallsWanted): Promise<readonly LookedUpCall[]>;
	broke(rule: string, functionId: string): Promise<readonly LookedUpCall[]>;
}

/** What stands behind the row of one function. */
export function functionDetail(opened: OpenedFunction, host: DetailHost): HTMLElement {
	const { functionId, all } = opened;
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
	const calls = callBlock(opened, host);
	root.append(
		el(
			"div",
			{ class: "detail-grid" },
			durationChart(opened, all, host, (bar, text) => calls.narrow({ bar }, text)),
			dayChart(opened, host, {
				title: "Calls by day",
				of: (figures) => figures?.calls ?? 0,
				format: (value) => Math.round(value).toLocaleString("en-US"),
			}),
			dayChart(opened, host, {
				title: "p95 by day",
				of: (figures) => figures?.p95Ms ?? null,
				format: formatDuration,
			}),
			block("Errors", [
				counts(opened.errors, "No call failed.", (error) =>
					calls.narrow({ error }, `failed with ${error}`),
				),
			]),
			block("By agent type", [
				callTable(opened.agentTypes, (agentType) => host.onNarrow({ agentType })),
			]),
			block("By model", [callTable(opened.models, (model) => host.onNarrow({ model }))]),
			block("Called right before", [
				counts(opened.before, "Nothing.", (id) => host.onFunction(id)),
			]),
			block("Called right after", [counts(opened.after, "Nothing.", (id) => host.onFunction(id))]),
			block("Violations", [
				counts(opened.violations, "No rule was broken.", (rule) => calls.broke(rule)),
			]),
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
		calls.root,
	);
	return root;
}

/** Calls of the function: the last ones, or those of a mark that was chosen. */
function callBlock({ functionId, latest: lastCalls }: OpenedFunction, host: DetailHost) {
	const title = el("h3", { text: "Last calls", attrs: { tabindex: "-1" } });
	const list = el("div", {}, callList(lastCalls, host));
	const latest = new Latest();
	const show = async (calls: Promise<readonly LookedUpCall[]>, text: string): Promise<void> => {
		const made = calls.then(
			(some) => callList(some, host),
			(error: unknown) => el("p", { class: "problem", text: String(error) }),
		);
		const found = await latest.of(made);
		if (found === null) return;
		title.textContent = `Last calls ${text}`;
		list.replaceChildren(found);
		title.focus();
	};
	return {
		root: el("div", { class: "block" }, title, list),
		narrow: (wanted: Omit<CallsWanted, "functionId">, text: string): void =>
			void show(host.callsOf({ functionId, ...wanted }), text),
		broke: (rule: string): void => void show(host.broke(rule, functionId), `that broke ${rule}`),
	};
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
