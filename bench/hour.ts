// Whether the panel's page, and the host that tells it, need more the longer they run: an hour of half a
// million events, in which agents begin and end all the time.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Browser } from "playwright-core";
import { parseLine } from "../src/ingest/eventLog/parseLine.ts";
import type { AgentEvent } from "../src/model/events/events.ts";
import { LiveGraph } from "../src/model/graph/liveGraph.ts";
import { GraphMirror } from "../src/model/views/graphMirror.ts";
import type { RecordedMessage } from "../src/protocol/messages.ts";
import { BrowserPage, launchBrowser } from "../test/support/page/browserPage.ts";
import { START } from "../test/support/page/fakeViews.ts";
import { PageServer } from "../test/support/page/pageServer.ts";
import { hourOfLines } from "./host/hourOfLines.ts";
import { heapKinds } from "./page/heapKinds.ts";

const EVENTS = 500_000;
const HOUR_MS = 3_600_000;
/** The page is told, and draws, this often by its own clock, which is moved on as the hour goes by. */
const PATCH_MS = 400;
/** As the feed has them. */
const REAP_INTERVAL_MS = 30_000;
const REAP_AFTER_MS = 30 * 60_000;
const FORGET_AFTER_MS = 12 * HOUR_MS;
const LOOKS = 10;
/** Of so many sessions the host knows all that was told. */
const SESSIONS_KEPT = 4;

/** MiB after garbage was collected, a tenth of the hour after the other. */
interface Measured {
	readonly data: number[];
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
		const timeline = await hour(browser, server, ["Timeline"]);
		return table({
			"picture alone": plain,
			"finished agents shown": ghosts,
			"timeline shown": timeline,
		});
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
		const measured: Measured = { data: [], page: [], host: [], known: 0, mirrored: 0, all: 0 };
		let seq = opened.nextSeq;
		for (let done = 0; done < HOUR_MS; done += PATCH_MS) {
			const patch = host.until(START + done + PATCH_MS);
			const message = { type: "patch", seq: seq++, now: START + done + PATCH_MS, patch };
			const asked = await page.evaluate(tell, JSON.stringify([message, ...host.recorded()]));
			if (asked !== null) host.record(asked);
			await page.clock.fastForward(PATCH_MS);
			if (done === 120_000) {
				for (const name of pressed) await page.getByRole("button", { name }).first().click();
			}
			if ((done + PATCH_MS) % (HOUR_MS / LOOKS) >= PATCH_MS) continue;
			const { data, all } = await heapKinds(devTools);
			measured.data.push(data);
			measured.page.push(all);
			measured.host.push(host.heap());
			console.error(pressed.join(), done, data, all, measured.host.at(-1), host.mirror.nodes.size);
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
	/** Of each session that goes on, all that was told. */
	readonly #told = new Map<string, AgentEvent[]>();
	/** The session whose events the page wants, and how many it has. */
	#wanted = { session: "", has: 0 };
	readonly #lines = hourOfLines(EVENTS, START, HOUR_MS / EVENTS);
	#next = this.#lines.next();
	#reapedAt = START;

	/** Reads what was written until then; ms since the epoch. */
	until(now: number) {
		while (this.#next.done !== true && this.#next.value.ts <= now) {
			const event = parseLine(this.#next.value.text);
			if (typeof event === "string") throw new Error(event);
			this.#graph.apply(event);
			this.#keep(event);
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

	/** The page wants the session of a node from its beginning on; none for an empty key. */
	record(key: string): void {
		this.#wanted = { session: this.mirror.nodes.get(key)?.session ?? "", has: 0 };
	}

	/** What was told since of the session that the page wants. */
	recorded(): RecordedMessage[] {
		const { session, has } = this.#wanted;
		const told = this.#told.get(session) ?? [];
		this.#wanted.has = told.length;
		const events = told.slice(has);
		if (events.length === 0) return [];
		return [{ type: "recorded", session, events, isFirst: has === 0, isWhole: true }];
	}

	/** As long as somebody may still want it. */
	#keep(event: AgentEvent): void {
		const told = this.#told.get(event.session);
		if (told !== undefined) told.push(event);
		else this.#told.set(event.session, [event]);
		for (const session of this.#told.keys()) {
			if (this.#told.size <= SESSIONS_KEPT) return;
			if (session !== this.#wanted.session) this.#told.delete(session);
		}
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

/** Gives back of which node the page wants a recording now; null where it has not asked. */
function tell(messages: string): string | null {
	for (const data of JSON.parse(messages)) dispatchEvent(new MessageEvent("message", { data }));
	const asked = window.__posted.findLast((message) => message.type === "record");
	window.__posted.length = 0;
	return asked?.type === "record" ? (asked.id ?? "") : null;
}

function table(runs: Record<string, Measured>): string {
	const mib = (value = Number.NaN) => value.toFixed(2);
	const rows = Object.entries(runs).flatMap(
		([title, { data, page, host, known, mirrored, all }]) => [
			row(`what the page's scripts hold, ${title}`, data, `${known} of ${all}`),
			row(`with code and the browser's own, ${title}`, page, `${known} of ${all}`),
			row(`host, ${title}`, host, `${mirrored} of ${all} mirrored`),
		],
	);
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
