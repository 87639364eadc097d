import assert from "node:assert/strict";
import { DEFAULT_PANEL_SETTINGS } from "../../../src/protocol/messages.ts";
import type { BrowserPage } from "../../support/page/browserPage.ts";
import { agentView, countersOf, START, sessionView } from "../../support/page/fakeViews.ts";
import { usePages } from "../../support/page/fixture.ts";

const nodes = [
	sessionView("s1"),
	agentView("a1", { type: "general-purpose", model: "claude-sonnet-5", calls: 4 }),
	agentView("a2", { type: "Explore", parent: "a1", description: "call sites" }),
	agentView("a3", { type: "architect", model: "claude-opus-4-8" }),
	agentView("old", { state: "done", outcome: "partial", endedAt: START - 60_000 }),
	agentView("new", { state: "done", outcome: "fail", endedAt: START - 1000, failures: 2 }),
];

describe("the table of agents", () => {
	const pages = usePages();

	async function openTable(): Promise<BrowserPage> {
		const page = await pages.open();
		await page.snapshot(nodes);
		await page.advance(500);
		await page.page.keyboard.press("t");
		await page.advance(200);
		return page;
	}

	const names = (page: BrowserPage) =>
		page.page.locator("tr[aria-level] .cell-agent span:last-child").allInnerTexts();
	const focusedName = (page: BrowserPage) =>
		page.page.evaluate(
			() => document.activeElement?.querySelector(".cell-agent span:last-child")?.textContent,
		);

	it("lists the living nested, then the finished, the latest first", async () => {
		const page = await openTable();
		const living = ["main", "general-purpose", "Explore", "architect"];
		assert.deepEqual(await names(page), [...living, "Explore", "Explore"]);
		const rows = page.page.locator("tr[aria-level]");
		const levels = await rows.evaluateAll((all) =>
			all.map((row) => row.getAttribute("aria-level")),
		);
		assert.deepEqual(levels, ["1", "2", "3", "2", "1", "1"]);
		const states = await page.page.locator("tr[aria-level] .cell-state").allInnerTexts();
		assert.deepEqual(states.slice(4), ["failed", "partial"]);
	});

	it("moves between rows by arrows, Home and End, with one tab stop", async () => {
		const page = await openTable();
		assert.equal(await focusedName(page), "main");
		await page.page.keyboard.press("ArrowDown");
		await page.page.keyboard.press("ArrowRight");
		assert.equal(await focusedName(page), "Explore");
		await page.page.keyboard.press("ArrowLeft");
		assert.equal(await focusedName(page), "general-purpose");
		await page.page.keyboard.press("End");
		assert.equal(await page.page.locator("tr:focus .cell-state").innerText(), "partial");
		await page.page.keyboard.press("Home");
		await page.page.keyboard.press("ArrowUp");
		assert.equal(await focusedName(page), "main");
		assert.equal(await page.page.locator("tr[tabindex='0']").count(), 1);
	});

	it("opens the inspector by Enter, and closes it and then itself by Escape", async () => {
		const page = await openTable();
		await page.page.keyboard.press("ArrowDown");
		await page.page.keyboard.press("Enter");
		await page.advance(200);
		assert.ok(await page.page.locator(".inspector").isVisible());
		const title = () => page.page.evaluate(() => document.activeElement?.textContent);
		assert.equal(await title(), "general-purpose");
		assert.equal(await page.page.locator("tr[aria-selected='true']").count(), 1);
		await page.screenshot("table-and-inspector");
		await page.page.keyboard.press("Escape");
		assert.ok(await page.page.locator(".inspector").isHidden());
		assert.equal(await focusedName(page), "general-purpose");
		await page.page.keyboard.press("Escape");
		assert.ok(await page.page.locator(".table-pane").isHidden());
		const label = await page.page.evaluate(() =>
			document.activeElement?.getAttribute("aria-label"),
		);
		assert.match(label ?? "", /^Table/);
	});

	it("follows the graph without taking the focus away", async () => {
		const page = await openTable();
		await page.page.keyboard.press("ArrowDown");
		await page.change("a1", { state: "done", outcome: "functional", endedAt: page.hostNow });
		await page.patch({ upserts: [agentView("a4", { type: "runner", parent: "s1" })] });
		await page.advance(300);
		assert.equal(await focusedName(page), "general-purpose");
		const state = await page.page.locator("tr:focus .cell-state").innerText();
		assert.equal(state, "functional");
		assert.ok((await names(page)).includes("runner"));
	});

	it("says how many finished agents it does not list", async () => {
		const page = await pages.open();
		const finished = Array.from({ length: 230 }, (_, i) =>
			agentView(`f${i}`, { state: "done", outcome: "functional", endedAt: START - i }),
		);
		const counters = countersOf(finished, { done: 1230 });
		await page.snapshot([sessionView("s1"), ...finished], { counters });
		await page.page.keyboard.press("t");
		await page.advance(300);
		assert.equal(await page.page.locator("tr[aria-level]").count(), 201);
		assert.equal(
			await page.page.locator(".table-note").innerText(),
			"and 1,030 finished agents more",
		);
	});

	it("works in a panel 400 px wide", async () => {
		const page = await pages.open({ width: 400, height: 640 });
		await page.snapshot(nodes);
		await page.page.keyboard.press("t");
		await page.advance(500);
		await page.screenshot("narrow-table");
		const overflow = await page.page.evaluate(() => {
			const pane = document.querySelector(".table-pane");
			return (pane?.scrollWidth ?? 0) - (pane?.clientWidth ?? 0);
		});
		assert.equal(overflow, 0);
	});

	it("leads from a row to its transcript, and copies its id, by mouse and by keyboard", async () => {
		const page = await openTable();
		const row = page.page.locator("tr[aria-level]").nth(1);
		await row.hover();
		assert.ok(await row.getByRole("button", { name: /Open Transcript/ }).isHidden());
		await page.send({ type: "settings", settings: { ...DEFAULT_PANEL_SETTINGS, canOpen: true } });
		await page.advance(200);
		await row.getByRole("button", { name: /Open Transcript/ }).click();
		await row.getByRole("button", { name: /Copy Id/ }).click();
		await row.focus();
		await page.page.keyboard.press("o");
		await page.page.keyboard.press("c");
		const opened = { type: "openTranscript", session: "s1", agent: "agent-a1", call: null };
		const copied = { type: "copyId", id: "agent-a1" };
		assert.deepEqual(await page.postedOf("openTranscript"), [opened, opened]);
		assert.deepEqual(await page.postedOf("copyId"), [copied, copied]);
		assert.ok(await page.page.locator(".inspector").isHidden());
	});
});
