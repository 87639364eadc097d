import type { TailStatus } from "../ingest/files/eventTail.ts";
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
export function describeSource(
	facts: SourceFacts,
	{ isDemo, areHooksReady }: { readonly isDemo: boolean; readonly areHooksReady: boolean },
): SourceStatus {
	const rest = { phase: facts.phase, areHooksReady };
	if (isDemo) {
		return { connection: "connected", source: "demo", message: "Playing the demo.", ...rest };
	}
	const [connection, message] = describeLog(facts, areHooksReady);
	return { connection, source: "log", message, ...rest };
}

function describeLog(
	{ eventsFile, tail, transcripts }: SourceFacts,
	areHooksReady: boolean,
): [Connection, string] {
	const files = transcripts?.status?.files ?? 0;
	switch (tail.state) {
		case "following":
			return ["connected", `Following ${eventsFile}`];
		case "reading":
			return ["connected", `Reading ${eventsFile}`];
		case "missing":
			if (files === 0) {
				const hooks = areHooksReady
					? "The hooks are ready: new sessions write to"
					: "No hook has written yet to";
				return ["waiting", `${hooks} ${eventsFile}.`];
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
