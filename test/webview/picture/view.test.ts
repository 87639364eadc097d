import assert from "node:assert/strict";
import type { BrowserPage } from "../../support/page/browserPage.ts";
import { crowd } from "../../support/page/fakeCrowd.ts";
import { agentView, sessionView } from "../../support/page/fakeViews.ts";
import { usePages } from "../../support/page/fixture.ts";

const EMPTY_SPOT = { x: 60, y: 600 };

describe("pan, zoom, fit and drag", () => {
	const pages = usePages();

	async function openCrowd(agents = 12): Promise<BrowserPage> {
		const page = await pages.open();
		await page.snapshot(crowd(agents));
		await page.advance(3000);
		return page;
	}

	const viewOf = (page: BrowserPage) =>
		page.page.evaluate(() => window.__agentLiveGraph?.view() ?? { k: 0, x: 0, y: 0 });
	const isFollowing = (page: BrowserPage) =>
		page.page.evaluate(() => window.__agentLiveGraph?.isFollowing());

	it("shows all agents at first", async () => {
		const page = await openCrowd(60);
		for (const node of (await page.nodes()).values()) {
			assert.ok(node.screenX > 0 && node.screenX < 1000, `${node.key} x ${node.screenX}`);
			assert.ok(node.screenY > 40 && node.screenY < 665, `${node.key} y ${node.screenY}`);
		}
	});

	it("follows agents that come, until the user has moved the camera", async () => {
		const page = await openCrowd(2);
		await page.patch({
			upserts: crowd(40)
				.slice(1)
				.map((node) => ({ ...node, parent: "s1" })),
		});
		await page.advance(6000);
		const nodes = [...(await page.nodes()).values()];
		assert.ok(nodes.every((node) => node.screenX > 0 && node.screenX < 1000));
		await page.page.keyboard.press("+");
		await page.advance(1500);
		const chosen = await viewOf(page);
		await page.patch({ upserts: [agentView("late", { parent: "s1" })] });
		await page.advance(3000);
		assert.deepEqual(await viewOf(page), chosen);
	});

	it("zooms around the pointer by the wheel", async () => {
		const page = await openCrowd();
		const before = await page.node("s1");
		await page.page.mouse.move(before.screenX, before.screenY);
		await page.page.mouse.wheel(0, -300);
		await page.advance(200);
		const after = await page.node("s1");
		assert.ok((await viewOf(page)).k > 1.2);
		assert.ok(Math.hypot(after.screenX - before.screenX, after.screenY - before.screenY) < 1);
	});

	it("pans by dragging the ground", async () => {
		const page = await openCrowd();
		const before = await viewOf(page);
		await page.page.mouse.move(EMPTY_SPOT.x, EMPTY_SPOT.y);
		await page.page.mouse.down();
		await page.page.mouse.move(EMPTY_SPOT.x + 90, EMPTY_SPOT.y - 40, { steps: 3 });
		await page.page.mouse.up();
		await page.advance(100);
		const after = await viewOf(page);
		assert.ok(Math.abs(after.x - before.x - 90) < 1 && Math.abs(after.y - before.y + 40) < 1);
		assert.equal(await isFollowing(page), false);
		assert.deepEqual(await page.postedOf("selected"), [], "a drag is no click");
	});

	it("zooms by buttons and keys, and fits again", async () => {
		const page = await openCrowd();
		const start = await viewOf(page);
		await page.page.getByRole("button", { name: /Zoom in/ }).click();
		await page.advance(1500);
		const closer = await viewOf(page);
		assert.ok(Math.abs(closer.k / start.k - 1.4) < 0.01);
		await page.page.locator("canvas").focus();
		await page.page.keyboard.press("-");
		await page.advance(1500);
		assert.ok(Math.abs((await viewOf(page)).k - start.k) < 0.01);
		await page.page.keyboard.press("Shift+ArrowLeft");
		await page.advance(1500);
		assert.ok((await viewOf(page)).x > start.x + 50);
		await page.page.keyboard.press("0");
		await page.advance(1500);
		const fitted = await viewOf(page);
		assert.ok(Math.abs(fitted.x - start.x) < 1 && Math.abs(fitted.k - start.k) < 0.01);
		assert.equal(await isFollowing(page), true);
	});

	it("drags a node with its branch, and leaves it where it was dropped", async () => {
		const page = await pages.open();
		await page.snapshot([sessionView("s1"), agentView("a1"), agentView("a2", { parent: "a1" })]);
		await page.advance(2000);
		const before = await page.nodes();
		const from = await page.node("a1");
		const child = await page.node("a2");
		await page.page.mouse.move(from.screenX, from.screenY);
		await page.page.mouse.down();
		await page.page.mouse.move(from.screenX, from.screenY + 150, { steps: 5 });
		await page.advance(1000);
		await page.page.mouse.up();
		await page.advance(4000);
		const after = await page.node("a1");
		assert.ok(Math.abs(after.screenY - from.screenY - 150) < 3, `${after.screenY}`);
		assert.ok((await page.node("a2")).screenY > child.screenY + 100, "the branch follows");
		const session = before.get("s1");
		assert.ok(Math.abs((await page.node("s1")).y - (session?.y ?? 0)) < 1);
	});

	it("keeps every node in its place when others come and go", async () => {
		const page = await openCrowd(30);
		await page.page.keyboard.press("+");
		await page.advance(1500);
		const before = await page.nodes();
		await page.patch({ upserts: [agentView("new1", { parent: "s1" })] });
		await page.patch({ upserts: [agentView("new2", { parent: "s1" })] });
		await page.advance(3000);
		const after = await page.nodes();
		const moved = [...before.values()].filter((node) => hasMovedFar(node, after.get(node.key)));
		function hasMovedFar(a: { x: number; y: number }, b?: { x: number; y: number }): boolean {
			return b === undefined || Math.hypot(a.x - b.x, a.y - b.y) > 30;
		}
		assert.deepEqual(
			moved.map((node) => node.key),
			[],
		);
	});

	it("is sharp on a screen of two device pixels per pixel, at the same places", async () => {
		const page = await pages.open({ pixelRatio: 2 });
		await page.snapshot(crowd(3));
		await page.advance(1000);
		const size = await page.page.evaluate(() => {
			const canvas = document.querySelector("canvas");
			return [canvas?.width, canvas?.height, canvas?.clientWidth, canvas?.clientHeight];
		});
		const [width = 0, height = 0, clientWidth = 0, clientHeight = 0] = size;
		assert.deepEqual([width, height], [clientWidth * 2, clientHeight * 2]);
		const session = await page.node("s1");
		const [red, , blue] = await page.pixel(session.screenX, session.screenY);
		assert.ok(red > 200 && blue < 100, "the gold disc is where it is said to be");
	});

	it("selects by a click on a node or its label, and nothing by a click beside", async () => {
		const page = await pages.open();
		await page.snapshot([sessionView("s1"), agentView("a1")]);
		await page.advance(2000);
		const node = await page.node("a1");
		await page.page.mouse.click(node.screenX, node.screenY + node.restRadius + 14);
		await page.advance(500);
		await page.page.mouse.click(EMPTY_SPOT.x, EMPTY_SPOT.y);
		await page.advance(500);
		const selected = (await page.postedOf("selected")).map((message) => message.id);
		assert.deepEqual(selected, ["a1", null]);
	});

	it("names a hovered node in a crowd that has no room for its label", async () => {
		const page = await openCrowd(200);
		const hidden = [...(await page.nodes()).values()].find((node) => node.lines === 0);
		assert.ok(hidden);
		await page.page.mouse.move(hidden.screenX, hidden.screenY);
		await page.advance(300);
		assert.ok((await page.node(hidden.key)).lines > 0);
		const cursor = await page.page.locator("canvas").evaluate((it) => getComputedStyle(it).cursor);
		assert.equal(cursor, "pointer");
	});
});
