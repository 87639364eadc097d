// Script time per frame of the panel's page under load, with the timeline and without, beside the same
// agents as SVG elements, and what it costs while nothing moves.
import { build } from "esbuild";
import type { Browser, CDPSession, Page } from "playwright-core";
import type { AgentEvent } from "../src/model/events/events.ts";
import type { GraphPatch, NodeView } from "../src/model/views/view.ts";
import { BrowserPage, launchBrowser } from "../test/support/page/browserPage.ts";
import { crowd } from "../test/support/page/fakeCrowd.ts";
import { recordedCall, recordingOf } from "../test/support/page/fakeRecording.ts";
import { countersOf } from "../test/support/page/fakeViews.ts";
import { PageServer } from "../test/support/page/pageServer.ts";
import { instrument } from "./naive/instrument.ts";
import { traceFrames } from "./page/frameTrace.ts";

const EVENTS_PER_SECOND = 200;
const MESSAGES_PER_SECOND = 20;
const LOAD_SECONDS = 5;
const IDLE_SECONDS = 5;
/** The first second holds the compiler's work. */
const WARM_UP_SECONDS = 1;
/** Calls of each agent that were recorded before: 200,000 of 2,000 agents. */
const CALLS_OF_EACH = 100;
const EVENTS_PER_PART = 2000;

type Kind = "picture" | "picture and timeline" | "SVG and transitions";

interface Measured {
	readonly agents: number;
	readonly kind: Kind;
	/** Processor ms of scripts from the snapshot to the second frame after it. */
	readonly firstPicture: number;
	/** Processor ms of scripts for each frame, with messages and timers since the frame before. */
	readonly frames: readonly number[];
	readonly idleFrames: number;
	/** Timers of less than a second that were set while idle. */
	readonly idleTimers: number;
	/** Share of one core spent on the page's main thread while nothing moves. */
	readonly idleShare: number;
}

/** What the messages of one moment carry. */
interface Step {
	readonly patch: GraphPatch;
	readonly events: readonly AgentEvent[];
}

/** Measures at 100, 500 and 2,000 agents; gives back a Markdown table. */
export async function run(): Promise<string> {
	const server = await PageServer.start();
	const browser = await launchBrowser();
	try {
		const rows: Measured[] = [];
		for (const agents of [100, 500, 2000]) {
			rows.push(await measure(browser, server, agents, "picture"));
			rows.push(await measure(browser, server, agents, "picture and timeline"));
			rows.push(await measureNaive(browser, agents));
		}
		return table(rows);
	} finally {
		await browser.close();
		await server.stop();
	}
}

async function measure(
	browser: Browser,
	server: PageServer,
	agents: number,
	kind: Kind,
): Promise<Measured> {
	const opened = await BrowserPage.open(browser, server, { isRealTime: true });
	const { page } = opened;
	try {
		// The page is there already: what it finds when it begins has to be ours.
		await page.addInitScript(instrument);
		await page.reload();
		const nodes = startedBefore(crowd(agents), Date.now());
		opened.hostNow = Date.now();
		const firstPicture = await firstPictureOf(page, () => opened.snapshot(nodes));
		if (kind !== "picture") await openTimeline(opened, nodes);
		await page.waitForTimeout(2000);
		const frames = await load(page, stepsFor(nodes, Date.now()), opened.nextSeq);
		await page.waitForTimeout(4000);
		return { agents, kind, firstPicture, frames, ...(await idle(page)) };
	} finally {
		await opened.close();
	}
}

async function measureNaive(browser: Browser, agents: number): Promise<Measured> {
	const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
	const page = await context.newPage();
	try {
		await page.evaluate(instrument);
		await page.addScriptTag({ content: await naiveScript() });
		const nodes = crowd(agents);
		const graph = { nodes, counters: countersOf(nodes) };
		const firstPicture = await firstPictureOf(page, () =>
			page.evaluate((graph) => {
				dispatchEvent(new MessageEvent("message", { data: { type: "snapshot", graph } }));
			}, graph),
		);
		await page.waitForTimeout(2000);
		const frames = await load(page, stepsFor(nodes, Date.now()), 1);
		await page.waitForTimeout(4000);
		return { agents, kind: "SVG and transitions", firstPicture, frames, ...(await idle(page)) };
	} finally {
		await context.close();
	}
}

async function naiveScript(): Promise<string> {
	const { outputFiles } = await build({
		entryPoints: ["bench/naive/svgPicture.ts"],
		bundle: true,
		format: "iife",
		write: false,
	});
	return outputFiles[0]?.text ?? "";
}

/** The same agents, so that the last of them began only just now. */
function startedBefore(nodes: readonly NodeView[], now: number): NodeView[] {
	const last = Math.max(...nodes.map(({ startedAt }) => startedAt));
	return nodes.map((node) => ({ ...node, startedAt: node.startedAt - last + now - 60_000 }));
}

async function openTimeline({ page }: BrowserPage, nodes: readonly NodeView[]): Promise<void> {
	await page.keyboard.press("l");
	const events = recordingOf(nodes, CALLS_OF_EACH, Date.now());
	for (let from = 0; from < events.length; from += EVENTS_PER_PART) {
		const part = JSON.stringify(events.slice(from, from + EVENTS_PER_PART));
		const isWhole = from + EVENTS_PER_PART >= events.length;
		await page.evaluate(tellRecorded, [part, from === 0, isWhole] as const);
	}
}

/** Told as text, for the driver takes minutes to hand over as many objects. */
function tellRecorded([part, isFirst, isWhole]: readonly [string, boolean, boolean]): void {
	const data = { type: "recorded", session: "s1", events: JSON.parse(part), isFirst, isWhole };
	dispatchEvent(new MessageEvent("message", { data }));
}

