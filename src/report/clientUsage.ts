import type { Insights } from "../insights/insights.ts";
import type { NamedUsage } from "../insights/usageFigures.ts";

/** Usage by client, each named as its makers write it. */
export function clientUsage({ usage, names }: Insights): NamedUsage[] {
	const titles = new Map(names.clients.map((client, at) => [client, names.clientTitles[at]]));
	return usage.clients.map((row) => ({ ...row, name: titles.get(row.name) ?? row.name }));
}
