import assert from "node:assert/strict";
import type { BrowserPage } from "../../support/page/browserPage.ts";
import { agentView, START, sessionView } from "../../support/page/fakeViews.ts";
import { usePages } from "../../support/page/fixture.ts";

const settings = {
	showOtherSessions: true,
	workspaceFolders: [],
	canOpen: false,
	lostAfterMs: 1_800_000,
	usualTimes: { silences: [], durations: [] },
	clients: [],
};

describe("reduced motion", () => {
	const pages = usePages();

	async function show(page: BrowserPage): Promise<void> {
		await page.snapshot([sessionView("s1"), agentView("a1", { parent: "s1" })]);
		await page.advance(1000);
	}

	it("follows the system's wish", async () => {
		const page = await pages.open({ reducedMotion: true });
		await show(page);
		await page.pulse("a1", "Grep");
		await page.advance(200);
		const node = await page.node("a1");
		assert.equal(node.radius, node.restRadius);
		assert.deepEqual(await page.floats(), ["Grep"], "the tool is named all the same");
	});

	it("follows VS Code's own class", async () => {
		const page = await pages.open();
		await page.page.evaluate(() => document.body.classList.add("vscode-reduce-motion"));
		await show(page);
		await page.patch({ upserts: [agentView("a2", { parent: "s1" })] });
		await page.advance(20);
		const first = await page.node("a2");
		await page.advance(1000);
		const later = await page.node("a2");
		assert.equal(first.alpha, 1);
		assert.deepEqual([first.x, first.y], [later.x, later.y]);
	});

	it("can be switched on and off by the setting", async () => {
		const page = await pages.open({ reducedMotion: true });
		await page.send({ type: "settings", settings: { ...settings, reducedMotion: "off" } });
		await show(page);
		await page.pulse("a1", "Grep");
		await page.advance(200);
		const moving = await page.node("a1");
		assert.ok(moving.radius > moving.restRadius);
		await page.send({ type: "settings", settings: { ...settings, reducedMotion: "on" } });
		await page.pulse("a1", "Grep");
		await page.advance(50);
		const still = await page.node("a1");
		assert.equal(still.radius, still.restRadius);
	});

	it("shows an end in its colour without fading, then takes the node away", async () => {
		const page = await pages.open({ reducedMotion: true });
		await show(page);
		const { screenX, screenY, restRadius } = await page.node("a1");
		await page.change("a1", { state: "done", outcome: "functional", endedAt: START });
		await page.advance(100);
		const early = await page.pixel(screenX + restRadius * 0.7, screenY);
		await page.advance(1200);
		const late = await page.pixel(screenX + restRadius * 0.7, screenY);
		assert.ok(early[1] > early[0], "green");
		assert.deepEqual(late, early);
		await page.advance(400);
		assert.ok(!(await page.nodes()).has("a1"));
	});
});
