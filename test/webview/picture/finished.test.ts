import assert from "node:assert/strict";
import type { NodeView } from "../../../src/model/views/view.ts";
import type { BrowserPage } from "../../support/page/browserPage.ts";
import { agentView, START, sessionView } from "../../support/page/fakeViews.ts";
import { usePages } from "../../support/page/fixture.ts";

const session = sessionView("n1");
const below = { session: "n1", parent: "n1" };
const failed = agentView("n3", {
	...below,
	type: "runner",
	state: "done",
	outcome: "fail",
	endedAt: START,
});
const done = agentView("n4", {
	...below,
	state: "done",
	outcome: "functional",
	endedAt: START - 5,
});
const lost = agentView("n5", { ...below, type: "linter", state: "lost", endedAt: START - 60_000 });
const nodes: readonly NodeView[] = [session, agentView("n2", below), failed, done, lost];

describe("agents that ended", () => {
	const pages = usePages();

	async function open(views = nodes): Promise<BrowserPage> {
		const page = await pages.open();
		await page.snapshot(views);
		await page.advance(2000);
		return page;
	}

	const toggle = (page: BrowserPage) => page.page.getByRole("button", { name: "Finished 3" });
	const counter = (page: BrowserPage, name: string) =>
		page.page.locator(`[data-counter="${name}"] button`);
	const keys = async (page: BrowserPage) => [...(await page.nodes()).keys()].toSorted();
	const rows = (page: BrowserPage) => page.page.locator(".table-pane tbody tr[tabindex]");

	it("come back by one click on their number, and stay so over a reload", async () => {
		const page = await open();
		assert.ok(!(await keys(page)).includes("n3"));
		await toggle(page).click();
		await page.advance(2000);
		assert.deepEqual(await keys(page), ["n1", "n2", "n3", "n4", "n5"]);
		assert.equal(await toggle(page).getAttribute("aria-pressed"), "true");
		assert.ok((await page.node("n3")).radius < (await page.node("n2")).radius);
		await page.page.reload();
		await page.snapshot(nodes);
		await page.advance(2000);
		assert.equal((await keys(page)).length, 5);
		await toggle(page).click();
		await page.advance(1000);
		assert.ok(!(await keys(page)).includes("n3"));
	});

	it("ask for no frame once they rest", async () => {
		const page = await open();
		await toggle(page).click();
		await page.change("n2", { state: "done", outcome: "partial", endedAt: START + 2000 });
		await page.advance(10_000);
		const before = await page.frames();
		await page.advance(10_000);
		assert.equal(await page.frames(), before);
	});

	it("that failed are shown, listed and pointed out by their counter, and hidden again", async () => {
		const page = await open();
		await counter(page, "failed").click();
		await page.advance(1500);
		assert.ok((await page.node("n3")).isMatch);
		assert.ok((await page.node("n2")).isDimmed);
		assert.deepEqual(await rows(page).locator(".cell-agent").allInnerTexts(), ["Hrunner"]);
		await page.page.keyboard.press("Escape");
		await page.advance(1500);
		assert.ok(!(await keys(page)).includes("n3"));
		assert.ok(await page.page.locator(".table-pane").isHidden());
	});

	it("are counted once: done, failed or lost", async () => {
		const page = await open();
		const texts = await page.page.locator(".counters li:not([hidden])").allInnerTexts();
		const counts = texts.map((text) => text.replace(/\s+/g, " "));
		assert.deepEqual(counts.slice(0, 6), [
			"1 alive",
			"4 spawned",
			"0 tool calls",
			"1 done",
			"1 failed",
			"1 lost",
		]);
		await counter(page, "lost").click();
		await page.advance(1500);
		assert.ok((await page.node("n5")).isMatch);
		await counter(page, "lost").click();
		await page.advance(1500);
		assert.ok(!(await keys(page)).includes("n5"));
	});

	it("are in the picture while they are selected", async () => {
		const page = await open();
		await page.page.locator("canvas").focus();
		await page.page.keyboard.press("t");
		await page.advance(500);
		await rows(page).filter({ hasText: "runner" }).click();
		await page.advance(1500);
		assert.ok((await keys(page)).includes("n3"));
		assert.match(await page.page.locator(".inspector").innerText(), /runner/);
		await page.page.keyboard.press("Escape");
		await page.advance(500);
		assert.ok(!(await keys(page)).includes("n3"));
	});

	it("past sixty are listed by a click on what they are folded into", async () => {
		const many = Array.from({ length: 70 }, (_, i) =>
			agentView(`n${i + 10}`, { ...below, state: "done", endedAt: START - i }),
		);
		const page = await open([session, agentView("n2", below), ...many]);
		await page.page.getByRole("button", { name: "Finished 70" }).click();
		await page.advance(4000);
		assert.equal((await page.nodes()).size, 63);
		const fold = await page.node("+n1");
		await page.page.mouse.click(fold.screenX, fold.screenY);
		await page.advance(500);
		assert.equal(await rows(page).count(), 72);
		assert.deepEqual(await page.postedOf("selected"), []);
	});
});

describe("a session that ended", () => {
	const pages = usePages();

	it("shows what it came to instead of an empty picture", async () => {
		const page = await pages.open();
		await page.snapshot([{ ...session, state: "done", endedAt: START }, failed, done]);
		await page.advance(1000);
		assert.deepEqual(await page.postedOf("summarise"), [{ type: "summarise", id: "n1" }]);
		await page.send({
			type: "summary",
			summary: {
				key: "n1",
				startedAt: START - 91_000,
				endedAt: START,
				agents: 2,
				outcomes: { functional: 1, partial: 0, scaffolding: 0, fail: 1, none: 0, lost: 0 },
				calls: 1312,
				failures: 4,
				tokens: 2_400_000,
				costUsd: 1.27,
				isCostPartial: false,
				files: 17,
			},
		});
		await page.advance(500);
		const summary = page.page.getByRole("region", { name: "Session summary" });
		const text = (await summary.innerText()).replace(/\s+/g, " ");
		assert.match(text, /billing-service is over/);
		assert.match(text, /Agents 2 Took 1 m 31 s Calls 1,312, 4 failed Tokens 2.4 M Cost \$1.27/);
		assert.match(text, /Files changed 17 1 functional 1 failed/);
		assert.ok(await page.page.locator(".empty").isHidden());
		await page.page.getByRole("button", { name: "Show Finished Agents" }).click();
		await page.advance(1500);
		assert.ok(await summary.isHidden());
		assert.equal((await page.nodes()).size, 3);
	});

	it("is asked for once, and again when it has changed", async () => {
		const page = await pages.open();
		await page.snapshot([{ ...session, state: "done", endedAt: START }]);
		await page.advance(5000);
		assert.equal((await page.postedOf("summarise")).length, 1);
		await page.change("n1", { calls: 5 });
		await page.advance(1000);
		assert.equal((await page.postedOf("summarise")).length, 2);
	});
});
