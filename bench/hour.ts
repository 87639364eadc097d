// Whether the panel's page, and the host that tells it, need more the longer they run: an hour of half a
// million events, in which agents begin and end all the time.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Browser, CDPSession } from "playwright-core";
import { applyLine } from "../src/ingest/eventLog/applyLine.ts";
import { LiveGraph } from "../src/model/graph/liveGraph.ts";
import { GraphMirror } from "../src/model/views/graphMirror.ts";
import { BrowserPage, launchBrowser } from "../test/support/page/browserPage.ts";
import { START } from "../test/support/page/fakeViews.ts";
import { PageServer } from "../test/support/page/pageServer.ts";
import { hourOfLines } from "./host/hourOfLines.ts";

const EVENTS = 500_000;
const HOUR_MS = 3_600_000;
/** The page is told, and draws, this often by its own clock, which is moved on as the hour goes by. */
const PATCH_MS = 400;
/** As the feed has them. */
const REAP_INTERVAL_MS = 30_000;
const REAP_AFTER_MS = 30 * 60_000;
const FORGET_AFTER_MS = 12 * HOUR_MS;
const LOOKS = 10;

/** MiB after garbage was collected, a tenth of the hour after the other. */
interface Measured {
	readonly page: number[];
	readonly host: number[];
	/** Agents of which the page and the host's mirror knew at the end, and all that there were. */
	readonly known: number;
	readonly mirrored: number;
	readonly all: number;
}

/** Gives back a Markdown table. */
export async function run(): Promise<string> {
	const server = await PageServer.start();
	const browser = await launchBrowser();
	try {
		const plain = await hour(browser, server, []);
		const ghosts = await hour(browser, server, ["Finished"]);
		return table({ "picture alone": plain, "finished agents shown": ghosts });
	} finally {
		await browser.close();
		await server.stop();
	}
}

async function hour(
	browser: Browser,
	server: PageServer,
	pressed: readonly string[],
): Promise<Measured> {
	const opened = await BrowserPage.open(browser, server);
	try {
		const { page } = opened;
		const devTools = await page.context().newCDPSession(page);
		const host = new Host();
		await opened.snapshot([]);
		const measured: Measured = { page: [], host: [], known: 0, mirrored: 0, all: 0 };
		let seq = opened.nextSeq;
		for (let done = 0; done < HOUR_MS; done += PATCH_MS) {
			const patch = host.until(START + done + PATCH_MS);
			const message = { type: "patch", seq: seq++, now: START + done + PATCH_MS, patch };
			await page.evaluate(tell, JSON.stringify(message));
			await page.clock.fastForward(PATCH_MS);
			if (done === 120_000) {
				for (const name of pressed) await page.getByRole("button", { name }).first().click();
			}
			if ((done + PATCH_MS) % (HOUR_MS / LOOKS) >= PATCH_MS) continue;
			measured.page.push(await heapOf(devTools));
			measured.host.push(host.heap());
			console.error(
				pressed.join(),
				done,
				measured.page.at(-1),
				measured.host.at(-1),
				host.mirror.nodes.size,
			);
		}
		if (opened.errors.length > 0) throw new Error(opened.errors[0]);
		const known = await page.evaluate(() => window.__agentLiveGraph?.nodes().length ?? 0);
		return { ...measured, known, mirrored: host.mirror.nodes.size, all: host.agents };
	} finally {
		await opened.close();
	}
}

/** The extension host's side: the graph of the log, and the mirror of what everyone was told. */
class Host {
	readonly mirror = new GraphMirror();
	readonly #graph = new LiveGraph();
	readonly #lines = hourOfLines(EVENTS, START, HOUR_MS / EVENTS);
	#next = this.#lines.next();
	#reapedAt = START;

	/** Reads what was written until then; ms since the epoch. */
	until(now: number) {
		while (this.#next.done !== true && this.#next.value.ts <= now) {
			applyLine(this.#graph, this.#next.value.text);
			this.#next = this.#lines.next();
		}
		if (now - this.#reapedAt >= REAP_INTERVAL_MS) {
			this.#graph.reap(now, REAP_AFTER_MS, FORGET_AFTER_MS);
			this.#reapedAt = now;
		}
		const patch = this.#graph.takePatch();
		if (patch === null) throw new Error("nothing happened");
		this.mirror.apply(patch);
		return patch;
	}

	get agents(): number {
		return this.#graph.counters.spawned;
	}

	heap(): number {
		setFlagsFromString("--expose-gc");
		const collect: () => void = runInNewContext("gc");
		collect();
		collect();
		const { heapUsed, arrayBuffers } = process.memoryUsage();
		return (heapUsed + arrayBuffers) / 2 ** 20;
	}
}

function tell(message: string): void {
	window.__posted.length = 0;
	dispatchEvent(new MessageEvent("message", { data: JSON.parse(message) }));
}

async function heapOf(devTools: CDPSession): Promise<number> {
	await devTools.send("HeapProfiler.collectGarbage");
	await devTools.send("HeapProfiler.collectGarbage");
	const { usedSize } = await devTools.send("Runtime.getHeapUsage");
	return usedSize / 2 ** 20;
}

function table(runs: Record<string, Measured>): string {
	const mib = (value = Number.NaN) => value.toFixed(1);
	const rows = Object.entries(runs).flatMap(([title, { page, host, known, mirrored, all }]) => [
		row(`page, ${title}`, page, `${known} of ${all}`),
		row(`host, ${title}`, host, `${mirrored} of ${all} mirrored`),
	]);
	function row(title: string, steps: readonly number[], nodes: string): string {
		const [early, late] = [steps[0] ?? Number.NaN, steps.at(-1) ?? Number.NaN];
		const all = steps.map(mib).join(", ");
		return `| ${title} | ${mib(early)} | ${mib(late)} | **${(late / early).toFixed(2)}** | ${nodes} | ${all} |`;
	}
	return [
		`An hour of ${EVENTS.toLocaleString("en-US")} events; MiB in use after garbage was collected`,
		"",
		"| | after a tenth | at the end | ratio (page: at most 1) | agents known at the end | each tenth |",
		"| --- | ---: | ---: | ---: | --- | --- |",
		...rows,
	].join("\n");
}

if (process.argv[1] === import.meta.filename) console.log(await run());
