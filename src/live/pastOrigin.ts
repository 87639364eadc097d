import type { AgentEvent, EventName } from "../model/events/events.ts";
import { eventsInLog, readEvents } from "./reading/readEvents.ts";
import type { StartReading } from "./reading/transcriptReading.ts";

/** Where all that is shown of a session that is over comes from. */
export interface PastOrigin {
	readonly kind: "transcripts" | "database" | "log";
	readonly startReading: StartReading;
}

/** What can be asked for a session that is over. */
export interface PastArchive {
	/** Whether the transcript of a session is still there. */
	hasTranscript(session: string): Promise<boolean>;
	/** Reads transcripts. */
	readonly startReading: StartReading;
	/** What the database tells of a session, in parts; nothing where there is no database. */
	eventsInDatabase(session: string): AsyncIterable<readonly AgentEvent[]>;
	/** The event log; empty for none. */
	readonly eventsFile: string;
}

/** What tells of a session that there was one, and of nothing that was done in it. */
const BARE: ReadonlySet<EventName> = new Set([
	"session_start",
	"session_end",
	"prompt",
	"turn_end",
]);

/**
 * Finds what tells most of a session: its transcripts, which clients remove after some weeks; else the
 * rows that were made of them and of the log; else, where the rows were removed, the log.
 */
export async function pastOriginOf(archive: PastArchive, session: string): Promise<PastOrigin> {
	if (await archive.hasTranscript(session)) {
		return { kind: "transcripts", startReading: archive.startReading };
	}
	const inDatabase: PastOrigin = {
		kind: "database",
		startReading: readEvents(() => archive.eventsInDatabase(session)),
	};
	if (archive.eventsFile === "" || !(await isBare(archive.eventsInDatabase(session)))) {
		return inDatabase;
	}
	const lines = await eventsInLog(archive.eventsFile, session);
	if (lines.every(({ event }) => BARE.has(event))) return inDatabase;
	return { kind: "log", startReading: readEvents(() => inOnePart(lines)) };
}

/** Whether nothing that was done is told; asks for no more than it takes to know. */
async function isBare(parts: AsyncIterable<readonly AgentEvent[]>): Promise<boolean> {
	for await (const events of parts) {
		if (events.some(({ event }) => !BARE.has(event))) return false;
	}
	return true;
}

async function* inOnePart(events: readonly AgentEvent[]): AsyncGenerator<readonly AgentEvent[]> {
	yield events;
}
