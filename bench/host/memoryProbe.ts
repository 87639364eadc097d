// Child of bench/memory.ts: a host that tells, whenever asked, what it needs after catching up.
import { setTimeout as pause } from "node:timers/promises";
import { TelemetryHost } from "./telemetryHost.ts";

/** Looks with a collection before each, where there is one to call; the lowest counts. */
const LOOKS = 6;
const LOOK_MS = 250;

const [, , databaseFile = "", eventsFile = "", parts = "", retentionDays = "0"] = process.argv;
const host = new TelemetryHost({
	databaseFile,
	eventsFile,
	hasGraph: parts === "graph",
	retentionDays: Number(retentionDays),
});
process.on("message", () => void host.catchUp().then(needed).then(answer));
process.on("disconnect", () => void host.close());

/** MiB of the whole process, worker and wasm included. */
async function needed(): Promise<number> {
	let least = Number.POSITIVE_INFINITY;
	for (let look = 0; look < LOOKS; look++) {
		globalThis.gc?.();
		await pause(LOOK_MS);
		least = Math.min(least, process.memoryUsage.rss() / 2 ** 20);
	}
	return least;
}

function answer(mebibytes: number): void {
	process.send?.(mebibytes);
}
