import type { FollowerStatus } from "../ingest/transcripts/transcriptFollower.ts";
import type { AgentEvent, LineProblem } from "../model/events/events.ts";

/** What the worker is started with. */
export interface WorkerInput {
	/** Folders of transcripts, absolute; they need not exist. */
	readonly folders: readonly string[];
	/** Only what was written to since then is part of the live picture; ms since the epoch. */
	readonly modifiedSince: number;
}

/** From the worker. No argument and no output of a call is in any of it. */
export type FromWorker =
	| {
			readonly kind: "events";
			/** Which of the folders the transcript lies in. */
			readonly folder: string;
			readonly events: readonly AgentEvent[];
			readonly problems: readonly LineProblem[];
	  }
	/** All of the sessions that run has been read; what follows is older, or new. */
	| { readonly kind: "current" }
	| { readonly kind: "status"; readonly status: FollowerStatus }
	| { readonly kind: "closed" };

/** To the worker. Each `events` is answered by a `taken`: it reads no faster than they are applied. */
export type ToWorker = { readonly kind: "taken" } | { readonly kind: "close" };
