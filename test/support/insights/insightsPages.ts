import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { WAIT_LIMIT } from "../../../scripts/setup/browser.ts";
import type { Budget } from "../../../src/insights/budgets/budget.ts";
import type {
	InsightAnswers,
	InsightsPageMessage,
} from "../../../src/protocol/insightsMessages.ts";
import { parseInsightsMessage } from "../../../src/protocol/insightsPageMessage.ts";
import { pageHtml } from "../../../src/protocol/pageHtml.ts";
import { InsightsReader } from "../../../src/telemetry/insights/insightsReader.ts";
import { TelemetryStore } from "../../../src/telemetry/storage/store.ts";
import { hostStub } from "../page/hostStub.ts";
import { THEMES, type ThemeName } from "../page/themes.ts";

const BUILT = join(import.meta.dirname, "../../../dist/webview");
const ORIGIN = "http://insights.test";

const NOTHING_LEARNED = { proposals: [], open: 0, sequences: [] };

/** Answers from a database. */
type Reader = {
	[Name in "insights" | "functions" | "series" | "function" | "callsOf" | "budgets" | "behind"]: (
		...asked: Parameters<InsightsReader[Name]>
	) => ReturnType<InsightsReader[Name]> | Promise<ReturnType<InsightsReader[Name]>>;
};

interface InsightsOptions {
	/** Whose answers a reader of its own gives; or one that reads elsewhere. */
	readonly store: TelemetryStore | Reader;
	readonly now: number;
	readonly theme?: ThemeName;
	readonly width?: number;
	readonly height?: number;
	readonly view?: unknown;
	readonly budgets?: readonly Budget[];
	readonly learned?: (showsAll: boolean) => InsightAnswers["learned"]["answer"];
	/** What questions are answered with in place of figures. */
	readonly failure?: string;
}

/** The page of figures in a browser, with a host that answers it from a database. */
export class InsightsTestPage {
	readonly page: Page;
	readonly posted: InsightsPageMessage[] = [];
	readonly errors: string[] = [];
	readonly #reader: Reader;
	readonly #dispose: () => void;
	readonly #options: InsightsOptions;

	private constructor(page: Page, options: InsightsOptions) {
		this.page = page;
		this.#options = options;
		const { store } = options;
		if (store instanceof TelemetryStore) {
			const reader = new InsightsReader(
				() => store,
				() => options.now,
			);
			this.#reader = reader;
			this.#dispose = () => reader.dispose();
		} else {
			this.#reader = store;
			this.#dispose = () => {};
		}
		page.on("pageerror", ({ message }) => this.errors.push(message));
	}

	static async open(browser: Browser, options: InsightsOptions): Promise<InsightsTestPage> {
		const { theme = "dark", width = 1400, height = 900 } = options;
		const context = await browser.newContext({ viewport: { width, height }, timezoneId: "UTC" });
		context.setDefaultTimeout(WAIT_LIMIT);
		const page = await context.newPage();
		await page.clock.setFixedTime(options.now);
		const opened = new InsightsTestPage(page, options);
		await page.exposeFunction("__toHost", (raw: unknown) => opened.#received(raw));
		await page.route(`${ORIGIN}/**`, async (route) => {
			const name = new URL(route.request().url()).pathname.slice(1);
			if (name === "") await route.fulfill({ contentType: "text/html", body: html(theme) });
			else if (name === "host.js") {
				await route.fulfill({ contentType: "text/javascript", body: script(theme) });
			} else {
				const contentType = name.endsWith(".css") ? "text/css" : "text/javascript";
				await route.fulfill({ contentType, body: await readFile(join(BUILT, name)) });
			}
		});
		await page.goto(`${ORIGIN}/`);
		return opened;
	}

	/** Waits until the figures of the table are there. */
	async settled(): Promise<void> {
		await this.page.waitForFunction(() => !document.body.classList.contains("loading"));
		await this.page.waitForSelector(
			".functions tbody tr[data-function], .empty:not([hidden]), .nothing-recorded:not([hidden])",
		);
	}

	violations(): Promise<string[]> {
		return this.page.evaluate(() => window.__violations);
	}

	async close(): Promise<void> {
		this.#dispose();
		await this.page.context().close();
	}

	async #received(raw: unknown): Promise<unknown[]> {
		const message = parseInsightsMessage(raw);
		if (message === null) throw new Error(`not of the protocol: ${JSON.stringify(raw)}`);
		this.posted.push(message);
		if (message.type === "ready") {
			return [{ type: "settings", canOpen: true, view: this.#options.view }];
		}
		if (message.type !== "ask") return [];
		const { id, question } = message;
		if (this.#options.failure !== undefined) {
			return [{ type: "failed", id, message: this.#options.failure }];
		}
		return [{ type: "answer", id, value: await this.#answer(question) }];
	}

	async #answer(
		question: Extract<InsightsPageMessage, { type: "ask" }>["question"],
	): Promise<unknown> {
		switch (question.kind) {
			case "insights":
				return this.#reader.insights(question);
			case "functions":
				return this.#reader.functions(question);
			case "series":
				return this.#reader.series(question, question.functionIds);
			case "function":
				return this.#reader.function(question, question.functionId);
			case "callsOf":
				return this.#reader.callsOf(question);
			case "budgets":
				return this.#reader.budgets(this.#options.budgets ?? []);
			case "behind":
				return this.#reader.behind(question);
			case "script": {
				const [call] = await this.#reader.behind({ ...question, what: "pattern" });
				return call === undefined ? null : { text: "python3 - <<'EOF'\nprint(1)\nEOF", call };
			}
			case "learned":
				return this.#options.learned?.(question.showsAll) ?? NOTHING_LEARNED;
			case "titles":
				return question.sessions.map((session) => ({
					session,
					title: `about ${session.slice(-3)}`,
				}));
		}
	}
}

function html(theme: ThemeName): string {
	return pageHtml({
		nonce: "abc",
		cspSource: ORIGIN,
		scriptUris: [`${ORIGIN}/host.js`, `${ORIGIN}/insights.js`],
		styleUri: `${ORIGIN}/insightsStyle.css`,
		drawsFiles: true,
	}).replace("<body>", () => `<body class="${THEMES[theme].bodyClass}">`);
}

function script(theme: ThemeName): string {
	return `${hostStub(THEMES[theme])}
{
	const acquire = window.acquireVsCodeApi;
	window.acquireVsCodeApi = () => ({
		...acquire(),
		postMessage: async (message) => {
			for (const data of await window.__toHost(message)) {
				window.dispatchEvent(new MessageEvent("message", { data }));
			}
		},
	});
}`;
}
