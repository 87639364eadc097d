// Script time per frame of the panel's page under load, and what it costs while nothing moves.
import type { Browser, CDPSession, Page } from "playwright-core";
import type { GraphPatch, NodeView } from "../src/model/views/view.ts";
import { BrowserPage, launchBrowser } from "../test/support/page/browserPage.ts";
import { crowd } from "../test/support/page/fakeCrowd.ts";
import { countersOf } from "../test/support/page/fakeViews.ts";
import { PageServer } from "../test/support/page/pageServer.ts";

const PULSES_PER_SECOND = 200;
const LOAD_SECONDS = 10;
const IDLE_SECONDS = 10;
/** The first second holds the compiler's work. */
const WARM_UP_SECONDS = 1;

interface Measured {
	readonly agents: number;
	/** Script ms of each frame, messages since the frame before included. */
	readonly frames: readonly number[];
	readonly idleFrames: number;
	/** Share of one core spent on the page's main thread while nothing moves. */
	readonly idleShare: number;
}

declare global {
	interface Window {
		__scriptMs: number[];
	}
}

/** Measures at 120 and 500 agents; gives back a Markdown table. */
export async function run(): Promise<string> {
	const server = await PageServer.start();
	const browser = await launchBrowser();
	try {
		const rows: Measured[] = [];
		for (const agents of [120, 500]) rows.push(await measure(browser, server, agents));
		return table(rows);
	} finally {
		await browser.close();
		await server.stop();
	}
}

async function measure(browser: Browser, server: PageServer, agents: number): Promise<Measured> {
	const opened = await BrowserPage.open(browser, server, { isRealTime: true });
	const { page } = opened;
	try {
		const nodes = crowd(agents);
		await opened.snapshot(nodes);
		await page.waitForTimeout(1000);
		await load(page, nodes, opened.nextSeq);
		const frames = await page.evaluate(() => window.__scriptMs);
		await page.waitForTimeout(4000);
		return { agents, frames, ...(await idle(opened)) };
	} finally {
		await opened.close();
	}
}

/** Feeds patches of pulses from within the page and times all it runs for them. */
async function load(page: Page, nodes: readonly NodeView[], seq: number): Promise<void> {
	const patches = patchesFor(nodes);
	await page.evaluate(
		async ({ patches, seq, warmUp }) => {
			let spent = 0;
			const timed = (work: () => void): void => {
				const start = performance.now();
				work();
				spent += performance.now() - start;
			};
			const requestFrame = window.requestAnimationFrame;
			const times: number[] = [];
			window.requestAnimationFrame = (callback) =>
				requestFrame((now) => {
					timed(() => callback(now));
					times.push(spent);
					spent = 0;
				});
			await new Promise<void>((resolve) => {
				let next = 0;
				const timer = setInterval(() => {
					const patch = patches[next];
					if (patch === undefined) {
						clearInterval(timer);
						resolve();
						return;
					}
					const data = { type: "patch", seq: seq + next, now: Date.now(), patch };
					timed(() => window.dispatchEvent(new MessageEvent("message", { data })));
					if (next === warmUp) times.length = 0;
					next++;
				}, 50);
			});
			window.requestAnimationFrame = requestFrame;
			window.__scriptMs = times;
		},
		{ patches, seq, warmUp: WARM_UP_SECONDS * 20 },
	);
}

function patchesFor(nodes: readonly NodeView[]): GraphPatch[] {
	const agents = nodes.filter((node) => node.kind === "agent");
	const calls = new Map(nodes.map((node) => [node.key, node.calls]));
	const perPatch = PULSES_PER_SECOND / 20;
	const count = (LOAD_SECONDS + WARM_UP_SECONDS) * 20;
	return Array.from({ length: count }, (_, index) => {
		// Steps by a prime visit all agents, neighbours in the list far apart in time.
		const touched = Array.from(
			{ length: perPatch },
			(_, i) => agents[((index * perPatch + i) * 37) % agents.length] ?? agents[0],
		).filter((node) => node !== undefined);
		const upserts = touched.map((node) => {
			calls.set(node.key, (calls.get(node.key) ?? 0) + 1);
			return { ...node, calls: calls.get(node.key) ?? 0 };
		});
		const pulses = touched.map((node) => ({ key: node.key, tool: "Bash", kind: "start" as const }));
		return { upserts, removes: [], pulses, counters: countersOf(nodes) };
	});
}

async function idle(opened: BrowserPage): Promise<Pick<Measured, "idleFrames" | "idleShare">> {
	const { page } = opened;
	const devtools = await page.context().newCDPSession(page);
	await devtools.send("Performance.enable");
	const framesBefore = await opened.frames();
	const busyBefore = await taskSeconds(devtools);
	await page.waitForTimeout(IDLE_SECONDS * 1000);
	const busy = (await taskSeconds(devtools)) - busyBefore;
	const idleFrames = (await opened.frames()) - framesBefore;
	return { idleFrames, idleShare: busy / IDLE_SECONDS };
}

async function taskSeconds(devtools: CDPSession): Promise<number> {
	const { metrics } = await devtools.send("Performance.getMetrics");
	return metrics.find((metric) => metric.name === "TaskDuration")?.value ?? Number.NaN;
}

function table(rows: readonly Measured[]): string {
	const lines = rows.map(({ agents, frames, idleFrames, idleShare }) => {
		const sorted = frames.toSorted((a, b) => a - b);
		const at = (share: number): string =>
			`${(sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(1)} ms`;
		const rate = (frames.length / LOAD_SECONDS).toFixed(0);
		const idle = `${(idleShare * 100).toFixed(2)} %`;
		return `| ${agents} | ${rate} | ${at(0.5)} | ${at(0.95)} | ${at(1)} | ${idleFrames} | ${idle} |`;
	});
	return [
		`Script time per frame at ${PULSES_PER_SECOND} pulses a second, headless Chromium`,
		"",
		"| agents | frames/s | p50 | p95 | max | frames in 10 s idle | core share idle |",
		"|---:|---:|---:|---:|---:|---:|---:|",
		...lines,
	].join("\n");
}

if (process.argv[1] === import.meta.filename) console.log(await run());
