import { LogLines } from "../../ingest/eventLog/logLines.ts";
import { EventTail } from "../../ingest/files/eventTail.ts";
import type { AgentEvent } from "../../model/events/events.ts";
import type { FeedSources } from "../graphSource.ts";
import type { StartReading } from "../reading/transcriptReading.ts";
import { PartGatherer, type RecordedPart } from "./partGatherer.ts";

interface SessionSources extends FeedSources {
	readonly session: string;
	readonly startReading: StartReading;
	/** Whether it goes on with what is told from now on. */
	readonly isFollowing: boolean;
}

/**
 * Hands over everything that log and transcripts tell of one session, and goes on with it.
 *
 * @returns ends it
 */
export function recordSession(
	sources: SessionSources,
	tell: (part: RecordedPart) => void,
): () => void {
	const gatherer = new PartGatherer(tell, ["log", "transcripts"]);
	const stops = [readLog(sources, gatherer), readTranscripts(sources, gatherer)];
	return () => {
		gatherer.dispose();
		for (const stop of stops) void stop();
	};
}

function readLog(
	{ eventsFile, session, isFollowing }: SessionSources,
	gatherer: PartGatherer,
): () => Promise<void> {
	if (eventsFile === "") {
		gatherer.noteRead("log");
		return async () => {};
	}
	const log = new LogLines();
	const tail = new EventTail(
		eventsFile,
		{
			line: (text) => {
				// Most lines are of others, and to find that out they need not be parsed.
				if (text.includes(session)) gatherer.add(own(log.read(text), session));
			},
			problem: () => {},
			status: ({ state }) => state !== "reading" && gatherer.noteRead("log"),
		},
		{ isFollowing },
	);
	if (!isFollowing) void tail.look();
	return () => tail.dispose();
}

function own(event: ReturnType<LogLines["read"]>, session: string): AgentEvent[] {
	return typeof event !== "string" && event.session === session ? [event] : [];
}

function readTranscripts(
	{ transcriptFolders, session, isFollowing, startReading }: SessionSources,
	gatherer: PartGatherer,
): () => Promise<void> {
	if (transcriptFolders.length === 0) {
		gatherer.noteRead("transcripts");
		return async () => {};
	}
	const reading = startReading(
		{ folders: transcriptFolders, modifiedSince: 0, isFollowing, session },
		{
			events: ({ events }) => gatherer.add(events.filter((each) => each.session === session)),
			current: () => gatherer.noteRead("transcripts"),
			status: () => {},
			// What was read until then is all there is.
			failed: () => gatherer.noteRead("transcripts"),
		},
	);
	return () => reading.dispose();
}
