import { keepE2eRuns } from "../e2e/e2eTable.ts";
import { keepIndexedFiles } from "../functions/indexedFiles.ts";
import { keepVersions } from "../functions/versionTable.ts";
import { keepDecisions } from "../learning/proposalTable.ts";
import type { Sources } from "../sources/sources.ts";
import { TelemetryError } from "../telemetryError.ts";
import type { TelemetryStore } from "./store.ts";

/** Steps in which progress is told. */
const STEP = 0.01;

export interface RebuildOptions {
	/** Reads all logs and transcripts into an empty store, and calls back after each batch. */
	readonly newIngest: (onWritten: () => void) => Sources;
	/** @param share of the bytes of all logs, 0 to 1 */
	readonly onProgress: (share: number) => void;
	readonly signal: AbortSignal;
}

/**
 * Reads every log and transcript from its beginning to its present end.
 *
 * @throws TelemetryError `cancelled`
 */
export async function readAllLogs(options: RebuildOptions): Promise<void> {
	const { newIngest, onProgress, signal } = options;
	let told = 0;
	const ingest = newIngest(() => {
		const { bytesDone, bytesTotal } = ingest.progress;
		const share = bytesTotal === 0 ? 1 : bytesDone / bytesTotal;
		// What is found only later makes the whole larger; what was told is not taken back.
		if (share < told + STEP) return;
		told = share;
		onProgress(told);
	});
	const cancel = (): void => void ingest.dispose();
	signal.addEventListener("abort", cancel);
	try {
		if (!signal.aborted) await ingest.catchUp();
	} finally {
		signal.removeEventListener("abort", cancel);
		await ingest.dispose();
	}
	if (signal.aborted) throw new TelemetryError("cancelled", "The rebuild was cancelled.");
	onProgress(1);
}

/** Takes over what no log and no transcript holds. */
export function keepUnlogged(from: TelemetryStore, to: TelemetryStore): void {
	keepDecisions(from, to);
	keepE2eRuns(from, to);
	keepVersions(from, to);
	keepIndexedFiles(from, to);
}
