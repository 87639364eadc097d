import type { TranscriptClient } from "../ingest/transcripts/port.ts";
import type { TelemetryOptions } from "./api.ts";
import { Sources } from "./sources.ts";
import type { TelemetryStore } from "./store.ts";

/** What the sources of one process are made from. */
export interface SourceSettings extends TelemetryOptions {
	readonly rotateAboveBytes?: number;
	/** Reads the transcripts; without one none are read. */
	readonly client?: TranscriptClient;
}

/** What differs between one use of the sources and another. */
export interface SourceUse {
	readonly store: TelemetryStore;
	/** Whether they live on, or are only to be read to their present end. */
	readonly isFollowing: boolean;
	/** Whether history of transcripts is read from the beginning on. */
	readonly readsHistory: boolean;
	/** ms since the epoch */
	readonly now: () => number;
	/** Whether this process holds the writer's lock. */
	readonly mayRotate: () => boolean;
	readonly onWritten: (events: number, functionIds: readonly string[] | null) => void;
	readonly onProgress: () => void;
	readonly onFailed: (error: unknown) => void;
}

/** Opens what the options name as sources of a store. Nothing is read before it is started. */
export function newSources(settings: SourceSettings, use: SourceUse): Sources {
	const { eventsFile, retentionDays, rotateAboveBytes, client, transcriptFolders = [] } = settings;
	const { mayRotate, isFollowing, readsHistory, onProgress, ...common } = use;
	const rotation = rotateAboveBytes === undefined ? {} : { rotateAboveBytes };
	const hasTranscripts = client !== undefined && transcriptFolders.length > 0;
	return new Sources({
		log: { ...common, ...rotation, eventsFile, retentionDays, mayRotate },
		transcripts: hasTranscripts
			? { ...common, client, folders: transcriptFolders, readsHistory, isFollowing, onProgress }
			: null,
	});
}
