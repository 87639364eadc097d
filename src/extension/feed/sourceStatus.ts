import type { TailStatus } from "../../ingest/eventTail.ts";
import type { SourceStatus } from "../../protocol/messages.ts";

/** How the feed stands with where its events come from. */
export interface SourceFacts {
	/** Of the event log. */
	readonly path: string;
	readonly tail: TailStatus;
	readonly isCaughtUp: boolean;
	readonly isDemo: boolean;
	/** Transcripts that are followed. */
	readonly transcripts: number;
}

/** What the badge and the status bar say about where the events come from. */
export function describeSource(facts: SourceFacts): SourceStatus {
	const { path, tail, isCaughtUp, isDemo, transcripts } = facts;
	const source = isDemo ? "demo" : "log";
	const catchingUp = !isDemo && !isCaughtUp;
	if (isDemo) {
		return { connection: "connected", source, catchingUp, message: "Playing the demo." };
	}
	switch (tail.state) {
		case "following":
			return { connection: "connected", source, catchingUp, message: `Following ${path}` };
		case "reading":
			return { connection: "connected", source, catchingUp, message: `Reading ${path}` };
		case "missing":
			// Without hooks the transcripts tell all but starts and waits.
			if (transcripts > 0) {
				return {
					connection: "connected",
					source,
					catchingUp,
					message: `Following ${transcripts} transcripts; no hook has written to ${path} yet.`,
				};
			}
			return {
				connection: "reconnecting",
				source,
				catchingUp,
				message: `Waiting for ${path}: no event has been written yet.`,
			};
		case "unreadable":
			// Trouble is told at once, whatever else is still being read.
			return {
				connection: "disconnected",
				source,
				catchingUp: false,
				message: `Cannot read ${path}: ${reasonOf(tail.error)}. Trying again every 2 s.`,
			};
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