/** Feeds patches and recorded events from within the page; gives back what it ran for each frame. */
async function load(page: Page, steps: readonly Step[], seq: number): Promise<readonly number[]> {
	const warmUp = WARM_UP_SECONDS * MESSAGES_PER_SECOND;
	await feed(page, steps.slice(0, warmUp), seq);
	return traceFrames(page, () => feed(page, steps.slice(warmUp), seq + warmUp));
}

/** Processor ms of the page's scripts while something is done. */
async function scriptOf(page: Page, work: () => Promise<void>): Promise<number> {
	const devtools = await page.context().newCDPSession(page);
	await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
	const before = await secondsOf(devtools, "ScriptDuration");
	await work();
	const after = await secondsOf(devtools, "ScriptDuration");
	await devtools.send("Performance.disable");
	await devtools.detach();
	return (after - before) * 1000;
}

/** Processor ms until what is sent is in the picture. */
async function firstPictureOf(page: Page, send: () => Promise<void>): Promise<number> {
	return scriptOf(page, async () => {
		await send();
		await page.evaluate(
			() =>
				new Promise<void>((resolve) => {
					requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
				}),
		);
	});
}

async function feed(page: Page, steps: readonly Step[], seq: number): Promise<void> {
	await page.evaluate(
		async ({ told, seq, every }) => {
			const steps: readonly Step[] = JSON.parse(told);
			const tell = (data: unknown) => window.dispatchEvent(new MessageEvent("message", { data }));
			await new Promise<void>((resolve) => {
				let next = 0;
				const interval = setInterval(() => {
					const step = steps[next];
					if (step === undefined) {
						clearInterval(interval);
						resolve();
						return;
					}
					tell({ type: "patch", seq: seq + next, now: Date.now(), patch: step.patch });
					const { events } = step;
					tell({ type: "recorded", session: "s1", events, isFirst: false, isWhole: true });
					next++;
				}, every);
			});
		},
		{ told: JSON.stringify(steps), seq, every: 1000 / MESSAGES_PER_SECOND },
	);
}

function stepsFor(nodes: readonly NodeView[], now: number): Step[] {
	const agents = nodes.filter((node) => node.kind === "agent");
	const calls = new Map(nodes.map((node) => [node.key, node.calls]));
	const perStep = EVENTS_PER_SECOND / MESSAGES_PER_SECOND;
	const count = (LOAD_SECONDS + WARM_UP_SECONDS) * MESSAGES_PER_SECOND;
	return Array.from({ length: count }, (_, index) => {
		// Steps by a prime visit all agents, neighbours in the list far apart in time.
		const touched = Array.from(
			{ length: perStep },
			(_, i) => agents[((index * perStep + i) * 37) % agents.length] ?? agents[0],
		).filter((node) => node !== undefined);
		const upserts = touched.map((node) => {
			calls.set(node.key, (calls.get(node.key) ?? 0) + 1);
			return { ...node, calls: calls.get(node.key) ?? 0 };
		});
		const pulses = touched.map((node) => ({ key: node.key, tool: "Bash", kind: "start" as const }));
		const ts = now + (index * 1000) / MESSAGES_PER_SECOND;
		const events = touched.flatMap(({ id, session }, i) => {
			const call = { id: `load_${index}_${i}`, ms: 40 };
			return recordedCall({ ts, session, agent: id }, call).slice(0, 1 + (i % 2));
		});
		const patch = { upserts, removes: [], pulses, counters: countersOf(nodes) };
		return { patch, events };
	});
}

async function idle(
	page: Page,
): Promise<Pick<Measured, "idleFrames" | "idleShare" | "idleTimers">> {
	const devtools = await page.context().newCDPSession(page);
	await devtools.send("Performance.enable");
	const seen = () =>
		page.evaluate(() => ({ frames: window.__noted.requested, timers: window.__noted.shortTimers }));
	const before = await seen();
	const busyBefore = await secondsOf(devtools, "TaskDuration");
	await page.waitForTimeout(IDLE_SECONDS * 1000);
	const busy = (await secondsOf(devtools, "TaskDuration")) - busyBefore;
	const after = await seen();
	return {
		idleFrames: after.frames - before.frames,
		idleTimers: after.timers - before.timers,
		idleShare: busy / IDLE_SECONDS,
	};
}

async function secondsOf(
	devtools: CDPSession,
	name: "ScriptDuration" | "TaskDuration",
): Promise<number> {
	const { metrics } = await devtools.send("Performance.getMetrics");
	return metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
}

function table(rows: readonly Measured[]): string {
	const lines = rows.map((row) => {
		const { agents, kind, frames, idleFrames, idleTimers, idleShare } = row;
		const sorted = frames.toSorted((a, b) => a - b);
		const at = (share: number): string =>
			`${(sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(1)} ms`;
		const rate = (frames.length / LOAD_SECONDS).toFixed(0);
		const rest = `${idleFrames} | ${idleTimers} | ${(idleShare * 100).toFixed(2)} %`;
		const first = `${row.firstPicture.toFixed(0)} ms`;
		const mean = frames.reduce((sum, ms) => sum + ms, 0) / frames.length;
		return `| ${agents} | ${kind} | ${first} | ${rate} | ${mean.toFixed(1)} ms | ${at(0.5)} | ${at(0.95)} | ${at(1)} | ${rest} |`;
	});
	return [
		`Script time of the processor per frame at ${EVENTS_PER_SECOND} tool events a second, headless Chromium`,
		"",
		`| agents | drawn | first frames | frames/s | mean | p50 | p95 | max | frames in ${IDLE_SECONDS} s idle | timers under 1 s | core share idle |`,
		"|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
		...lines,
	].join("\n");
}

if (process.argv[1] === import.meta.filename) console.log(await run());
