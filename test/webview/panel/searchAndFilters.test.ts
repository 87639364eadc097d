import assert from "node:assert/strict";
import type { BrowserPage } from "../../support/page/browserPage.ts";
import { agentView, sessionView } from "../../support/page/fakeViews.ts";
import { usePages } from "../../support/page/fixture.ts";

const nodes = [
	sessionView("s1", { folder: "billing-service" }),
	agentView("a1", { description: "migrate the parser", model: "claude-sonnet-5" }),
	agentView("a2", { description: "call sites", parent: "a1" }),
	agentView("a3", { type: "architect", description: "parser plan", model: "claude-opus-4-8" }),
	sessionView("s2", { folder: "web-app" }),
	agentView("b1", { session: "s2", parent: "s2", description: "port the menus" }),
];
const settings = {
	reducedMotion: "auto",
	workspaceFolders: ["/home/dev/billing-service"],
	canOpen: false,
	lostAfterMs: 1_800_000,
	usualTimes: { silences: [], durations: [] },
	clients: [],
};

describe("search and filters", () => {
	const pages = usePages();

	async function openNodes(): Promise<BrowserPage> {
		const page = await pages.open();
		await page.snapshot(nodes);
		await page.advance(2000);
		return page;
	}

	const matches = async (page: BrowserPage) =>
		[...(await page.nodes()).values()].filter((node) => node.isMatch).map((node) => node.key);
	const shown = async (page: BrowserPage) => [...(await page.nodes()).keys()].sort();
	const progress = (page: BrowserPage) => page.page.locator(".matches").innerText();

	async function search(page: BrowserPage, query: string): Promise<void> {
		await page.page.getByRole("searchbox").fill(query);
		await page.advance(200);
	}

	for (const [what, query, found] of [
		["description", "PARSER", ["a1", "a3"]],
		["type", "archit", ["a3"]],
		["id", "agent-b1", ["b1"]],
		["folder", "web-app", ["s2"]],
		["several words", "explore parser", ["a1"]],
	] as const) {
		it(`finds nodes by ${what} and dims the others`, async () => {
			const page = await openNodes();
			await search(page, query);
			assert.deepEqual(await matches(page), found);
			const others = [...(await page.nodes()).values()].filter((node) => !node.isMatch);
			assert.ok(others.every((node) => node.isDimmed && node.alpha < 0.5));
		});
	}

	it("finds an agent by a tool that it was seen to use", async () => {
		const page = await openNodes();
		await page.pulse("a2", "WebFetch");
		await search(page, "webfetch");
		assert.deepEqual(await matches(page), ["a2"]);
	});

	it("leads from match to match by Enter and back by Shift+Enter", async () => {
		const page = await openNodes();
		await page.page.getByRole("button", { name: "Zoom in" }).click();
		await search(page, "parser");
		assert.equal(await progress(page), "2");
		await page.page.keyboard.press("Enter");
		await page.advance(1500);
		assert.equal(await progress(page), "1 / 2");
		const first = await page.node("a1");
		assert.ok(Math.abs(first.screenX - 500) < 2, "it is brought to the middle");
		await page.page.keyboard.press("Enter");
		await page.advance(200);
		assert.equal(await progress(page), "2 / 2");
		await page.page.keyboard.press("Shift+Enter");
		await page.advance(200);
		assert.equal(await progress(page), "1 / 2");
		await page.screenshot("search");
		await page.page.keyboard.press("Escape");
		await page.advance(200);
		assert.deepEqual(await matches(page), []);
		assert.equal((await page.node("s1")).alpha, 1);
	});

	it("filters by session", async () => {
		const page = await openNodes();
		await page.page.getByLabel("Session", { exact: true }).selectOption("id:s2");
		await page.advance(200);
		assert.deepEqual(await shown(page), ["b1", "s2"]);
	});

	it("filters by model, and hangs agents on the nearest ancestor left", async () => {
		const page = await openNodes();
		await page.page.getByLabel("Model").selectOption("haiku");
		await page.advance(200);
		assert.deepEqual(await shown(page), ["a2", "b1", "s1", "s2"]);
		assert.equal((await page.node("a2")).parent, "s1");
	});

	it("filters by outcome, says so when nothing is left, and clears the filters", async () => {
		const page = await openNodes();
		await page.page.getByLabel("Session", { exact: true }).selectOption("id:s2");
		await page.change("b1", { state: "done", outcome: "fail", endedAt: page.hostNow });
		await page.change("s2", { state: "done", endedAt: page.hostNow });
		await page.advance(3000);
		assert.match(await page.page.locator(".empty").innerText(), /Nothing passes the filters/);
		await page.page.getByRole("button", { name: "Clear Filters" }).click();
		await page.advance(300);
		assert.deepEqual(await shown(page), ["a1", "a2", "a3", "s1"]);
		await page.page.getByLabel("Outcome").selectOption("fail");
		await page.page.keyboard.press("t");
		await page.advance(300);
		assert.deepEqual(await shown(page), ["s1"]);
		const rows = await page.page.locator("tr[aria-level] .cell-state").allInnerTexts();
		assert.deepEqual(rows, ["running", "failed"]);
	});

	it("hides the sessions of other folders where the setting asks for it", async () => {
		const page = await pages.open();
		await page.send({ type: "settings", settings: { ...settings, showOtherSessions: false } });
		await page.snapshot(nodes);
		await page.advance(500);
		assert.deepEqual(await shown(page), ["a1", "a2", "a3", "s1"]);
		await page.page.getByLabel("Session", { exact: true }).selectOption("all");
		await page.advance(300);
		assert.equal((await shown(page)).length, 6);
	});

	it("shows all sessions while the workspace has no folder", async () => {
		const page = await pages.open();
		const none = { ...settings, workspaceFolders: [], showOtherSessions: false };
		await page.send({ type: "settings", settings: none });
		await page.snapshot(nodes);
		await page.advance(500);
		assert.equal((await shown(page)).length, 6);
	});

	it("puts the sessions of this workspace nearest to the middle", async () => {
		const page = await pages.open();
		const folders = ["/home/dev/web-app"];
		const own = { ...settings, workspaceFolders: folders, showOtherSessions: true };
		await page.send({ type: "settings", settings: own });
		await page.snapshot(nodes);
		await page.advance(500);
		const reach = async (key: string) => {
			const { x, y } = await page.node(key);
			return Math.hypot(x, y);
		};
		assert.ok((await reach("s2")) < (await reach("s1")));
	});
});
