import assert from "node:assert/strict";
import type { BrowserPage } from "../../support/page/browserPage.ts";
import { crowd } from "../../support/page/fakeCrowd.ts";
import { agentView, sessionView } from "../../support/page/fakeViews.ts";
import { usePages } from "../../support/page/fixture.ts";

describe("a camera that follows", () => {
	const pages = usePages();

	const follow = (page: BrowserPage) => page.page.getByRole("button", { name: "Follow" });
	const isFollowing = async (page: BrowserPage) =>
		(await follow(page).getAttribute("aria-pressed")) === "true";

	async function open(agents = 20, size = {}): Promise<BrowserPage> {
		const page = await pages.open(size);
		await page.snapshot(crowd(agents));
		await page.advance(3000);
		return page;
	}

	/** Every disc lies in what toolbar, inspector, table and counters leave free. */
	async function assertInView(page: BrowserPage): Promise<void> {
		const free = await page.page.evaluate(() => {
			const box = (name: string) => document.querySelector(name)?.getBoundingClientRect();
			const canvas = box("canvas");
			const inspector = box(".inspector");
			const overlap = inspector && inspector.width > 0 ? inspector.left : 1e6;
			const left = canvas?.left ?? 0;
			return {
				top: (box(".over")?.bottom ?? 0) - (canvas?.top ?? 0),
				right: Math.min(canvas?.right ?? 0, overlap) - left,
				bottom: canvas?.height ?? 0,
			};
		});
		for (const { key, screenX, screenY, restRadius } of (await page.nodes()).values()) {
			assert.ok(screenX - restRadius >= 0 && screenX + restRadius <= free.right, `${key} x`);
			assert.ok(screenY - restRadius >= free.top, `${key} ${screenY} above ${free.top}`);
			assert.ok(screenY + restRadius <= free.bottom, `${key} ${screenY} below ${free.bottom}`);
		}
	}

	it("fits everything into what other parts leave, as they open and close", async () => {
		const page = await open();
		await assertInView(page);
		await page.send({ type: "select", id: "s1-a3", reveal: true });
		await page.advance(3000);
		await assertInView(page);
		await page.page.getByRole("button", { name: /Table of agents/ }).click();
		await page.advance(3000);
		await assertInView(page);
		assert.ok(await isFollowing(page));
	});

	it("fits a narrow panel, whose toolbar takes several rows", async () => {
		const page = await open(20, { width: 520, height: 800 });
		await assertInView(page);
	});

	it("moves no node when something is selected, a table closes or a session comes", async () => {
		const page = await open(30);
		await page.page.locator("canvas").focus();
		await page.page.keyboard.press("t");
		await page.advance(3000);
		const before = await page.nodes();
		await page.send({ type: "select", id: "s1-a3", reveal: true });
		await page.advance(2000);
		await page.page.keyboard.press("t");
		await page.advance(2000);
		const others = crowd(6).map((view) => ({
			...view,
			key: `other-${view.key}`,
			id: `other-${view.id}`,
			session: "s2",
			parent: view.parent === null ? null : `other-${view.parent}`,
		}));
		await page.patch({ upserts: others });
		await page.advance(4000);
		const after = await page.nodes();
		for (const [key, { x, y }] of before) {
			const again = after.get(key);
			assert.ok(again && Math.hypot(again.x - x, again.y - y) < 1, key);
		}
		await page.page.keyboard.press("0");
		await page.advance(2000);
		await assertInView(page);
	});

	it("stops when the picture is moved by hand, and starts again by its button", async () => {
		const page = await open();
		await page.page.mouse.move(60, 600);
		await page.page.mouse.wheel(0, -300);
		await page.advance(500);
		assert.ok(!(await isFollowing(page)));
		await follow(page).click();
		await page.advance(2000);
		assert.ok(await isFollowing(page));
		await assertInView(page);
		await follow(page).click();
		await page.advance(500);
		assert.ok(!(await isFollowing(page)));
		const view = await page.page.evaluate(() => window.__agentLiveGraph?.view());
		await page.patch({ upserts: [agentView("late", { parent: "s1" })] });
		await page.advance(3000);
		assert.deepEqual(await page.page.evaluate(() => window.__agentLiveGraph?.view()), view);
	});

	it("shows no empty frame while the picture changes its size", async () => {
		const page = await open(5);
		const isEmpty = await page.page.evaluate(async () => {
			const canvas = document.querySelector("canvas");
			const panel = document.querySelector<HTMLElement>("#agent-live-graph");
			if (canvas === null || panel === null) return true;
			panel.style.right = "200px";
			await new Promise((resolve) => {
				new ResizeObserver(() => canvas.width < 1000 && resolve(null)).observe(canvas);
			});
			const data = canvas.getContext("2d")?.getImageData(5, 300, 1, 1).data;
			return data?.[3] === 0;
		});
		assert.equal(isEmpty, false);
	});
});

describe("what is kept over a reload", () => {
	const pages = usePages();

	it("is found by session and agent, whatever keys they have then", async () => {
		const page = await pages.open();
		const nodes = [sessionView("s1"), agentView("a1"), agentView("a2")];
		await page.snapshot(nodes);
		await page.send({ type: "select", id: "a2", reveal: false });
		await page.advance(2000);
		await page.page.keyboard.press("+");
		await page.advance(2000);
		const before = await page.node("a2");
		await page.page.reload();
		const renamed = nodes.map((view) => ({
			...view,
			key: `n${view.key}`,
			parent: view.parent === null ? null : `n${view.parent}`,
		}));
		await page.snapshot(renamed);
		await page.advance(2000);
		const after = await page.node("na2");
		assert.ok(Math.hypot(after.screenX - before.screenX, after.screenY - before.screenY) < 3);
		assert.deepEqual(await page.postedOf("selected"), [{ type: "selected", id: "na2" }]);
	});

	it("is not taken over by the nodes of another log, though they have the same keys", async () => {
		const page = await pages.open();
		const nodes = [sessionView("s1"), agentView("a1"), agentView("a2")];
		await page.snapshot(nodes);
		await page.send({ type: "select", id: "a2", reveal: false });
		await page.advance(1000);
		for (let i = 0; i < 4; i++) await page.page.keyboard.press("+");
		await page.page.getByLabel("Session", { exact: true }).selectOption("id:s1");
		await page.advance(2000);
		await page.page.reload();
		const others = nodes.map((view) => ({ ...view, session: "other", id: `other-${view.id}` }));
		await page.snapshot(others);
		await page.advance(2000);
		assert.deepEqual(await page.postedOf("selected"), []);
		assert.equal((await page.nodes()).size, 3);
		const follow = page.page.getByRole("button", { name: "Follow" });
		assert.equal(await follow.getAttribute("aria-pressed"), "true");
	});
});
