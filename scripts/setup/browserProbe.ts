import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toolsFolder } from "../paths.ts";
import type { Browser } from "./browser.ts";
import { SetupError } from "./npm.mjs";

/** What was found out when the browser was tried. */
export interface Probe {
	readonly path: string;
	readonly isSandboxed: boolean;
}

/** Milliseconds a browser may take to start at set-up. */
const TIMEOUT = 60_000;
const file = join(toolsFolder, `browser-${process.getuid?.() === 0 ? "root" : "user"}.json`);

/** The result of the last probe that went well. */
export function readProbe(): Probe | undefined {
	try {
		return JSON.parse(readFileSync(file, "utf8"));
	} catch {
		return undefined;
	}
}

/**
 * Shows a page, if need be without the sandbox, which a container may forbid to a normal user.
 * Rejects with a SetupError when neither works.
 */
export async function probeBrowser(browser: Browser): Promise<void> {
	let isSandboxed = browser.chromiumSandbox;
	let failure = await tryPage(browser);
	if (failure !== undefined && isSandboxed) {
		isSandboxed = false;
		failure = await tryPage({ ...browser, chromiumSandbox: false });
	}
	if (failure !== undefined) {
		throw new SetupError(
			`${browser.executablePath} cannot show a page:\n${failure}\n` +
				"Set CHROME_PATH to a Chrome or Chromium that works.",
		);
	}
	mkdirSync(toolsFolder, { recursive: true });
	const probe: Probe = { path: browser.executablePath, isSandboxed };
	writeFileSync(file, JSON.stringify(probe));
}

async function tryPage(browser: Browser): Promise<string | undefined> {
	// Loaded late: commands that need no browser start faster without it.
	const { chromium } = await import("playwright-core");
	try {
		const running = await chromium.launch({ ...browser, headless: true, timeout: TIMEOUT });
		const page = await running.newPage();
		// Text, a sign that few fonts have, and a control: what a browser without fonts dies of.
		await page.setContent("<input value='text'><p>\u25cf</p>");
		await page.screenshot();
		await running.close();
		return undefined;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
