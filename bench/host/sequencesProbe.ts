// Child of bench/sequences.ts: a process that searches a database in the worker, and tells as JSON.
import { inProject } from "../../scripts/paths.ts";
import { openTelemetry } from "../../src/telemetry/worker/telemetryClient.ts";

/** What a search took. MiB and ms. */
export interface SearchReport {
	readonly calls: number;
	readonly sequences: number;
	readonly searchMs: number;
	/** Of all threads, so that it says the same on a busy machine. */
	readonly cpuMs: number;
	/** The same again, with every row as it is to be. */
	readonly againMs: number;
	readonly changedAgain: number;
	/** Resident memory of the process with the database loaded, and the most during the search. */
	readonly loadedMiB: number;
	readonly peakMiB: number;
}

const LOOK_MS = 10;

const [, , databaseFile = "", eventsFile = ""] = process.argv;
const telemetry = openTelemetry({
	databaseFile,
	eventsFile,
	workerFile: inProject("dist", "telemetryWorker.cjs"),
	retentionDays: 36_500,
	// A save would be measured with it.
	saveEveryMs: 3_600_000,
	saveEveryRows: 1e9,
});
await telemetry.facts(0);
const loadedMiB = rss();
let peakMiB = loadedMiB;
const watching = setInterval(() => {
	peakMiB = Math.max(peakMiB, rss());
}, LOOK_MS);
const [first, searchMs, cpuMs] = await timed();
clearInterval(watching);
const [again, againMs] = await timed();
const report: SearchReport = {
	calls: first.calls,
	sequences: first.sequences,
	searchMs,
	cpuMs,
	againMs,
	changedAgain: again.changedRows,
	loadedMiB,
	peakMiB,
};
process.stdout.write(JSON.stringify(report), () => process.exit());

async function timed() {
	const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
	const found = await telemetry.detectSequences({ proposes: false });
	const { user, system } = process.cpuUsage(cpu);
	return [found, performance.now() - startedAt, (user + system) / 1000] as const;
}

function rss(): number {
	return process.memoryUsage.rss() / 2 ** 20;
}
