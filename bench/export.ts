// Export of 1,000,000 calls from the telemetry's own thread to a collector in another process.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { inProject } from "../scripts/paths.ts";
import { openTelemetry } from "../src/telemetry/worker/telemetryClient.ts";
import { EventLog } from "../test/support/log/eventLog.ts";
import { eventsOf, newStore } from "../test/support/telemetry/telemetry.ts";

const CALLS = Number(process.env.BENCH_CALLS ?? 1_000_000);
const SESSION_CALLS = 500;

/** Takes everything and keeps nothing. */
const COLLECTOR = `require("node:http").createServer((request, response) => {
	request.resume().on("end", () => response.end());
}).listen(0, "127.0.0.1", function () { console.log(this.address().port); });`;

/** Gives back a Markdown table. */
export async function run(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), "export-"));
	const databaseFile = join(folder, "telemetry.db");
	writeFileSync(databaseFile, await databaseOf(CALLS));
	const collector = spawn(process.execPath, ["-e", COLLECTOR], { stdio: ["ignore", "pipe", 2] });
	const [port] = await once(collector.stdout ?? process.stdin, "data");
	const telemetry = openTelemetry({
		databaseFile,
		eventsFile: join(folder, "none.jsonl"),
		retentionDays: Number.POSITIVE_INFINITY,
		workerFile: inProject("dist", "telemetryWorker.cjs"),
	});
	await telemetry.catchUp();
	const before = process.memoryUsage().rss;
	let most = before;
	const delays = monitorEventLoopDelay({ resolution: 1 });
	delays.enable();
	const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
	const endpoint = `http://127.0.0.1:${Number(port)}`;
	await telemetry.exportTo({ endpoint, version: "0", tellsUser: false, tellsRepositories: false });
	let progress = await telemetry.exportProgress();
	while (progress?.sentAt === null) {
		await sleep(20);
		most = Math.max(most, process.memoryUsage().rss);
		progress = await telemetry.exportProgress();
	}
	const seconds = (performance.now() - startedAt) / 1000;
	const { user, system } = process.cpuUsage(cpu);
	const spans = progress?.spans ?? 0;
	await telemetry.dispose();
	collector.kill();
	rmSync(folder, { recursive: true });
	const rows = [
		["spans", spans.toLocaleString("en-US")],
		["spans a second", Math.round(spans / seconds).toLocaleString("en-US")],
		[
			"spans a second of processor",
			Math.round(spans / ((user + system) / 1e6)).toLocaleString("en-US"),
		],
		["MiB more at most", ((most - before) / 2 ** 20).toFixed(0)],
		["host's thread late, p99", `${(delays.percentile(99) / 1e6 - 1).toFixed(1)} ms`],
	];
	return ["| export | |", "| --- | ---: |", ...rows.map((row) => `| ${row.join(" | ")} |`)].join(
		"\n",
	);
}

async function databaseOf(calls: number): Promise<Uint8Array> {
	const store = await newStore();
	for (let done = 0; done < calls; done += SESSION_CALLS) {
		const log = new EventLog(`session-${done}`);
		for (let call = 0; call < SESSION_CALLS; call++) {
			log.add("tool_result", {
				id: `toolu_${done + call}`,
				tool: call % 3 === 0 ? "Bash" : "Read",
				program: "git",
				success: call % 9 !== 0,
				error_class: call % 9 === 0 ? "exit_1" : undefined,
				duration_ms: (call % 50) * 10,
			});
		}
		store.ingest(eventsOf(log.add("session_end", { reason: "exit" }).events), null);
	}
	const bytes = store.database.export();
	store.database.close();
	return bytes;
}
