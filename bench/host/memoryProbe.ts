// Child of bench/memory.ts: prints what a host needs, one process for each question.
import { setTimeout as pause } from "node:timers/promises";
import { syntheticLines } from "../../test/support/syntheticLog.ts";
import { TelemetryHost } from "./telemetryHost.ts";

const DAY_MS = 86_400_000;
/** Days that the soak's events span; one is kept. */
const SOAK_DAYS = 8;
const SOAK_STEP = 100_000;
/** The lowest of so many looks: what a collection leaves is what is needed. */
const LOOKS = 8;
const LOOK_MS = 250;

/** MiB after each step; one step but in a soak. */
async function probe(question: string, lines: number): Promise<number[]> {
	const host = new TelemetryHost();
	const isSoak = question === "soak";
	try {
		host.open({ telemetry: true, liveGraph: true, ...(isSoak ? { retentionDays: 1 } : {}) });
		await host.catchUp();
		if (!isSoak) {
			host.append(syntheticLines({ lines }));
			await host.catchUp();
			return [await needed()];
		}
		return await soak(host, lines);
	} finally {
		await host.close();
	}
}

async function soak(host: TelemetryHost, lines: number): Promise<number[]> {
	const span = SOAK_DAYS * DAY_MS;
	const all = syntheticLines({ lines, startAt: Date.now() - span, stepMs: span / lines });
	const steps: number[] = [];
	for (let done = 0; done < lines; done += SOAK_STEP) {
		host.append(next(all, SOAK_STEP));
		await host.catchUp();
		steps.push(await needed());
	}
	return steps;
}

/** A loop over the generator itself would end it. */
function* next(lines: Generator<string>, count: number): Generator<string> {
	for (let index = 0; index < count; index++) {
		const { value, done } = lines.next();
		if (done) return;
		yield value;
	}
}

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

const [, , question = "", lines = "0"] = process.argv;
console.log(JSON.stringify(await probe(question, Number(lines))));
