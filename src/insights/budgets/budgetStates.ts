import { NANO } from "../../model/usage/usageTotals.ts";
import type { InsightSession, MessageColumns, UsageColumns } from "../columns.ts";
import { type Period, periodAround } from "../period.ts";
import type { Budget } from "./budget.ts";
import { openWindow } from "./fiveHours.ts";

/** What was spent of a budget. */
export interface BudgetState {
	readonly budget: Budget;
	/** That which `now` is in; null where no window of five hours is open. */
	readonly period: Period | null;
	/** As its limit is counted; US dollars for the messages that have a price. */
	readonly spent: number;
	/** Some messages have no price: more was spent. */
	readonly isPartial: boolean;
}

/** Linear in the number of messages for each. @param now ms since the epoch */
export function budgetStates(
	columns: UsageColumns,
	budgets: readonly Budget[],
	now: number,
): BudgetState[] {
	return budgets.map((budget) => stateOf(columns, budget, now));
}

function stateOf(columns: UsageColumns, budget: Budget, now: number): BudgetState {
	const { messages } = columns;
	const places = placesOf(columns, budget);
	const { per } = budget;
	const period =
		per === "fiveHours"
			? openWindow(
					places.map((at) => messages.times[at] ?? 0),
					now,
				)
			: periodAround(per, now);
	const countOf = budget.of === "usd" ? nanoUsdOf : tokensOf;
	let sum = 0;
	let isPartial = false;
	for (const at of places) {
		const ts = messages.times[at] ?? 0;
		if (period === null || ts < period.from || ts >= period.until) continue;
		const value = countOf(messages, at);
		if (Number.isNaN(value)) isPartial = true;
		else sum += value;
	}
	return { budget, period, spent: budget.of === "usd" ? sum / NANO : sum, isPartial };
}

/** NaN without a price. */
function nanoUsdOf({ nanoUsd }: MessageColumns, at: number): number {
	return nanoUsd[at] ?? Number.NaN;
}

function tokensOf(messages: MessageColumns, at: number): number {
	const { tokensIn, tokensOut, cacheRead, cacheWrite } = messages;
	return [tokensIn, tokensOut, cacheRead, cacheWrite].reduce(
		(sum, column) => sum + (column[at] ?? 0),
		0,
	);
}

/** Places of the messages that a budget is about. */
function placesOf(columns: UsageColumns, budget: Budget): number[] {
	const { messages, actors, sessions } = columns;
	const passes = sessions.map((session) => isAbout(columns, budget, session));
	const places: number[] = [];
	for (let at = 0; at < messages.length; at++) {
		const session = actors[messages.actors[at] ?? -1]?.session ?? -1;
		if (passes[session] === true) places.push(at);
	}
	return places;
}

function isAbout(
	{ projects, clients }: UsageColumns,
	{ folder, client }: Budget,
	session: InsightSession,
): boolean {
	if (client !== undefined && clients.names[session.client] !== client) return false;
	const project = projects.names[session.project] ?? "";
	if (folder === undefined || project === folder) return true;
	return project.startsWith(folder) && /^[\\/]/.test(project.slice(folder.length));
}
