import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { findBrowser, WAIT_LIMIT } from "../../../scripts/setup/browser.ts";
import type { GraphPatch, GraphSnapshot, NodeView, Pulse } from "../../../src/model/views/view.ts";
import {
	type HostMessage,
	type PageMessage,
	PROTOCOL_VERSION,
	type SourceStatus,
} from "../../../src/protocol/messages.ts";
import type { SeenNode } from "../../../src/webview/testHandle.ts";
import { countersOf, START } from "./fakeViews.ts";
import type { PageServer } from "./pageServer.ts";
import type { ThemeName } from "./themes.ts";

declare global {
	interface Window {
		__posted: PageMessage[];
		__violations: string[];
		__frames: number;
	}
}

const SCREENSHOTS = join(import.meta.dirname, "../../../out/screenshots");

/** Starts the browser that set-up found; throws where there is none. */
export async function launchBrowser(): Promise<Browser> {
	const browser = findBrowser();
	if (browser === undefined) throw new Error("no browser: run `npm run setup` or set CHROME_PATH");
	return chromium.launch(browser);
}

export interface PageOptions {
	readonly theme?: ThemeName;
	readonly width?: number;
	readonly height?: number;
	readonly reducedMotion?: boolean;
	/** Device pixels per CSS pixel; 1 if not given. */
	readonly pixelRatio?: number;
	/** Real time instead of a clock that only tests move. */
	readonly isRealTime?: boolean;
}

/** The page under test with the host's side of its channel. Time stands still but by `advance`. */
export class BrowserPage {
	readonly page: Page;
	/** Messages of errors that nobody caught. */
	readonly errors: string[] = [];
	/** Host clock of the next message, ms since the epoch. */
	hostNow = START;
	#seq = 0;
	#nodes = new Map<string, NodeView>();

	private constructor(page: Page) {
		this.page = page;
		page.on("pageerror", (error) => this.errors.push(error.message));
	}

	static async open(
		browser: Browser,
		server: PageServer,
		options: PageOptions = {},
	): Promise<BrowserPage> {
		const { theme = "dark", width = 1000, height = 700 } = options;
		const context = await browser.newContext({
			viewport: { width, height },
			deviceScaleFactor: options.pixelRatio ?? 1,
			reducedMotion: options.reducedMotion ? "reduce" : "no-preference",
		});
		context.setDefaultTimeout(WAIT_LIMIT);
		const page = await context.newPage();
		const opened = new BrowserPage(page);
		if (!options.isRealTime) {
			await page.clock.install({ time: START });
			await page.clock.pauseAt(START + 1000);
		}
		await page.goto(server.url(theme));
		return opened;
	}

	async close(): Promise<void> {
		await this.page.context().close();
	}

	/** Lets so many ms pass in the page, with all their frames and timers. */
	async advance(ms: number): Promise<void> {
		this.hostNow += ms;
		await this.page.clock.runFor(ms);
	}

	/** Delivers a message as the webview's window would, at once. */
	async send(message: HostMessage | Record<string, unknown>): Promise<void> {
		await this.page.evaluate((data) => {
			window.dispatchEvent(new MessageEvent("message", { data }));
		}, message);
	}

	async snapshot(
		nodes: readonly NodeView[],
		changes: Partial<GraphSnapshot> = {},
		status: Partial<SourceStatus> = {},
	): Promise<void> {
		await this.status(status);
		this.#nodes = new Map(nodes.map((node) => [node.key, node]));
		this.#seq++;
		const graph = { nodes, counters: countersOf(nodes), ...changes };
		const { hostNow: now } = this;
		await this.send({ type: "snapshot", protocol: PROTOCOL_VERSION, seq: this.#seq, now, graph });
	}

	async status(changes: Partial<SourceStatus>): Promise<void> {
		const status = {
			connection: "connected",
			source: "log",
			message: "",
			phase: "live",
			areHooksReady: false,
			...changes,
		} as const;
		await this.send({ type: "status", status });
	}

	async patch(changes: Partial<GraphPatch>, skip = 0): Promise<void> {
		for (const node of changes.upserts ?? []) this.#nodes.set(node.key, node);
		this.#seq += 1 + skip;
		const counters = countersOf([...this.#nodes.values()]);
		const patch = { upserts: [], removes: [], pulses: [], counters, ...changes };
		await this.send({ type: "patch", seq: this.#seq, now: this.hostNow, patch });
	}

	/** Number that the next patch must carry; for those who send patches themselves. */
	get nextSeq(): number {
		return this.#seq + 1;
	}

	/** Changes one node by a patch. */
	async change(key: string, changes: Partial<NodeView>): Promise<void> {
		const node = this.#nodes.get(key);
		if (node === undefined) throw new Error(`no node ${key}`);
		await this.patch({ upserts: [{ ...node, ...changes }] });
	}

	async pulse(key: string, tool: string, kind: Pulse["kind"] = "start"): Promise<void> {
		await this.patch({ pulses: [{ key, tool, kind }] });
	}

	posted(): Promise<PageMessage[]> {
		return this.page.evaluate(() => window.__posted);
	}

	async postedOf<Type extends PageMessage["type"]>(
		type: Type,
	): Promise<Extract<PageMessage, { type: Type }>[]> {
		const messages = await this.posted();
		return messages.filter((message) => message.type === type) as never;
	}

	async nodes(): Promise<Map<string, SeenNode>> {
		const nodes = await this.page.evaluate(() => window.__agentLiveGraph?.nodes() ?? []);
		return new Map(nodes.map((node) => [node.key, node]));
	}

	/** A node that must be in the picture. */
	async node(key: string): Promise<SeenNode> {
		const node = (await this.nodes()).get(key);
		if (node === undefined) throw new Error(`${key} is not in the picture`);
		return node;
	}

	floats(): Promise<string[]> {
		return this.page.evaluate(() => window.__agentLiveGraph?.floats() ?? []);
	}

	frames(): Promise<number> {
		return this.page.evaluate(() => window.__frames);
	}

	violations(): Promise<string[]> {
		return this.page.evaluate(() => window.__violations);
	}

	/** Colour of the picture at a point of the canvas in CSS px. */
	pixel(x: number, y: number): Promise<[number, number, number]> {
		return this.page.evaluate(
			([atX, atY]) => {
				const canvas = document.querySelector("canvas");
				const ratio = window.devicePixelRatio;
				const data = canvas?.getContext("2d")?.getImageData(atX * ratio, atY * ratio, 1, 1).data;
				return [data?.[0] ?? -1, data?.[1] ?? -1, data?.[2] ?? -1] as [number, number, number];
			},
			[x, y] as const,
		);
	}

	async screenshot(name: string): Promise<void> {
		mkdirSync(SCREENSHOTS, { recursive: true });
		await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
	}
}
