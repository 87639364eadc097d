import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { EventLog } from "../log/eventLog.ts";

/** A log on disk that grows by what a hook would append. */
export interface LogFile {
	readonly path: string;
	/** Appends events that were added to `events` since the last time. */
	append(build: (log: EventLog) => unknown): void;
	appendText(text: string): void;
	/** It is missing again, and the next append makes it. */
	startOver(): void;
	remove(): void;
}

/** In a folder of its own; the file itself is made by the first append. */
export function createLogFile(): LogFile {
	return logFileAt(join(mkdtempSync(join(tmpdir(), "agent-live-graph-log-")), "events.jsonl"));
}

/** A log at a path; its folder need not exist and is removed with it. */
export function logFileAt(path: string): LogFile {
	let log = new EventLog();
	let written = 0;
	const appendText = (text: string) => {
		mkdirSync(dirname(path), { recursive: true });
		appendFileSync(path, text);
	};
	return {
		path,
		append(build) {
			build(log);
			const fresh = log.events.slice(written);
			written = log.events.length;
			// The log's own clock stands in the past; what is shown live must not be long over.
			const ts = new Date().toISOString();
			appendText(fresh.map((event) => `${JSON.stringify({ ...event, ts })}\n`).join(""));
		},
		appendText,
		startOver() {
			log = new EventLog();
			written = 0;
			rmSync(path, { force: true });
		},
		remove: () => rmSync(dirname(path), { recursive: true, force: true }),
	};
}
