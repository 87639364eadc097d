import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { BrowserPage, launchBrowser, type PageOptions } from "./browserPage.ts";
import { PageServer } from "./pageServer.ts";

/** Opens pages for the tests of one suite. */
export interface PageFixture {
	open(options?: PageOptions): Promise<BrowserPage>;
	/** The page at hand is expected to report errors to its host. */
	expectErrors(): void;
}

/**
 * One browser for the suite that calls it. After each test its pages are closed, and none may have
 * thrown, broken the policy, or reported an error to its host.
 */
export function usePages(): PageFixture {
	let browser: Browser;
	let server: PageServer;
	let pages: BrowserPage[] = [];
	let mayReport = false;
	before(async () => {
		server = await PageServer.start();
		browser = await launchBrowser();
	});
	after(async () => {
		await browser.close();
		await server.stop();
	});
	afterEach(async () => {
		const opened = pages;
		pages = [];
		for (const page of opened) await checkAndClose(page, mayReport);
		mayReport = false;
	});
	return {
		async open(options = {}) {
			const page = await BrowserPage.open(browser, server, options);
			pages.push(page);
			return page;
		},
		expectErrors() {
			mayReport = true;
		},
	};
}

async function checkAndClose(page: BrowserPage, mayReport: boolean): Promise<void> {
	try {
		assert.deepEqual(page.errors, [], "uncaught errors");
		assert.deepEqual(await page.violations(), [], "violations of the policy");
		if (!mayReport) assert.deepEqual(await page.postedOf("clientError"), [], "reported errors");
	} finally {
		await page.close();
	}
}
