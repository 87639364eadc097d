import type { BudgetState } from "../../../insights/budgets/budgetStates.ts";
import {
	budgetName,
	leftText,
	shareOf,
	shareText,
	THRESHOLDS,
} from "../../../insights/budgets/budgetText.ts";
import type { InsightQuery } from "../../../insights/insights.ts";
import { formatCost } from "../../../model/views/format.ts";
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
		({ budget }) => budget.per === grain && budget.folder === project && budget.client === client,
	);
	if (found === undefined) return null;
	const { budget } = found;
	return { value: budget.usd, text: `${budgetName(budget)} ${formatCost(budget.usd)}` };
}
