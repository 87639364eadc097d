import { formatCount } from "../../model/views/format.ts";
import type { TelemetryStore } from "../storage/store.ts";

/** Where to send what is recorded, and what of it may be told. */
export interface ExportSettings {
	/** Address of an OpenTelemetry collector; absent: as the environment says. */
	readonly endpoint?: string;
	/** `a=1,b=2`; may be secret. Absent: as the environment has them. */
	readonly headers?: string;
	/** `http/protobuf` or `http/json`; absent: as the environment says, else the first. */
	readonly protocol?: string;
	/** Of this program. */
	readonly version: string;
	readonly tellsUser: boolean;
	readonly tellsRepositories: boolean;
}

/** How a request is tried again, and how the trying is ended. */
export interface Courier {
	/** Waits, and rejects when the export is to end. */
	readonly wait: (ms: number) => Promise<void>;
	/** From 0 up to 1. */
	readonly random: () => number;
	readonly signal: AbortSignal;
	/** How often a request is sent at most. */
	readonly attempts: number;
	/** Told before each wait. */
	readonly onTrouble: (text: string) => void;
}

interface ExportCounts {
	readonly spans: number;
	readonly requests: number;
	/** Spans that the receiver did not take. */
	readonly rejected: number;
	/** Points of metrics that it did not take. */
	readonly rejectedPoints: number;
}

/** What the receiver did not take, in words; empty where it took everything. */
export function notTakenText({ rejected, rejectedPoints }: ExportCounts): string {
	return [
		...(rejected > 0 ? [formatCount(rejected, "span")] : []),
		...(rejectedPoints > 0 ? [`${formatCount(rejectedPoints, "point")} of metrics`] : []),
	].join(" and ");
}

/** What was sent in one go. */
export interface ExportFigures extends ExportCounts {
	/** False where something of a session is too young to be sent. */
	readonly isWhole: boolean;
}

/** One export of what a database holds. Times are ms since the epoch. */
export interface SingleExport {
	readonly databaseFile: string;
	readonly settings: ExportSettings;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly courier: Courier;
	/** Sessions that were heard of last before it are not sent, and metrics count from then on. */
	readonly since: number;
	readonly now: number;
}

/** An error's `code` where the settings or the environment make no sense. */
export const BAD_TARGET = "ERR_EXPORT_TARGET";

/** What has come of it since it was turned on. Times are ms since the epoch. */
export interface ExportProgress extends ExportCounts {
	readonly url: string;
	readonly sentAt: number | null;
	/** What keeps it from sending, in a sentence. */
	readonly trouble: string | null;
}

/** The telemetry as an exporter sees it. */
export interface ExportSource {
	readonly databaseFile: string;
	/** The database as it is now. */
	store(): TelemetryStore;
	isWriter(): boolean;
	/** Another number whenever rows were written. */
	written(): number;
	/** ms since the epoch */
	now(): number;
}

export interface Exporting {
	progress(): ExportProgress;
	dispose(): Promise<void>;
}

/** What the bundle beside the worker's exports, which is loaded only when it is asked for. */
export interface Exporter {
	/**
	 * Sends what is written, as long as it goes on.
	 *
	 * @throws Error {@link BAD_TARGET}
	 */
	startExport(
		source: ExportSource,
		settings: ExportSettings,
		env: Readonly<Record<string, string | undefined>>,
	): Exporting;
	/**
	 * Sends what was not sent.
	 *
	 * @throws Error {@link BAD_TARGET}, or with another `code` where the receiver cannot be had
	 */
	exportOnce(store: TelemetryStore, what: SingleExport): Promise<ExportFigures>;
}
