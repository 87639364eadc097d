import assert from "node:assert/strict";
import type { Frame, Locator } from "playwright-core";
import { retellRun } from "../support/vscode/retoldRun.ts";
import { saveScreenshot } from "../support/vscode/screenshot.ts";
import { openSession, type Session } from "../support/vscode/session.ts";

const NOW = "11111111-0000-4000-8000-00000000abcd";
const YESTERDAY = "22222222-0000-4000-8000-00000000abcd";
const MOST_CLICKS = 2;
/** Height of a row of the timeline, and of the axis above them, px. */
const [ROW, HEAD] = [24, 24];

/** What people ask of the open panel; docs/benchmarks.md lists the clicks. */
describe("a question asked of the open panel in VS Code", () => {
	let session: Session;
	let panel: Frame;
	let clicks = 0;

	before(async () => {
		session = await openSession({ width: 1440, height: 900 });
		const cwd = session.workspace;
		const told = { cwd, mark: "2", isRunning: false, prompt: "count the kumquats" };
		retellRun(session.projects, { ...told, session: YESTERDAY, lastCallAt: yesterday() });
		const now = { cwd, mark: "1", isRunning: true, prompt: "sum the numbers" };
		retellRun(session.projects, { ...now, session: NOW, lastCallAt: Date.now() - 10_000 });
	});

	after(() => session?.close());

	/** The panel alone, as it is when it was opened from the palette. */
	beforeEach(async () => {
		await session.runCommand("View: Close All Editors");
		await session.runCommand("View: Show Explorer");
		await session.runCommand("Agent Live Graph: Open");
		panel = await session.panel();
		await counter("failed").and(panel.locator(":enabled")).waitFor();
		clicks = 0;
	});

	afterEach(() => assert.ok(clicks <= MOST_CLICKS, `${clicks} clicks`));

	async function click(target: Locator): Promise<void> {
		clicks++;
		await target.click();
	}

	const counter = (name: string) => panel.locator(`[data-counter="${name}"] button`);
	const activity = () => session.page.locator(".activitybar a[aria-label^='Agent Live Graph']");
	const pane = (name: string) =>
		session.page.locator(".pane", {
			has: session.page.locator(".pane-header", { hasText: name }),
		});
	const rowsOf = (name: string) => pane(name).locator(".monaco-list-row");

	/** Of the document that is open, without the room beside them. */
	const lines = () => session.page.locator(".editor-instance .view-line > span");

	/** Waits until the first that has the words can be seen. */
	async function seen(places: Locator, words: RegExp): Promise<void> {
		const place = places.filter({ hasText: words }).first();
		while (!(await isInView(place))) await session.page.waitForTimeout(50);
	}

	it("who failed, and why", async () => {
		await click(counter("failed"));
		await click(panel.getByRole("row", { name: /Explore.*Fail/i }));
		await seen(panel.locator(".failure .reason"), /File does not exist\. Note: your current/);
		await seen(panel.locator(".inspector-title"), /Explore/);
		await saveScreenshot(session.page, "e2e-question-who-failed");
	});

	it("which tool is slowest", async () => {
		await click(session.page.locator(".editor-actions a[aria-label^='Open Insights']"));
		const insights = await insightsPage();
		await click(insights.getByRole("button", { name: "p95", exact: true }));
		await insights.locator('th[aria-sort="descending"]', { hasText: "p95" }).waitFor();
		await seen(insights.locator("tr[data-function]").first(), /^bash:make.*1 m \d+ s/);
		await session.page.waitForTimeout(500);
		await saveScreenshot(session.page, "e2e-question-slowest-tool");
	});

	it("what it is doing now", async () => {
		await click(activity());
		await seen(rowsOf("Live Agents"), /Bash cargo · \d+ s/);
		await saveScreenshot(session.page, "e2e-question-doing-now");
	});

	it("what an agent said and did", async () => {
		await click(panel.getByRole("button", { name: "Table of agents (T)" }));
		const row = panel.getByRole("row", { name: /Explore.*Functional/i });
		await row.hover();
		await click(row.getByRole("button", { name: "Open Transcript (O)" }));
		await seen(lines(), /TASK:twin-a.please/);
		await saveScreenshot(session.page, "e2e-question-transcript");
	});

	it("how yesterday's session went", async () => {
		await click(activity());
		await click(rowsOf("Sessions").filter({ hasText: "count the kumquats" }));
		const past = await frameWith(".badge", "past session");
		await past.locator("button.toggle", { hasText: /Finished 5/ }).waitFor();
		await seen(session.page.locator(".tab.active .label-name"), /count the kumquats/);
		await seen(rowsOf("Sessions"), /Yesterday/);
		await session.page.waitForTimeout(1500);
		await saveScreenshot(session.page, "e2e-question-yesterday");
	});

	it("when an agent called what: its bar in the timeline selects it", async () => {
		session.applySettings({ "workbench.colorTheme": "Default Dark Modern" });
		await panel.waitForFunction(() => document.body.classList.contains("vscode-dark"));
		await click(panel.getByRole("button", { name: "Timeline", exact: true }));
		const canvas = panel.locator(".timeline-canvas");
		await canvas.and(panel.locator("[aria-label*='5 agents']")).waitFor();
		const box = await canvas.boundingBox();
		assert.ok(box !== null);
		// Along the row of the first agent, until the pointer is on a call.
		const y = HEAD + ROW * 1.5;
		const call = panel.locator(".timeline-canvas.on-call");
		for (let x = 230; x < box.width && !(await call.isVisible()); x += 2) {
			await session.page.mouse.move(box.x + x, box.y + y);
		}
		const card = panel.locator(".timeline-pane .hover-card");
		await seen(card, /Bash echo[\s\S]*Explore/);
		clicks++;
		await session.page.mouse.down();
		await session.page.mouse.up();
		await seen(panel.locator(".inspector-title"), /Explore/);
		await saveScreenshot(session.page, "e2e-timeline");
		await panel.getByRole("button", { name: "Timeline", exact: true }).click();
	});

	it("what stands behind a bar of Insights, down to the words", async () => {
		await session.runCommand("Agent Live Graph: Open Insights");
		const insights = await insightsPage();
		await insights.locator("g.bar").nth(-2).click();
		await insights.locator("tr[data-function='bash:make'] button.name").click();
		const calls = insights.locator(".detail tr", { hasText: "1 m" });
		await saveScreenshot(session.page, "e2e-insights");
		await calls.last().getByRole("button").click();
		await seen(lines(), /make.-j2/);
		await saveScreenshot(session.page, "e2e-insights-transcript");
	});

	function insightsPage(): Promise<Frame> {
		return frameWith(".insights tr[data-function]", "");
	}

	/** The document of the webview that has such an element. */
	async function frameWith(selector: string, words: string): Promise<Frame> {
		for (;;) {
			for (const frame of session.page.frames()) {
				const found = frame.locator(selector).filter({ hasText: words });
				if (await found.count().catch(() => 0)) return frame;
			}
			await session.page.waitForTimeout(100);
		}
	}
});

/** Whether it is there, and most of it within all that scrolls and within the window. */
async function isInView(place: Locator): Promise<boolean> {
	await place.waitFor();
	return place.evaluate(
		(element) =>
			new Promise<boolean>((resolve) => {
				const observer = new IntersectionObserver((entries) => {
					observer.disconnect();
					resolve((entries[0]?.intersectionRatio ?? 0) > 0.5);
				});
				observer.observe(element);
			}),
	);
}

/** Soon after its day began: more than a day ago, so that it is no part of the live picture. */
function yesterday(): number {
	const day = new Date();
	day.setDate(day.getDate() - 1);
	return day.setHours(0, 5, 0, 0);
}
