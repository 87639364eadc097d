import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { LogLines } from "../../ingest/eventLog/logLines.ts";
import { recordsInLine } from "../../ingest/eventLog/recordsInLine.ts";
import type { AgentEvent } from "../../model/events/events.ts";
import type { StartReading } from "./transcriptReading.ts";

/** Events that are applied in one go: whoever listens has other things to do in between. */
const AT_ONCE = 2000;

/**
 * Hands over events as a reading of transcripts does, whatever they come from, so that whoever shows or
 * replays a session need not know.
 *
 * @param load what was told of the session, in parts; their failure is that of the reading
 */
export function readEvents(load: () => AsyncIterable<readonly AgentEvent[]>): StartReading {
	return (_input, listener) => {
		let isDisposed = false;
		const handOver = async (): Promise<void> => {
			for await (const events of load()) {
				for (let at = 0; at < events.length && !isDisposed; at += AT_ONCE) {
					const slice = { folder: "", events: events.slice(at, at + AT_ONCE), problems: [] };
					await listener.events(slice);
					await new Promise((resolve) => setImmediate(resolve));
				}
				if (isDisposed) return;
			}
			listener.current();
		};
		handOver().catch((error) => {
			if (!isDisposed) listener.failed(error instanceof Error ? error.message : String(error));
		});
		return {
			async dispose() {
				isDisposed = true;
			},
		};
	};
}

/** What the event log as it is now tells of a session; nothing where there is no log. */
export async function eventsInLog(eventsFile: string, session: string): Promise<AgentEvent[]> {
	const log = new LogLines();
	const events: AgentEvent[] = [];
	const input = createReadStream(eventsFile);
	try {
		for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
			// Most lines are of others, and need not be parsed to find that out.
			if (!line.includes(session)) continue;
			for (const record of recordsInLine(line)) {
				const event = log.read(record);
				if (typeof event !== "string" && event.session === session) events.push(event);
			}
		}
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
	} finally {
		input.destroy();
	}
	return events;
}
