import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { inProject } from "../../../scripts/paths.ts";
import { sessionPage } from "../../../src/live/export/sessionPage.ts";
import { Recording } from "../../../src/model/recording/recording.ts";
import { makeSessionExport } from "../../../src/model/recording/sessionExport.ts";
import { EventLog, SESSION } from "../../support/log/eventLog.ts";
import { launchBrowser } from "../../support/page/browserPage.ts";
import { eventsOf, NOW } from "../../support/telemetry/telemetry.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const HOSTILE = '</script><img src="https://example.invalid/x" onerror="document.title=1">';

/** A session with two agents, one of which failed, and a name that tries to be markup. */
function session(prompt: string | null) {
	const recording = new Recording(SESSION);
	const log = new EventLog()
		.start("a1", "Explore")
		.use("c1", "a1", "Bash")
		.result("c1", "a1", false, "Bash")
		.start("a2", HOSTILE)
		.use("c2", "a2")
		.result("c2", "a2")
		.stop("a2", HOSTILE, "functional")
		.stop("a1", "Explore", "fail")
		.add("session_end");
	recording.add(eventsOf(log.events));
	return makeSessionExport(recording, { now: NOW, silenceMs: 60_000, prompt });
}

describe("a session as one HTML file", () => {
	const folder = useTempFolder();
	let browser: Browser;
	let page: Page;
	let asked: string[];
	let wrong: string[];
	before(async () => {
		browser = await launchBrowser();
	});
	after(() => browser.close());
	afterEach(() => page.context().close());

	async function open(prompt: string | null = null): Promise<void> {
		const file = folder.file("session.html");
		writeFileSync(file, await sessionPage(session(prompt), inProject("dist/webview")));
		[asked, wrong] = [[], []];
		const context = await browser.newContext({ viewport: { width: 1200, height: 800 } });
		page = await context.newPage();
		page.on("request", (request) => asked.push(request.url()));
		page.on("pageerror", ({ message }) => wrong.push(message));
		page.on("console", (message) => {
			if (message.type() === "error") wrong.push(message.text());
		});
		await page.goto(pathToFileURL(file).href);
		await page.locator(".counters").waitFor();
	}

	it("shows the session without asking anybody for anything", async () => {
		await open();
		await page.keyboard.press("t");
		const rows = page.locator(".table-pane tbody tr");
		await rows.filter({ hasText: "Explore" }).first().click();
		// Who answers for its details is asked, as a host would be.
		await page.locator(".tools tbody tr").first().waitFor();
		assert.match(await page.locator(".inspector").innerText(), /Explore[\s\S]*failed/);
		assert.match(await page.locator(".tools").innerText(), /Bash/);
		assert.deepEqual(
			asked.map((url) => new URL(url).protocol),
			["file:"],
		);
		assert.deepEqual(wrong, []);
	});

	it("takes no name for markup, and has no title but its own", async () => {
		await open();
		await page.keyboard.press("t");
		assert.ok((await page.locator(".table-pane").innerText()).includes("</script>"));
		assert.equal(await page.locator("img").count(), 0);
		assert.equal(await page.title(), "Agent Live Graph");
		assert.deepEqual(wrong, []);
	});

	it("has what was asked as its title, where that was to be told", async () => {
		await open("find the parser");
		assert.equal(await page.title(), "find the parser");
	});

	it("has its timeline", async () => {
		await open();
		await page.keyboard.press("l");
		await page.locator(".timeline-canvas").waitFor();
		await page.locator(".timeline-tool").last().click();
		const table = page.locator(".timeline-table");
		await table.getByText("Bash").first().waitFor();
		assert.deepEqual(wrong, []);
	});

	it("replays the session beside its timeline, without a network", async () => {
		await open();
		await page.keyboard.press("l");
		await page.locator(".timeline-canvas").waitFor();
		await page.getByRole("button", { name: "Replay", exact: true }).last().click();
		await page.getByRole("button", { name: "Play (Space)" }).click();
		await page.locator(".badge", { hasText: "replay" }).waitFor();
		await page.locator('.counters [data-counter="alive"] b', { hasText: "1" }).waitFor();
		assert.equal(asked.length, 1);
		assert.deepEqual(wrong, []);
	});

	it("gives its picture to the browser to keep", async () => {
		await open();
		const download = page.waitForEvent("download");
		await page.getByRole("button", { name: "Export" }).click();
		await page.getByRole("menuitem", { name: "Picture as SVG" }).click();
		assert.equal((await download).suggestedFilename(), "agent-live-graph.svg");
		assert.deepEqual(wrong, []);
	});
});
