import assert from "node:assert/strict";
import { CLIENT_LABELS } from "../../../src/ingest/clients/clientIdentities.ts";
import { DEFAULT_PANEL_SETTINGS } from "../../../src/protocol/messages.ts";
import type { BrowserPage, PageOptions } from "../../support/page/browserPage.ts";
import { agentView, sessionView } from "../../support/page/fakeViews.ts";
import { usePages } from "../../support/page/fixture.ts";
import { THEMES, type ThemeName } from "../../support/page/themes.ts";

const first = [
	sessionView("s1", { folder: "billing-service" }),
	agentView("a1", { type: "Explore", description: "call sites" }),
];
const nodes = [
	...first,
	sessionView("s2", { folder: "web-app", client: "codex", model: "gpt-5", state: "idle" }),
	agentView("b1", { session: "s2", parent: "s2", type: "worker", model: "gpt-5" }),
	sessionView("s3", { folder: "site", client: "opencode", model: "" }),
];

describe("sessions of several clients", () => {
	const pages = usePages();

	async function open(views = nodes, options: PageOptions = {}): Promise<BrowserPage> {
		const page = await pages.open(options);
		const settings = { ...DEFAULT_PANEL_SETTINGS, clients: CLIENT_LABELS };
		await page.send({ type: "settings", settings });
		await page.snapshot(views);
		await page.advance(1500);
		return page;
	}

	const marks = async (page: BrowserPage) =>
		[...(await page.nodes()).values()].flatMap(({ key, mark }) => (mark ? [[key, mark]] : []));
	const clientFilter = (page: BrowserPage) => page.page.getByLabel("Client", { exact: true });
	const shown = async (page: BrowserPage) => [...(await page.nodes()).keys()].sort();

	for (const theme of Object.keys(THEMES) as ThemeName[]) {
		it(`wear their client's letters, its title beside the folder, in ${theme}`, async () => {
			const page = await open(nodes, { theme });
			assert.deepEqual(await marks(page), [
				["s1", "Cl"],
				["s2", "Cx"],
				["s3", "Oc"],
			]);
			assert.equal((await page.node("s3")).task, "site · opencode");
			await page.screenshot(`clients-${theme}`);
			await page.page.keyboard.press("t");
			await page.page.keyboard.press("ArrowDown");
			await page.page.keyboard.press("ArrowDown");
			await page.page.keyboard.press("Enter");
			await page.advance(1500);
			await page.screenshot(`clients-table-${theme}`);
		});
	}

	it("wear none where all are of one client, and then there is nothing to filter by", async () => {
		const page = await open(first);
		assert.deepEqual(await marks(page), []);
		assert.equal((await page.node("s1")).task, "billing-service");
		assert.equal(await clientFilter(page).isVisible(), false);
	});

	it("are told by title in the table, where letters are read aloud as that", async () => {
		const page = await open();
		await page.page.keyboard.press("t");
		await page.advance(200);
		const row = page.page.locator("tr[aria-level]", { hasText: "web-app" });
		assert.equal(await row.locator(".cell-task").innerText(), "web-app · Codex");
		assert.equal(await row.locator(".letter").innerText(), "Cx");
		assert.equal(await row.getByRole("img", { name: "Codex", exact: true }).count(), 1);
		await page.patch({ removes: ["s1", "a1", "s3"] });
		await page.advance(500);
		assert.equal(await row.locator(".cell-task").innerText(), "web-app");
		assert.equal(await row.locator(".letter").getAttribute("aria-hidden"), "true");
	});

	it("are told by title in the inspector, beside the letters", async () => {
		const page = await open();
		await page.send({ type: "select", id: "s2", reveal: false });
		await page.advance(200);
		const head = page.page.locator(".inspector-head");
		assert.equal(await head.locator(".letter").innerText(), "Cx");
		assert.match(await head.locator("p").innerText(), /^Codex · /);
	});

	it("are filtered by client, with their agents, in picture and table", async () => {
		const page = await open();
		const options = await clientFilter(page).locator("option").allInnerTexts();
		assert.deepEqual(options, ["All clients", "Claude Code", "Codex", "opencode"]);
		await clientFilter(page).selectOption("codex");
		await page.advance(1500);
		assert.deepEqual(await shown(page), ["b1", "s2"]);
		assert.deepEqual(await marks(page), [], "one client alone is in the picture");
		await page.page.keyboard.press("t");
		await page.advance(200);
		assert.equal(await page.page.locator("tr[aria-level]").count(), 2);
		await clientFilter(page).selectOption("any");
		await page.advance(1500);
		assert.equal((await shown(page)).length, nodes.length);
	});

	it("keep the filter where its client has no session left, and so it can be taken off", async () => {
		const page = await open();
		await clientFilter(page).selectOption("codex");
		await page.patch({ removes: ["s2", "b1", "s3"] });
		await page.advance(1500);
		assert.deepEqual(await shown(page), []);
		assert.equal(await clientFilter(page).isVisible(), true);
		await page.page.getByRole("button", { name: "Clear Filters" }).click();
		await page.advance(1500);
		assert.deepEqual(await shown(page), ["a1", "s1"]);
		assert.equal(await clientFilter(page).isVisible(), false);
	});

	it("fit a narrow page", async () => {
		const page = await open(nodes, { width: 500 });
		await page.screenshot("clients-narrow");
		const width = await page.page.evaluate(() => document.documentElement.scrollWidth);
		assert.ok(width <= 500, `${width} px`);
	});
});
