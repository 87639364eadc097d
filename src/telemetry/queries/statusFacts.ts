import type { TelemetryFacts } from "../figures.ts";
import { fileProblems } from "../sources/lineProblems.ts";
import { lagOf } from "../sources/logLag.ts";
import { badLinesOf, linesSetAside } from "../storage/badLines.ts";
import { readMeta } from "../storage/meta.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { clientCounts } from "./clientCounts.ts";
import { lastSessions, rowCounts, topFunctions, waitCount } from "./queries.ts";
import { usageFacts } from "./usageQueries.ts";

type StoreFacts = Pick<
	TelemetryFacts,
	| "rows"
	| "ingestedBytes"
	| "lagBytes"
	| "topFunctions"
	| "sessions"
	| "usage"
	| "clients"
	| "badLines"
	| "transcriptProblems"
	| "setAside"
	| "migratedFrom"
	| "waits"
>;

/** What the database itself says of its state. */
export function factsOf(store: TelemetryStore, eventsFile: string, top: number): StoreFacts {
	return {
		...lagOf(store, eventsFile),
		rows: rowCounts(store),
		topFunctions: topFunctions(store, top),
		sessions: lastSessions(store),
		usage: usageFacts(store, Date.now()),
		clients: clientCounts(store),
		waits: waitCount(store),
		migratedFrom: Number(readMeta(store, "migrated_from") ?? 0),
		badLines: Object.entries(badLinesOf(store)).map(([kind, count]) => ({ kind, count })),
		transcriptProblems: fileProblems(store),
		setAside: linesSetAside(store),
	};
}
