// Does ingesting disturb the extension host's thread? Its event-loop delay meanwhile and at rest.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { syntheticLines } from "../test/support/log/syntheticLog.ts";
import { appendLog } from "./host/appendLog.ts";
import { TelemetryHost } from "./host/telemetryHost.ts";

const LINES = 500_000;
const REST_MS = 5000;
/** Of the timer behind the measurement, in ms; part of every delay that it reports. */
const RESOLUTION_MS = 1;

interface Delays {
	readonly p50: number;
	readonly p99: number;
	readonly max: number;
	readonly seconds: number;
}

/** Gives back a Markdown table. */
export async function run(): Promise<string> {
	const resting = await measured(() => new Promise((resolve) => setTimeout(resolve, REST_MS)));
	const telemetry = await ingesting(false);
	const both = await ingesting(true);
	const row = (title: string, { p50, p99, max, seconds }: Delays) => {
		const [a, b, c] = [p50, p99, max].map((ms) => ms.toFixed(1));
		const ratio = (p99 / resting.p99).toFixed(1);
		return `| ${title} | ${a} | **${b}** | ${c} | ${ratio} | ${seconds.toFixed(1)} |`;
	};
	return [
		`Event-loop delay of the main thread while ${LINES.toLocaleString("en-US")} events are read into the database (p99 under 10 ms)`,
		"",
		"| | p50, ms | p99, ms | max, ms | p99 against rest | seconds |",
		"| --- | ---: | ---: | ---: | ---: | ---: |",
		row("at rest", resting),
		row("telemetry, in its worker", telemetry),
		row("and the live graph of the same log, on this thread", both),
	].join("\n");
}

async function ingesting(hasGraph: boolean): Promise<Delays> {
	const folder = mkdtempSync(path.join(tmpdir(), "agent-live-graph-bench-"));
	const eventsFile = path.join(folder, "events.jsonl");
	appendLog(eventsFile, syntheticLines({ lines: LINES }), LINES);
	try {
		return await measured(async () => {
			const databaseFile = path.join(folder, "telemetry.db");
			const host = new TelemetryHost({ databaseFile, eventsFile, hasGraph });
			await host.catchUp();
			await host.close();
		});
	} finally {
		rmSync(folder, { recursive: true });
	}
}

async function measured(work: () => Promise<unknown>): Promise<Delays> {
	const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
	const startedAt = performance.now();
	histogram.enable();
	await work();
	histogram.disable();
	const ms = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
	return {
		p50: ms(histogram.percentile(50)),
		p99: ms(histogram.percentile(99)),
		max: ms(histogram.max),
		seconds: (performance.now() - startedAt) / 1000,
	};
}

if (process.argv[1] === import.meta.filename) console.log(await run());
