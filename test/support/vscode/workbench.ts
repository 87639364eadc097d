import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { findBrowser, WAIT_LIMIT } from "../../../scripts/setup/browser.ts";

export interface WorkbenchPage {
	readonly page: Page;
	/** Last lines of the page's console, for a failure's message. */
	readonly consoleTail: () => string;
	close(): Promise<void>;
}

export interface WorkbenchOptions {
	readonly url: string;
	/** The browser's profile; the same one again keeps what the workbench stored in it. */
	readonly profile: string;
	readonly width?: number;
	readonly height?: number;
	/** Light, dark or forced colours of the machine, for themes that follow it. */
	readonly scale?: number;
}

const CONSOLE_LINES = 40;

/** Opens a workbench in a browser without a window. */
export async function openWorkbench(options: WorkbenchOptions): Promise<WorkbenchPage> {
	const browser = findBrowser();
	if (browser === undefined) {
		throw new Error("no browser: run npm run setup");
	}
	const context = await chromium.launchPersistentContext(join(options.profile, "browser"), {
		...browser,
		headless: true,
		viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
		deviceScaleFactor: options.scale ?? 1,
	});
	context.setDefaultTimeout(WAIT_LIMIT);
	const lines: string[] = [];
	const page = context.pages()[0] ?? (await context.newPage());
	page.on("console", (message) => {
		lines.push(`${message.type()}: ${message.text()}`);
		lines.splice(0, lines.length - CONSOLE_LINES);
	});
	await page.goto(options.url);
	return { page, consoleTail: () => lines.join("\n"), close: () => closeContext(context) };
}

async function closeContext(context: BrowserContext): Promise<void> {
	await context.close();
}
