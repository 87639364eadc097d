// Child of bench/clients.ts: a window that meets the files of another client. Tells how it went as JSON.

import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { inProject } from "../../scripts/paths.ts";
import { LogLines } from "../../src/ingest/eventLog/logLines.ts";
import { GraphSource } from "../../src/live/graphSource.ts";
import { TranscriptThread } from "../../src/live/reading/transcriptThread.ts";
import { peakMiB } from "../../test/support/processFigures.ts";

/** What the window saw. */
export interface ClientsReport {
	/** Until the newest session was in a picture, ms. */
	readonly firstPaintMs: number;
	/** Until all that runs was read, ms. */
	readonly readMs: number;
	/** Of the processor until then, ms. */
	readonly cpuMs: number;
	/** Resident memory over that of an empty process at its highest, MiB. */
	readonly moreMiB: number;
	/** Calls of the newest session by then. */
	readonly calls: number;
	/** Bytes that the process read of files after one call was added to the newest session. */
	readonly appendedBytes: number;
	/** Calls of the newest session then. */
	readonly callsThen: number;
	/** Share of a core while nothing happens. */
	readonly idleCpu: number;
}

const IDLE_MS = 20_000;
const [, , session = "", ...folders] = process.argv;
await pause(500);
const emptyMiB = peakMiB();
const startedAt = performance.now();
const cpuBefore = process.cpuUsage();
let firstPaintMs = 0;
let readMs = 0;
const nodeOf = () => source.graph.snapshot().nodes.find(({ id }) => id === session);
const source: GraphSource = new GraphSource(
	{
		eventsFile: "",
		transcriptFolders: folders,
		newLog: () => new LogLines(),
		startReading: (input, listener) =>
			new TranscriptThread(inProject("dist", "transcriptWorker.cjs"), input, listener),
	},
	{ changed: () => see(), statusChanged: () => see() },
);
function see(): void {
	if (source.phase === "reading") return;
	if (firstPaintMs === 0 && nodeOf() !== undefined) firstPaintMs = performance.now() - startedAt;
	if (readMs === 0 && source.phase === "live") readMs = performance.now() - startedAt;
}
while (readMs === 0) await pause(20);
const { user, system } = process.cpuUsage(cpuBefore);
const cpuMs = (user + system) / 1000;
while (source.transcripts?.status?.isReadingHistory !== false) await pause(100);
await pause(1000);
const calls = nodeOf()?.calls ?? 0;
const moreMiB = peakMiB() - emptyMiB;
const readBefore = bytesRead();
process.send?.("append");
await new Promise((resolve) => process.once("message", resolve));
await pause(4000);
const appendedBytes = bytesRead() - readBefore;
const callsThen = nodeOf()?.calls ?? 0;
const idle = process.cpuUsage();
await pause(IDLE_MS);
const idled = process.cpuUsage(idle);
const report: ClientsReport = {
	firstPaintMs,
	readMs,
	cpuMs,
	moreMiB,
	calls,
	appendedBytes,
	callsThen,
	idleCpu: (idled.user + idled.system) / 1000 / IDLE_MS,
};
process.send?.(report);
await source.dispose();
process.disconnect?.();

/** As the system counts what read calls gave. */
function bytesRead(): number {
	return Number(/^rchar: (\d+)/m.exec(readFileSync("/proc/self/io", "utf8"))?.[1]);
}
