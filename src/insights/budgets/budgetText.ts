import { formatCost, formatDateTime } from "../../model/views/format.ts";
import type { Budget, BudgetPeriod } from "./budget.ts";
import type { BudgetState } from "./budgetStates.ts";

/** Shares at which somebody is told. */
export const THRESHOLDS = [0.8, 1] as const;

const NAMES: Readonly<Record<BudgetPeriod, string>> = {
	day: "Day's budget",
	week: "Week's budget",
	month: "Month's budget",
	fiveHours: "Five-hour window",
};

/** "Month's budget", "Day's budget, shop, codex". */
export function budgetName({ per, folder, client }: Budget): string {
	const parts = [NAMES[per], folder?.split(/[\\/]/).at(-1), client];
	return parts.filter((part) => part !== undefined).join(", ");
}

/** 0 for nothing, 1 for all of it, and more. */
export function shareOf({ budget, spentUsd }: BudgetState): number {
	return spentUsd / budget.usd;
}

/** "82 %", "≥ 82 %" where something has no price. Rounded down: 100 % is all of it. */
export function shareText(state: BudgetState): string {
	return `${state.isPartial ? "≥ " : ""}${Math.floor(shareOf(state) * 100 + 1e-9)} %`;
}

/** "$54.00 of $300.00 left until 2026-12-01 00:00", "$4.10 over $20.00 until …". */
export function leftText(state: BudgetState): string {
	const { budget, period, spentUsd, isPartial } = state;
	if (period === null) return "no window is open; the next message begins one";
	const left = budget.usd - spentUsd;
	const most = isPartial ? "at most " : "";
	const words =
		left >= 0
			? `${most}${formatCost(left)} of ${formatCost(budget.usd)} left`
			: `${formatCost(-left, isPartial)} over ${formatCost(budget.usd)}`;
	return `${words} until ${formatDateTime(period.until).slice(0, 16)}`;
}
