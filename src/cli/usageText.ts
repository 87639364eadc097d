import { clientTitle } from "../ingest/clients/clientIdentities.ts";
import type { UsageFacts, UsageSums } from "../telemetry/figures.ts";
import { allTokens, costText, otherPriceText } from "../telemetry/queries/costText.ts";
import { printable, textTable } from "./textTable.ts";

/** Tokens and cost as blocks of text; none where no transcript has told of any. */
export function usageText(usage: UsageFacts): string[] {
	if (usage.all.messages === 0) return [];
	const models = usage.modelsWithoutPrice.map(printable).join(", ");
	return [
		totalsTable("tokens", [
			["today", usage.today],
			["7 days", usage.last7Days],
			["30 days", usage.last30Days],
			["all", usage.all],
		]),
		totalsTable(
			"model",
			usage.models.map((each) => [each.model, each]),
		),
		...clientTotals(usage),
		...(models === "" ? [] : [`no price is known for ${models}`]),
		textTable(
			["dearest sessions", "tokens", "cost", "folder"],
			usage.topSessions.map((each) => [
				each.sessionId,
				allTokens(each),
				costText(each),
				each.cwd ?? "",
			]),
		),
	];
}

/** No table where all is one client's. */
function clientTotals({ clients }: UsageFacts): string[] {
	const differences = clients.flatMap((each) => {
		const text = otherPriceText(each);
		return text === "" ? [] : [`${clientTitle(each.client)}: ${text}`];
	});
	if (clients.length < 2) return differences;
	const rows = clients.map((each) => [clientTitle(each.client), each] as const);
	return [totalsTable("client", rows), ...differences];
}

function totalsTable(head: string, rows: readonly (readonly [string, UsageSums])[]): string {
	return textTable(
		[head, "messages", "input", "output", "cache read", "cache write", "cost"],
		rows.map(([name, each]) => [
			name,
			each.messages,
			each.tokensIn,
			each.tokensOut,
			each.cacheRead,
			each.cacheWrite,
			costText(each),
		]),
	);
}
