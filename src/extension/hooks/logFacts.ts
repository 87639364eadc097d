import type { HealthFacts } from "../../installer/status/hookHealth.ts";
import type { EventStats } from "../../model/events/eventStats.ts";

/** What the event log tells of the hooks that write it. */
export function logFacts({
	ownEvents,
	olderAt,
	hookErrors,
}: EventStats): Pick<HealthFacts, "lastEvents" | "olderAt" | "jqMissingAt"> {
	return {
		lastEvents: new Map([...ownEvents].map(([name, { lastAt }]) => [name, lastAt])),
		olderAt: olderAt === 0 ? null : olderAt,
		jqMissingAt: hookErrors.get("jq missing")?.lastAt ?? null,
	};
}
