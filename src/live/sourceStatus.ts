import type { TailStatus } from "../ingest/eventTail.ts";
import { formatCount } from "../model/views/format.ts";
import type { Connection, FeedPhase, SourceStatus } from "../protocol/messages.ts";

/** How a graph stands with where its events come from. */
interface SourceFacts {
	readonly eventsFile: string;
	/** How the log is read. */
	readonly tail: TailStatus;
	readonly phase: FeedPhase;
	/** null where none are read; their status is null before the first was looked for. */
	readonly transcripts: { readonly status: { readonly files: number } | null } | null;
}

/** What the badge and the status bar say about where the events come from. */
export function describeSource(facts: SourceFacts, isDemo: boolean): SourceStatus {
	const { phase } = facts;
	if (isDemo) {
		return { connection: "connected", source: "demo", phase, message: "Playing the demo." };
	}
	const [connection, message] = describeLog(facts);
	return { connection, source: "log", phase, message };
}

function describeLog({ eventsFile, tail, transcripts }: SourceFacts): [Connection, string] {
	const files = transcripts?.status?.files ?? 0;
	switch (tail.state) {
		case "following":
			return ["connected", `Following ${eventsFile}`];
		case "reading":
			return ["connected", `Reading ${eventsFile}`];
		case "missing":
			if (files === 0) {
				return ["reconnecting", `Waiting for ${eventsFile}: no event has been written yet.`];
			}
			// Without hooks the transcripts tell all but starts and waits.
			return [
				"connected",
				`Following ${formatCount(files, "transcript")}; no hook has written to ${eventsFile} yet.`,
			];
		case "unreadable":
			return [
				"disconnected",
				`Cannot read ${eventsFile}: ${reasonOf(tail.error)}. Trying again every 2 s.`,
			];
	}
}

/** Error codes in words that say what to look for. */
function reasonOf(code: string): string {
	switch (code) {
		case "EACCES":
		case "EPERM":
			return "permission denied";
		case "EISDIR":
			return "it is a folder";
		case "ELOOP":
			return "its links go in a circle";
		case "EMFILE":
		case "ENFILE":
			return "too many files are open";
		default:
			return code;
	}
}
