import type { TranscriptClient } from "../../ingest/transcripts/port.ts";
import type { TelemetryOptions } from "../api.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { Sources } from "./sources.ts";
import type { FactSource, TranscriptIngestOptions } from "./transcriptIngest.ts";

/** What the sources of one process are made from. */
export interface SourceSettings extends TelemetryOptions {
	readonly rotateAboveBytes?: number;
	/** Reads the transcripts; without one none are read. */
	readonly client?: TranscriptClient;
	/** Tells facts from the calls of transcripts; without it none are told. */
	readonly facts?: FactSource;
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

/** Opens what the settings name as sources of a store. */
export function newSources(settings: SourceSettings, use: SourceUse): Sources {
	const { eventsFile, retentionDays, rotateAboveBytes } = settings;
	const { store, now, onWritten, onFailed, mayRotate } = use;
	const rotation = rotateAboveBytes === undefined ? {} : { rotateAboveBytes };
	return new Sources({
		log: {
			store,
			now,
			onWritten,
			onFailed,
			mayRotate,
			eventsFile,
			retentionDays,
			...rotation,
		},
		transcripts: transcriptOptions(settings, use),
	});
}

function transcriptOptions(
	{ client, facts, transcriptFolders: folders = [], retentionDays }: SourceSettings,
	{ store, now, isFollowing, readsHistory, onWritten, onProgress, onFailed }: SourceUse,
): TranscriptIngestOptions | null {
	if (client === undefined || folders.length === 0) return null;
	return {
		store,
		now,
		isFollowing,
		readsHistory,
		onWritten,
		onProgress,
		onFailed,
		client,
		folders,
		retentionDays,
		...(facts === undefined ? {} : { facts }),
	};
}
