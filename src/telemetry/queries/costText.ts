import { formatCost, UNKNOWN } from "../../model/views/format.ts";
import type { PricedTwice, UsageSums } from "../figures.ts";

/** What it cost: in part, where some of the messages have no price; never a 0 for not known. */
export function costText(totals: Pick<UsageSums, "costUsd" | "messagesWithoutPrice">): string {
	const { costUsd, messagesWithoutPrice } = totals;
	if (costUsd === null) return messagesWithoutPrice === 0 ? UNKNOWN : "unknown price";
	return messagesWithoutPrice === 0 ? formatCost(costUsd) : `at least ${formatCost(costUsd)}`;
}

/** Tokens of every kind together. */
export function allTokens(totals: UsageSums): number {
	return totals.tokensIn + totals.tokensOut + totals.cacheRead + totals.cacheWrite;
}

/** Below it two figures are taken for one. */
const DIFFERENCE = 0.01;

/** What the price list says of what a client prices itself; empty where both say the same. */
export function otherPriceText({ ownUsd, listUsd }: PricedTwice): string {
	if (ownUsd === null || listUsd === null) return "";
	if (Math.abs(ownUsd - listUsd) <= DIFFERENCE * Math.max(ownUsd, listUsd)) return "";
	return `${formatCost(ownUsd)} by the client, ${formatCost(listUsd)} by the price list`;
}
