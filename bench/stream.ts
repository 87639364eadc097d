// Does the stream keep up? 100 clients and 1,000 events a second, beside one client.
import { spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { LogLines } from "../src/ingest/eventLog/logLines.ts";
import { LiveFeed, REAP_AFTER_MS } from "../src/live/liveFeed.ts";
import { readHere } from "../src/live/reading/readHere.ts";
import { recordSession } from "../src/live/recording/recordSession.ts";
import { DEFAULT_PANEL_SETTINGS } from "../src/protocol/messages.ts";
import { StreamServer } from "../src/stream/streamServer.ts";
import type { StreamClientsResult } from "./host/streamClients.ts";

const EVENTS_PER_SECOND = 1000;
const SECONDS = 5;
const EVENTS = EVENTS_PER_SECOND * SECONDS;
const TICK_MS = 10;
const TOKEN = "a-token-that-is-made-for-benchmarks-only-00";

interface Measured extends StreamClientsResult {
	readonly clients: number;
	/** Share of one core that the serving process took while events came. */
	readonly core: number;
	/** Resident memory that the serving process grew by, MiB. */
	readonly grownMiB: number;
}

/** Gives back a Markdown table. */
export async function run(): Promise<string> {
	const rows: Measured[] = [];
	for (const clients of [1, 10, 100]) rows.push(await measured(clients));
	const row = (each: Measured) =>
		[
			each.clients,
			each.whole,
			each.lagged,
			each.broken,
			each.p50,
			each.p99,
			`${(each.core * 100).toFixed(0)} %`,
			each.grownMiB.toFixed(1),
			(each.core / (rows[0]?.core ?? 1)).toFixed(1),
		].join(" | ");
	return [
		`${EVENTS_PER_SECOND} events a second for ${SECONDS} s, appended to a log (every client whole or told that it lagged)`,
		"",
		"| clients | got all in order | told that they lagged | broken | delay p50, ms | p99, ms | of a core | memory, MiB | core against one client |",
		"| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
		...rows.map((each) => `| ${row(each)} |`),
	].join("\n");
}

async function measured(clients: number): Promise<Measured> {
	const folder = mkdtempSync(path.join(tmpdir(), "agent-live-graph-bench-"));
	const file = path.join(folder, "events.jsonl");
	writeFileSync(file, "");
	const feed = new LiveFeed(
		{
			eventsFile: file,
			transcriptFolders: [],
			reapAfterMs: REAP_AFTER_MS,
			panel: DEFAULT_PANEL_SETTINGS,
		},
		{ newLog: () => new LogLines(), startReading: readHere, recordSession },
	);
	const server = await StreamServer.start({
		bind: { host: "127.0.0.1", port: 0 },
		token: TOKEN,
		feed,
		insights: () => {
			throw new Error("nobody asks for figures here");
		},
		pageFolder: folder,
		note: (text) => console.error(text),
	});
	const url = `${server.origin.replace("http", "ws")}/stream`;
	const { ready, result } = startClients({ url, token: TOKEN, clients, events: EVENTS });
	await ready;
	const memory = process.memoryUsage().rss;
	const cpu = process.cpuUsage();
	const startedAt = performance.now();
	await append(file);
	const spent = process.cpuUsage(cpu);
	const core = (spent.user + spent.system) / 1000 / (performance.now() - startedAt);
	const found = await result;
	const grownMiB = (process.memoryUsage().rss - memory) / 1024 / 1024;
	await server.close();
	await feed.dispose();
	rmSync(folder, { recursive: true });
	return { ...found, clients, core, grownMiB };
}

function startClients(input: object) {
	const program = path.join(import.meta.dirname, "host", "streamClients.ts");
	const child = spawn(process.execPath, [program, JSON.stringify(input)], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	let output = "";
	let isReady = () => {};
	const ready = new Promise<void>((resolve) => {
		isReady = resolve;
	});
	const result = new Promise<StreamClientsResult>((resolve, reject) => {
		child.stdout.setEncoding("utf8").on("data", (text: string) => {
			output += text;
			if (output.startsWith("ready\n")) isReady();
		});
		child.on("close", () => {
			try {
				resolve(JSON.parse(output.slice("ready\n".length)));
			} catch (error) {
				reject(error);
			}
		});
	});
	return { ready, result };
}

/** As many hooks would: a few lines at a time, evenly over the seconds. */
async function append(file: string): Promise<void> {
	const startedAt = performance.now();
	for (let sent = 0; sent < EVENTS; ) {
		const due = Math.floor(((performance.now() - startedAt) / 1000) * EVENTS_PER_SECOND);
		const ts = new Date().toISOString();
		let lines = "";
		for (; sent < Math.min(due, EVENTS); sent++) {
			const event = { v: 2, ts, event: "tool_use", session_id: "s", id: `c${sent}`, tool: "Read" };
			lines += `${JSON.stringify(event)}\n`;
		}
		if (lines !== "") appendFileSync(file, lines);
		await new Promise((resolve) => setTimeout(resolve, TICK_MS));
	}
}

if (process.argv[1] === import.meta.filename) console.log(await run());
