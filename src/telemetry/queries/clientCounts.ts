import type { ClientFiles } from "../../ingest/transcripts/clientsRead.ts";
import { formatCount } from "../../model/views/format.ts";
import type { TelemetryFacts } from "../figures.ts";
import type { FileProblems } from "../sources/lineProblems.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { problemWords } from "./problemTexts.ts";

/** Sessions and calls by client, most calls first. */
export function clientCounts(store: TelemetryStore): TelemetryFacts["clients"] {
	return store.all(
		`SELECT client, count(*) AS sessions, ifnull(sum(t.calls), 0) AS calls
			FROM sessions LEFT JOIN session_totals AS t USING (session_id)
			GROUP BY client ORDER BY calls DESC, client`,
	);
}

/** What a report says of one client. */
export interface ClientRow {
	readonly client: string;
	readonly title: string;
	readonly files: number;
	readonly sessions: number;
	readonly calls: number;
	/** Lines of its files that were not understood, by kind, most first. */
	readonly notUnderstood: readonly { readonly kind: string; readonly lines: number }[];
	/** That wrote its newest files. */
	readonly versions: readonly string[];
}

/** What was read of each client: of all that have files or are in the database. @param titleOf by short name */
export function clientRows(
	files: readonly ClientFiles[],
	counts: TelemetryFacts["clients"],
	problems: readonly FileProblems[],
	titleOf: (client: string) => string,
): ClientRow[] {
	const names = new Set([...files, ...counts].map(({ client }) => client));
	return [...names].map((client) => {
		const own = files.find((each) => each.client === client);
		const counted = counts.find((each) => each.client === client);
		return {
			client,
			title: titleOf(client),
			files: own?.files.length ?? 0,
			sessions: counted?.sessions ?? 0,
			calls: counted?.calls ?? 0,
			notUnderstood: byKind(problems, new Set(own?.files)),
			versions: own?.versions ?? [],
		};
	});
}

/** "2 lines: of a kind that is not known; 1 line: no JSON"; empty where all was understood. */
export function notUnderstoodText({ notUnderstood }: ClientRow): string {
	return notUnderstood
		.map(({ kind, lines }) => `${formatCount(lines, "line")}: ${problemWords(kind)}`)
		.join("; ");
}

function byKind(problems: readonly FileProblems[], files: ReadonlySet<string>) {
	const kinds = new Map<string, number>();
	for (const { path, kind, lines } of problems) {
		if (files.has(path)) kinds.set(kind, (kinds.get(kind) ?? 0) + lines);
	}
	return [...kinds].map(([kind, lines]) => ({ kind, lines })).sort((a, b) => b.lines - a.lines);
}
