import type { BudgetState } from "../../../insights/budgets/budgetStates.ts";
import {
	budgetName,
	leftText,
	limitText,
	shareOf,
	shareText,
	THRESHOLDS,
} from "../../../insights/budgets/budgetText.ts";
import type { InsightQuery } from "../../../insights/insights.ts";
import { el } from "../../parts/dom.ts";

/** What was spent of each budget; nothing where there are none. */
export function budgetList(states: readonly BudgetState[]): HTMLElement {
	const items = states.map((state) => {
		const isHigh = shareOf(state) >= THRESHOLDS[0];
		return el(
			"div",
			{ class: isHigh ? "high" : "" },
			el("dt", { text: budgetName(state.budget) }),
			el("dd", { text: shareText(state) }),
			el("dd", { class: "note", text: leftText(state) }),
		);
	});
	return el("dl", { class: "headline budgets", attrs: { "aria-label": "Budgets" } }, ...items);
}

/** The budget of each bar of a chart: one for the same time and the same sessions; null where none is. */
export function budgetLimit(
	states: readonly BudgetState[],
	{ grain, filter }: InsightQuery,
): { value: number; text: string } | null {
	const { project, client, ...others } = filter;
	if (Object.values(others).some((each) => each !== undefined)) return null;
	const found = states.find(
		({ budget: { of, per, ...about } }) =>
			of === "usd" && per === grain && about.folder === project && about.client === client,
	);
	if (found === undefined) return null;
	const { budget } = found;
	return { value: budget.limit, text: `${budgetName(budget)} ${limitText(budget)}` };
}
