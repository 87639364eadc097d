import type { TelemetryStore } from "../storage/store.ts";
import { isOf, logFiles, sizeOf, sourceOf } from "./logReader.ts";

/** How far the log is in the database, in bytes. */
interface LogLag {
	/** Of the present log. */
	readonly ingestedBytes: number;
	/** Of all logs, not in the database yet. */
	readonly lagBytes: number;
}

export function lagOf(store: TelemetryStore, eventsFile: string): LogLag {
	let ingestedBytes = 0;
	let lagBytes = 0;
	for (const file of logFiles(eventsFile)) {
		const cursor = store.cursor(sourceOf(file));
		const isSame = cursor !== null && isOf(file, cursor.fileIdentity);
		const offset = isSame ? cursor.byteOffset : 0;
		if (file === eventsFile) ingestedBytes = offset;
		lagBytes += Math.max(0, sizeOf(file) - offset);
	}
	return { ingestedBytes, lagBytes };
}
