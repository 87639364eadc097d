import { clientTitle } from "../../ingest/clients/clientIdentities.ts";
import { formatTokens } from "../../model/views/format.ts";
import type { UsageFacts, UsageSums } from "../../telemetry/figures.ts";
import { allTokens, costText, otherPriceText } from "../../telemetry/queries/costText.ts";
import { code, table } from "../reportMarkdown.ts";

/** Tokens and cost in Show Status, as Markdown. */
export function usageReport(usage: UsageFacts): string {
	if (usage.all.messages === 0) return "### Tokens and cost\n\nNo transcript has been read yet.\n";
	return [
		"### Tokens and cost\n",
		totals("", [
			["today", usage.today],
			["7 days", usage.last7Days],
			["30 days", usage.last30Days],
			["all", usage.all],
		]),
		totals(
			"model",
			usage.models.map((each) => [code(each.model), each]),
		),
		...clientTotals(usage),
		withoutPrice(usage.modelsWithoutPrice),
		"### Dearest sessions\n",
		table(
			["session", "folder", "tokens", "cost"],
			usage.topSessions.map((each) => [
				code(each.sessionId),
				code(each.cwd ?? ""),
				formatTokens(allTokens(each)),
				costText(each),
			]),
		),
	].join("\n");
}

/** No table where all is one client's. */
function clientTotals({ clients }: UsageFacts): string[] {
	const differences = clients.flatMap((each) => {
		const text = otherPriceText(each);
		return text === "" ? [] : [`${code(clientTitle(each.client))}: ${text}.\n`];
	});
	if (clients.length < 2) return differences;
	return [
		...differences,
		totals(
			"client",
			clients.map((each) => [code(clientTitle(each.client)), each]),
		),
	];
}

function totals(head: string, rows: readonly (readonly [string, UsageSums])[]): string {
	return table(
		[head, "messages", "input", "output", "cache read", "cache write", "cost"],
		rows.map(([name, each]) => [
			name,
			each.messages.toLocaleString("en-US"),
			...[each.tokensIn, each.tokensOut, each.cacheRead, each.cacheWrite].map(formatTokens),
			costText(each),
		]),
	);
}

function withoutPrice(models: readonly string[]): string {
	if (models.length === 0) return "";
	return `No price is known for ${models.map(code).join(", ")}: what they cost is not counted.\n`;
}
