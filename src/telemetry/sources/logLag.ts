import { statSync } from "node:fs";
import type { TelemetryStore } from "../storage/store.ts";
import { logFiles, sourceOf } from "./logReader.ts";

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
		const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
		if (stats === undefined) continue;
		const cursor = store.cursor(sourceOf(file));
		const isSame = cursor?.fileIdentity.startsWith(`${stats.dev}:${stats.ino}:`) ?? false;
		const offset = isSame && cursor !== null ? cursor.byteOffset : 0;
		if (file === eventsFile) ingestedBytes = offset;
		lagBytes += Math.max(0, Number(stats.size) - offset);
	}
	return { ingestedBytes, lagBytes };
}
