import type { LogIngest } from "./logIngest.ts";
import { TelemetryError } from "./telemetryError.ts";

/** Steps in which progress is told. */
const STEP = 0.01;

export interface RebuildOptions {
	/** Reads all logs into an empty store, and calls back after each batch. */
	readonly newIngest: (onWritten: () => void) => LogIngest;
	/** @param share of the bytes of all logs, 0 to 1 */
	readonly onProgress: (share: number) => void;
	readonly signal: AbortSignal;
}

/**
 * Reads every log from its beginning to its present end.
 *
 * @throws TelemetryError `cancelled`
 */
export async function readAllLogs(options: RebuildOptions): Promise<void> {
	const { newIngest, onProgress, signal } = options;
	let told = 0;
	const ingest = newIngest(() => {
		if (ingest.progress < told + STEP) return;
		told = ingest.progress;
		onProgress(told);
	});
	const cancel = (): void => void ingest.dispose();
	signal.addEventListener("abort", cancel);
	try {
		if (!signal.aborted) await ingest.start();
	} finally {
		signal.removeEventListener("abort", cancel);
		await ingest.dispose();
	}
	if (signal.aborted) throw new TelemetryError("cancelled", "The rebuild was cancelled.");
	onProgress(1);
}
