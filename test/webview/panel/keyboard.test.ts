import assert from "node:assert/strict";
import type { BrowserPage } from "../../support/page/browserPage.ts";
import { crowd } from "../../support/page/fakeCrowd.ts";
import { agentView, sessionView } from "../../support/page/fakeViews.ts";
import { usePages } from "../../support/page/fixture.ts";

describe("keys on the picture", () => {
	const pages = usePages();

	async function open(agents = 12): Promise<BrowserPage> {
		const page = await pages.open();
		await page.snapshot(crowd(agents));
		await page.advance(3000);
		await page.page.locator("canvas").focus();
		return page;
	}

	const selected = async (page: BrowserPage) =>
		(await page.postedOf("selected")).at(-1)?.id ?? null;
	const sheet = (page: BrowserPage) => page.page.getByRole("dialog", { name: "Keys" });

	it("lead from agent to agent in the direction of the arrow, starting at the session", async () => {
		const page = await open();
		await page.page.keyboard.press("ArrowRight");
		assert.equal(await selected(page), "s1");
		await page.page.keyboard.press("ArrowRight");
		const key = (await selected(page)) ?? "";
		assert.notEqual(key, "s1");
		const [session, right] = [await page.node("s1"), await page.node(key)];
		assert.ok(right.x - session.x > Math.abs(right.y - session.y));
		await page.page.keyboard.press("ArrowLeft");
		assert.ok((await page.node((await selected(page)) ?? "")).x < right.x);
	});

	it("reach every agent", async () => {
		const page = await open(20);
		const seen = new Set<string>();
		await page.page.keyboard.press("ArrowUp");
		for (const arrow of ["ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"]) {
			for (const turn of ["ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft"]) {
				for (let i = 0; i < 6; i++) {
					await page.page.keyboard.press(i % 2 === 0 ? arrow : turn);
					seen.add((await selected(page)) ?? "");
				}
			}
		}
		assert.ok(seen.size > 10, [...seen].join(" "));
	});

	it("open the inspector by Enter, and close it by Escape back to the picture", async () => {
		const page = await open();
		await page.page.keyboard.press("ArrowDown");
		await page.advance(300);
		await page.page.keyboard.press("Enter");
		const focused = () => page.page.evaluate(() => document.activeElement?.className);
		assert.equal(await focused(), "inspector-title");
		await page.page.keyboard.press("Escape");
		assert.match((await focused()) ?? "", /picture/);
	});

	it("are listed on a sheet that gives the focus back", async () => {
		const page = await open();
		await page.page.keyboard.press("?");
		assert.ok(await sheet(page).isVisible());
		assert.match(await sheet(page).innerText(), /next that waits for you/);
		await page.page.keyboard.press("t");
		assert.ok(await page.page.locator(".table-pane").isHidden());
		await page.page.keyboard.press("Escape");
		assert.ok(await sheet(page).isHidden());
		const isOnCanvas = await page.page.evaluate(
			() => document.activeElement instanceof HTMLCanvasElement,
		);
		assert.ok(isOnCanvas);
	});

	it("do nothing to fields", async () => {
		const page = await pages.open();
		await page.snapshot([sessionView("s1"), agentView("a1")]);
		await page.advance(1000);
		await page.page.getByRole("searchbox").fill("");
		await page.page.keyboard.type("nft?");
		assert.equal(await page.page.getByRole("searchbox").inputValue(), "nft?");
		assert.ok(await sheet(page).isHidden());
		assert.ok(await page.page.locator(".table-pane").isHidden());
	});
});
