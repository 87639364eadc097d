import { formatCost, formatDateTime, formatTokens } from "../../model/views/format.ts";
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
export function shareOf({ budget, spent }: BudgetState): number {
	return spent / budget.limit;
}

/** "$300.00", "20.0 M tokens". */
export function limitText({ of, limit }: Budget): string {
	return amountText(of, limit);
}

function amountText(of: Budget["of"], amount: number, isPartial = false): string {
	return of === "usd" ? formatCost(amount, isPartial) : `${formatTokens(amount)} tokens`;
}

/** "82 %", "≥ 82 %" where something has no price. Rounded down: 100 % is all of it. */
export function shareText(state: BudgetState): string {
	return `${state.isPartial ? "≥ " : ""}${Math.floor(shareOf(state) * 100 + 1e-9)} %`;
}

/** "$54.00 of $300.00 left until 2026-12-01 00:00", "400 k tokens over 20.0 M tokens until …". */
export function leftText(state: BudgetState): string {
	const { budget, period, spent, isPartial } = state;
	if (period === null) return "no window is open; the next message begins one";
	const { of, limit } = budget;
	const left = limit - spent;
	const most = isPartial ? "at most " : "";
	const words =
		left >= 0
			? `${most}${amountText(of, left)} of ${limitText(budget)} left`
			: `${amountText(of, -left, isPartial)} over ${limitText(budget)}`;
	return `${words} until ${formatDateTime(period.until).slice(0, 16)}`;
}
