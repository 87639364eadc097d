import type { BehindQuery, Insights, LookedUpCall } from "../../../insights/insights.ts";
import { formatCount, formatDateTime } from "../../../model/views/format.ts";
import type { InsightAnswers } from "../../../protocol/insightsMessages.ts";
import { button, el } from "../../parts/dom.ts";
import { below } from "./below.ts";
import { type CallHost, callList } from "./callsBehind.ts";

const SHOWN = 10;

interface FindingsHost extends CallHost {
	behind(what: BehindQuery["what"], id: string): Promise<readonly LookedUpCall[]>;
	script(patternHash: string): Promise<InsightAnswers["script"]["answer"]>;
	onFile(functionId: string): void;
}

interface Row {
	readonly name: string;
	readonly text: string;
	/** What the name opens: something below it, made when it is first asked for, or elsewhere. */
	readonly opens: (() => Promise<HTMLElement[]>) | (() => void) | null;
	/** Whether that is below it. */
	readonly isBelow: boolean;
}

/** Flaky tests, broken rules, scripts that come back, and functions that nobody calls. */
export function findings(
	{ flakyTests, violations, patterns, orphans }: Insights,
	host: FindingsHost,
): HTMLElement[] {
	const calls = async (what: BehindQuery["what"], id: string) => [
		callList(await host.behind(what, id), host),
	];
	return [
		list(
			"Flaky tests",
			"passed and failed without a change between",
			flakyTests.map(({ testId, functionId, runs, failed }) => ({
				name: testId,
				text: `${failed} of ${formatCount(runs, "run")} failed${functionId === null ? "" : `, of ${functionId}`}`,
				opens: () => calls("test", testId),
				isBelow: true,
			})),
			"No test passed and failed without a change between.",
		),
		list(
			"Violations",
			"broken rules",
			violations.map(({ ruleId, severity, count, sessions }) => ({
				name: ruleId,
				text: `${severity}, ${formatCount(count, "time")} in ${formatCount(sessions, "session")}`,
				opens: () => calls("violation", ruleId),
				isBelow: true,
			})),
			"No rule was broken.",
		),
		list(
			"Repeated scripts",
			"written again and again",
			patterns.map(({ kind, patternHash, occurrences, sessions, lastTs }) => ({
				name: `${kind || "script"} ${patternHash.slice(0, 8)}`,
				text: `${formatCount(occurrences, "time")} in ${formatCount(sessions, "session")}, last ${formatDateTime(lastTs).slice(0, 10)}`,
				opens: async () => [
					scriptText(await host.script(patternHash), host.canOpen),
					...(await calls("pattern", patternHash)),
				],
				isBelow: true,
			})),
			"No script was written twice.",
		),
		list(
			"Never called",
			"known to the index or lying there as skills, called by nobody",
			orphans.map((id) => ({
				name: id,
				text: "",
				opens: host.canOpen && !id.startsWith("skill:") ? () => host.onFile(id) : null,
				isBelow: false,
			})),
			"Every function that the index knows was called, or there is no index yet.",
		),
	];
}

/** Text from a transcript, shown and kept nowhere. */
function scriptText(found: InsightAnswers["script"]["answer"], canOpen: boolean): HTMLElement {
	if (found !== null)
		return el("pre", { class: "script", text: found.text, attrs: { tabindex: "0" } });
	const text = canOpen
		? "No transcript has it any more: clients remove them after some weeks."
		: "Scripts are shown in an editor only.";
	return el("p", { class: "dim", text });
}

function list(title: string, note: string, rows: readonly Row[], empty: string): HTMLElement {
	const left = rows.length - SHOWN;
	return el(
		"section",
		{ class: "group", attrs: { "aria-label": title } },
		el("h3", { text: title }, " ", el("span", { class: "dim", text: note })),
		rows.length === 0
			? el("p", { class: "dim", text: empty })
			: el("ul", {}, ...rows.slice(0, SHOWN).map(item)),
		...(left > 0 ? [el("p", { class: "dim", text: `and ${left} more` })] : []),
	);
}

function item({ name, text, opens, isBelow }: Row): HTMLElement {
	const words = el("span", { class: "dim", text });
	if (opens === null)
		return el("li", {}, el("span", { class: "name", text: name, title: name }), words);
	const label = (act: () => void): HTMLButtonElement =>
		button(name, { class: "name", title: name }, act);
	if (!isBelow)
		return el(
			"li",
			{},
			label(() => void opens()),
			words,
		);
	const made = below(name, label, async () => (await opens()) ?? []);
	return el("li", {}, made.label, words, made.root);
}
