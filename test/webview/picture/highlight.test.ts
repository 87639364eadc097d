import assert from "node:assert/strict";
import type { BrowserPage } from "../../support/page/browserPage.ts";
import { agentView, sessionView } from "../../support/page/fakeViews.ts";
import { usePages } from "../../support/page/fixture.ts";

const nodes = [
	sessionView("s1"),
	agentView("a1", { description: "parser" }),
	agentView("a2", { description: "call sites" }),
];

describe("nodes that the host points out", () => {
	const pages = usePages();

	async function open(): Promise<BrowserPage> {
		const page = await pages.open();
		await page.snapshot(nodes);
		await page.send({ type: "highlight", keys: ["a1", "gone"] });
		await page.advance(500);
		return page;
	}

	const plain = async (page: BrowserPage) =>
		[...(await page.nodes()).values()].filter((node) => !node.isDimmed).map((node) => node.key);

	it("are marked, and all others dimmed, also those that come later", async () => {
		const page = await open();
		assert.deepEqual(await plain(page), ["a1"]);
		assert.ok((await page.node("a1")).isMatch);
		assert.ok((await page.node("a2")).alpha < 0.5);
		await page.patch({ upserts: [agentView("a3")] });
		await page.advance(500);
		assert.deepEqual(await plain(page), ["a1"]);
	});

	it("are like all others again after Escape, or when the host says so", async () => {
		for (const end of ["key", "host"] as const) {
			const page = await open();
			if (end === "key") await page.page.keyboard.press("Escape");
			else await page.send({ type: "highlight", keys: null });
			await page.advance(500);
			assert.deepEqual((await plain(page)).sort(), ["a1", "a2", "s1"]);
			assert.ok(!(await page.node("a1")).isMatch);
		}
	});

	it("stay pointed out while the inspector is closed by the first Escape", async () => {
		const page = await open();
		await page.send({ type: "select", id: "a1", reveal: false });
		await page.page.keyboard.press("Escape");
		await page.advance(500);
		assert.deepEqual(await plain(page), ["a1"]);
	});

	it("are searched among each other", async () => {
		const page = await open();
		await page.page.getByRole("searchbox").fill("call sites");
		await page.advance(500);
		assert.deepEqual(await plain(page), []);
	});
});
