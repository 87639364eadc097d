import type { FollowerStatus } from "../../ingest/transcripts/transcriptFollower.ts";
import type { AgentEvent } from "../../model/events/events.ts";
import type { LineProblem } from "../../model/events/lineProblem.ts";

/** Which transcripts are read. */
export interface ReadingInput {
	/** Folders of transcripts, absolute; they need not exist. */
	readonly folders: readonly string[];
	/** Only what was written to since then, ms since the epoch. */
	readonly modifiedSince: number;
	/** False to read all of it once. */
	readonly isFollowing: boolean;
	/** Only the transcripts of this session and its agents. */
	readonly session?: string;
}

/** What a slice of one transcript said. No argument and no output of a call is in it. */
export interface TranscriptEvents {
	/** Which of the folders the transcript lies in. */
	readonly folder: string;
	readonly events: readonly AgentEvent[];
	readonly problems: readonly LineProblem[];
}

export interface ReadingListener {
	/** In the order of each file; of several files in any order. Read on once it is done. */
	events(slice: TranscriptEvents): void | Promise<void>;
	/** All of the sessions that run has been handed over; what follows is older, or new. */
	current(): void;
	status(status: FollowerStatus): void;
	/** It ended by itself; nothing will come any more. */
	failed(message: string): void;
}

/** Transcripts that are read, in the thread of whoever listens or in one of their own. */
export interface TranscriptReading {
	dispose(): Promise<void>;
}

export type StartReading = (input: ReadingInput, listener: ReadingListener) => TranscriptReading;
