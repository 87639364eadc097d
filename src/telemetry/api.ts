import type { TelemetryChange, TelemetryRole, TelemetryTrouble } from "./figures.ts";
import type { Asked } from "./worker/requests.ts";

export interface TelemetryOptions {
	/** Folder that holds telemetry.db and what belongs to it; made when missing. */
	readonly databaseFile: string;
	readonly eventsFile: string;
	readonly retentionDays: number;
	/** Folders of the client's transcripts, absolute; they need not exist. None by default. */
	readonly transcriptFolders?: readonly string[];
	/** False to read of transcripts only what runs; true by default. */
	readonly readsHistory?: boolean;
	/** The user's own rules for violations, as the setting has them; checked when used. */
	readonly rules?: unknown;
	/** SQLite file of registered functions, absolute; empty or absent where there is none. */
	readonly registry?: string;
	/**
	 * Somebody waits for what there is now: all cores are used, at full priority, and transcripts are
	 * looked for once.
	 */
	readonly isAwaited?: boolean;
	/** Longest time between a change and its being saved, ms; 10,000 by default. */
	readonly saveEveryMs?: number;
	/** Rows after which it is saved early; 5,000 by default. */
	readonly saveEveryRows?: number;
}

/**
 * The telemetry as the extension and the command line see it: all that can be asked, and what is
 * told without being asked. All work happens in a worker thread. Every promise is settled: on
 * success, or with a TelemetryError whose `reason` says why not; when the worker dies or is disposed
 * of, with `closed`.
 */
export interface Telemetry extends Asked {
	readonly role: TelemetryRole;
	readonly trouble: TelemetryTrouble | null;
	/** @returns a function that ends the subscription */
	onDidChange(listener: (change: TelemetryChange) => void): () => void;
	/** Saves, as far as time allows, and ends the worker. */
	dispose(): Promise<void>;
}
