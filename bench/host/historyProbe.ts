// Child of bench/history.ts: a window that meets a long history. Tells how it went as JSON.

import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { inProject } from "../../scripts/paths.ts";
import { LogLines } from "../../src/ingest/eventLog/logLines.ts";
import { GraphSource } from "../../src/live/graphSource.ts";
import { TranscriptThread } from "../../src/live/reading/transcriptThread.ts";
import { openTelemetry } from "../../src/telemetry/worker/telemetryClient.ts";
import { peakMiB, threadCpuMs } from "../../test/support/processFigures.ts";

/** What the window saw. MiB and ms. */
export interface HistoryReport {
	/** Until the sessions that run were in the graph. */
	readonly firstPaintMs: number;
	readonly sessionsShown: number;
	/** Longest time that the thread did not come round, and its 99th percentile. */
	readonly blockedMaxMs: number;
	readonly blockedP99Ms: number;
	/** Longest time that it computed in between; for the rest it had no core. */
	readonly computedMaxMs: number;
	/** Resident memory of the process, threads included, at its highest, as the system counts it. */
	readonly peakMiB: number;
	readonly emptyMiB: number;
	readonly afterMiB: number;
	readonly historySeconds: number;
	/** CPU of the whole process while nothing happened, percent of one core. */
	readonly idleCpu: number;
	readonly calls: number;
}

const IDLE_MS = 20_000;
const RESOLUTION_MS = 1;

const [, , databaseFile = "", eventsFile = "", sessions = "0", ...folders] = process.argv;
await pause(1000);
const emptyMiB = rss();
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delays.enable();
const startedAt = performance.now();
let firstPaintMs = 0;
let computedMaxMs = 0;
let computedMs = threadCpuMs();
const watching = setInterval(() => {
	const now = threadCpuMs();
	computedMaxMs = Math.max(computedMaxMs, now - computedMs);
	computedMs = now;
}, RESOLUTION_MS);
const source: GraphSource = new GraphSource(
	{
		eventsFile,
		transcriptFolders: folders,
		newLog: () => new LogLines(),
		startReading: (input, listener) =>
			new TranscriptThread(inProject("dist", "transcriptWorker.cjs"), input, listener),
	},
	{
		changed: () => source.graph.takePatch(),
		statusChanged: () => {
			if (firstPaintMs > 0 || source.phase === "reading") return;
			if (source.graph.snapshot().nodes.length >= Number(sessions)) {
				firstPaintMs = performance.now() - startedAt;
			}
		},
	},
);
const telemetry = openTelemetry({
	databaseFile,
	eventsFile,
	retentionDays: 90,
	transcriptFolders: folders,
	workerFile: inProject("dist", "telemetryWorker.cjs"),
});
await telemetry.catchUp();
while (source.transcripts?.status?.isReadingHistory !== false) await pause(100);
const historySeconds = (performance.now() - startedAt) / 1000;
delays.disable();
clearInterval(watching);
const { rows } = await telemetry.facts(0);
await pause(3000);
const cpu = process.cpuUsage();
await pause(IDLE_MS);
const { user, system } = process.cpuUsage(cpu);
const report: HistoryReport = {
	firstPaintMs,
	sessionsShown: source.graph.snapshot().nodes.length,
	blockedMaxMs: delays.max / 1e6 - RESOLUTION_MS,
	blockedP99Ms: delays.percentile(99) / 1e6 - RESOLUTION_MS,
	computedMaxMs,
	emptyMiB,
	afterMiB: rss(),
	historySeconds,
	peakMiB: peakMiB(),
	idleCpu: (user + system) / 1000 / IDLE_MS,
	calls: rows.find(({ table }) => table === "calls")?.rows ?? 0,
};
process.send?.(report);
await telemetry.dispose();
await source.dispose();
process.disconnect?.();

function rss(): number {
	return process.memoryUsage.rss() / 2 ** 20;
}
