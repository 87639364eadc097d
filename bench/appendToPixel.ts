// From a line appended to the log to the frame that shows it, beside a page fed by a 200 ms poll.

import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { LogLines } from "../src/ingest/eventLog/logLines.ts";
import { LiveFeed, REAP_AFTER_MS } from "../src/live/liveFeed.ts";
import { readHere } from "../src/live/reading/readHere.ts";
import { recordSession } from "../src/live/recording/recordSession.ts";
import { LiveGraph } from "../src/model/graph/liveGraph.ts";
import type { GraphPatch } from "../src/model/views/view.ts";
import { DEFAULT_PANEL_SETTINGS } from "../src/protocol/messages.ts";
import { applyLine } from "../test/support/log/applyLine.ts";
import { BrowserPage, launchBrowser } from "../test/support/page/browserPage.ts";
import { PageServer } from "../test/support/page/pageServer.ts";

const EVENTS_PER_SECOND = 50;
const SECONDS = 10;
const ROUNDS = 3;
const POLL_MS = 200;
const AGENT = "a0000000000000001";

declare global {
	interface Window {
		/** Calls shown by a frame, and when that frame was handed over, ms since the epoch. */
		__shown: [calls: number, at: number][];
	}
}

/** Follows a log and hands out patches; disposed of at the end of a run. */
type Follow = (file: string, send: (patch: GraphPatch) => void) => { dispose(): void };

/** Runs both ways in turns on the same machine; gives back a Markdown table. */
export async function run(): Promise<string> {
	const server = await PageServer.start();
	const browser = await launchBrowser();
	try {
		const ours: number[] = [];
		const polled: number[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			ours.push(...(await measure(browser, server, followAsTheExtension)));
			polled.push(...(await measure(browser, server, followByPolling)));
		}
		return report(ours, polled);
	} finally {
		await browser.close();
		await server.stop();
	}
}

function report(ours: readonly number[], polled: readonly number[]): string {
	const row = (name: string, values: readonly number[]) =>
		`| ${name} | ${quantile(values, 0.5).toFixed(0)} | ${quantile(values, 0.95).toFixed(0)} |`;
	const ratio = quantile(polled, 0.5) / quantile(ours, 0.5);
	return [
		`Append to pixel, ${EVENTS_PER_SECOND} events a second for ${ROUNDS} times ${SECONDS} s`,
		"",
		"| | median ms | p95 ms |",
		"| --- | ---: | ---: |",
		row(`${POLL_MS} ms poll of the same page`, polled),
		row("tail, graph and patches (median under 60)", ours),
		`| times faster (at least 3) | **${ratio.toFixed(1)}** | |`,
	].join("\n");
}

async function measure(browser: Browser, server: PageServer, follow: Follow): Promise<number[]> {
	const folder = mkdtempSync(path.join(tmpdir(), "agent-live-graph-bench-"));
	const file = path.join(folder, "events.jsonl");
	writeFileSync(file, line({ event: "agent_start", agent_id: AGENT, agent_type: "Explore" }));
	const opened = await BrowserPage.open(browser, server, { isRealTime: true });
	let follower = { dispose: () => {} };
	try {
		await opened.snapshot([]);
		await recordFrames(opened);
		follower = follow(file, (patch) => void opened.patch(patch));
		await delay(1500);
		const appendedAt = await appendCalls(file);
		await delay(1000);
		return latencies(appendedAt, await opened.page.evaluate(() => window.__shown));
	} finally {
		follower.dispose();
		await opened.close();
		rmSync(folder, { recursive: true });
	}
}

/** Notes, for every message, when the frame that shows it is ready for the screen. */
async function recordFrames(opened: BrowserPage): Promise<void> {
	await opened.page.evaluate((agent) => {
		window.__shown = [];
		window.addEventListener("message", ({ data }) => {
			const upserts = data.patch?.upserts as { id: string; calls: number }[] | undefined;
			const calls = upserts?.find((node) => node.id === agent)?.calls;
			if (calls === undefined) return;
			// The page's own frame was asked for before this one, so it has drawn by then; a task
			// behind the frame runs once the frame was handed to the compositor.
			requestAnimationFrame(() => {
				const { port1, port2 } = new MessageChannel();
				port1.onmessage = () => window.__shown.push([calls, Date.now()]);
				port2.postMessage(null);
			});
		});
	}, AGENT);
}

async function appendCalls(file: string): Promise<number[]> {
	const appendedAt: number[] = [];
	const startedAt = performance.now();
	for (let call = 0; call < EVENTS_PER_SECOND * SECONDS; call++) {
		// Not to a beat, which would fall into step with one of the two and not with the other.
		const due = startedAt + ((call + Math.random()) * 1000) / EVENTS_PER_SECOND;
		await delay(Math.max(0, due - performance.now()));
		appendedAt.push(Date.now());
		const id = `toolu_${call}`;
		appendFileSync(file, line({ event: "tool_use", id, agent_id: AGENT, tool: "Read" }));
	}
	return appendedAt;
}

/** A call is on the screen with the first frame that shows at least as many calls. */
function latencies(appendedAt: readonly number[], shown: Window["__shown"]): number[] {
	return appendedAt.map((at, index) => {
		const frame = shown.find(([calls]) => calls >= index + 1);
		if (frame === undefined) throw new Error(`call ${index} was never shown`);
		return frame[1] - at;
	});
}

const followAsTheExtension: Follow = (file, send) => {
	const feed = new LiveFeed(
		{
			eventsFile: file,
			transcriptFolders: [],
			reapAfterMs: REAP_AFTER_MS,
			panel: DEFAULT_PANEL_SETTINGS,
		},
		{ newLog: () => new LogLines(), startReading: readHere, recordSession },
	);
	feed.listen({ patch: send });
	return feed;
};

/** What a simple implementation does: read what is new, five times a second. */
const followByPolling: Follow = (file, send) => {
	const graph = new LiveGraph();
	let offset = 0;
	const poll = setInterval(() => {
		const bytes = readFileSync(file);
		const text = bytes.subarray(offset).toString("utf8");
		offset = bytes.length;
		for (const each of text.split("\n")) if (each !== "") applyLine(graph, each);
		const patch = graph.takePatch();
		if (patch !== null) send(patch);
	}, POLL_MS);
	return { dispose: () => clearInterval(poll) };
};

function line(event: object): string {
	const ts = new Date().toISOString();
	return `${JSON.stringify({ v: 2, ts, session_id: "s", cwd: "/home/dev/app", ...event })}\n`;
}

function quantile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}

if (process.argv[1] === import.meta.filename) console.log(await run());
