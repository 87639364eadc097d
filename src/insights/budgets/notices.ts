import type { BudgetState } from "./budgetStates.ts";
import { shareOf, THRESHOLDS } from "./budgetText.ts";

/** What is to be said, and what has been said from then on. */
interface Notices {
	readonly say: readonly BudgetState[];
	/** Nothing of periods that are over. */
	readonly said: readonly string[];
}

/** Each budget that has passed 80 or 100 % since it was last said, once in a period, the higher one only. */
export function noticesOf(states: readonly BudgetState[], said: readonly string[]): Notices {
	const known = new Set(said);
	const passed = states.map((state) => ({ state, keys: keysOf(state) }));
	return {
		say: passed.filter(({ keys }) => keys.some((key) => !known.has(key))).map(({ state }) => state),
		said: passed.flatMap(({ keys }) => keys),
	};
}

function keysOf(state: BudgetState): string[] {
	const { budget, period } = state;
	if (period === null) return [];
	const passed = THRESHOLDS.filter((threshold) => shareOf(state) >= threshold);
	const { per, of, limit, folder = "", client = "" } = budget;
	return passed.map((threshold) =>
		JSON.stringify([per, of, limit, folder, client, period.from, threshold]),
	);
}
