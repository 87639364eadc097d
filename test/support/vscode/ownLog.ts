import type { Api } from "../../../src/extension/main.ts";
import { setSetting, whenFeed, whenRecorded, whenTelemetry } from "./extension.ts";
import { createLogFile, type LogFile } from "./logFile.ts";

/** A log of the test's own, missing yet, once the live graph follows it. */
export async function followOwnLog(api: Api): Promise<LogFile> {
	const log = createLogFile();
	await setSetting("eventsFile", log.path);
	await whenFeed(api, () => api.feed.source.eventsFile === log.path);
	return log;
}

/** The same, once the telemetry records it. */
export async function recordOwnLog(api: Api): Promise<LogFile> {
	const log = await followOwnLog(api);
	await whenTelemetry(api, ({ eventsFile }) => eventsFile === log.path);
	return log;
}

/** As if nothing had ever been written and recorded: in no time, where another log takes seconds. */
export async function startOver(api: Api, log: LogFile): Promise<void> {
	log.startOver();
	await api.telemetry.required.clear();
	await whenRecorded(api, () => api.stats.state === "empty");
}

/** The window goes back to the log of its settings. */
export async function leaveOwnLog(log: LogFile): Promise<void> {
	await setSetting("eventsFile", undefined);
	log.remove();
}
