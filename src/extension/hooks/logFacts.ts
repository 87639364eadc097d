import { HOOKED_CLIENTS } from "../../ingest/clients/hookedClients.ts";
import type { HealthFacts } from "../../installer/status/hookHealth.ts";
import type { EventStats } from "../../model/events/eventStats.ts";

/** What the event log tells of the hooks that write it. */
export function logFacts(
	stats: EventStats,
): Pick<HealthFacts, "lastEvents" | "olderAt" | "jqMissingAt"> {
	const { olderAt, hookErrors } = stats;
	return {
		lastEvents: new Map(
			HOOKED_CLIENTS.map(
				({ name }) => [name, lastOf(stats.toldOf(name).ownEvents)] as const,
			).filter(([, events]) => events.size > 0),
		),
		olderAt: olderAt === 0 ? null : olderAt,
		jqMissingAt: hookErrors.get("jq missing")?.lastAt ?? null,
	};
}

function lastOf(events: ReadonlyMap<string, { readonly lastAt: number }>): Map<string, number> {
	return new Map([...events].map(([name, { lastAt }]) => [name, lastAt]));
}
