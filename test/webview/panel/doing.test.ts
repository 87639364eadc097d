import assert from "node:assert/strict";
import type { NodeView } from "../../../src/model/views/view.ts";
import type { BrowserPage } from "../../support/page/browserPage.ts";
import { agentView, START, sessionView } from "../../support/page/fakeViews.ts";
import { usePages } from "../../support/page/fixture.ts";

const call = { tool: "Bash", detail: "cargo", since: START - 11_000 };

describe("what a node is doing", () => {
	const pages = usePages();

	async function open(agent: Partial<NodeView>): Promise<BrowserPage> {
		const page = await pages.open();
		const task = { description: "find the parser", ...agent };
		await page.snapshot([sessionView("s1"), agentView("a1", task), agentView("a2")]);
		await page.advance(2000);
		return page;
	}

	const card = (page: BrowserPage) => page.page.locator(".hover-card");

	async function hover(page: BrowserPage, key: string): Promise<void> {
		const { screenX, screenY } = await page.node(key);
		await page.page.mouse.move(screenX, screenY);
		await page.advance(500);
	}

	it("stands below it while a call runs, and grows by the second", async () => {
		const page = await open({ call });
		const before = (await page.node("a1")).doing;
		assert.match(before, /^Bash cargo · 1\d s$/);
		await page.advance(3000);
		assert.notEqual((await page.node("a1")).doing, before);
		await page.change("a1", { call: null, heardAt: page.hostNow });
		await page.advance(100);
		assert.equal((await page.node("a1")).doing, "");
	});

	it("is quiet after a while, unless that is usual for its type", async () => {
		const page = await open({ heardAt: START - 6 * 60_000 });
		assert.equal((await page.node("a1")).doing, "quiet for 6 m");
		await page.send({
			type: "settings",
			settings: {
				showOtherSessions: true,
				reducedMotion: "auto",
				workspaceFolders: [],
				clients: [],
				usualTimes: { silences: [{ type: "Explore", ms: 600_000 }], durations: [] },
				canOpen: false,
				lostAfterMs: 1_800_000,
			},
		});
		await page.advance(1500);
		assert.equal((await page.node("a1")).doing, "");
	});

	it("asks for one frame a second at most", async () => {
		const page = await open({ call });
		await page.advance(3000);
		const before = await page.frames();
		await page.advance(10_000);
		const frames = (await page.frames()) - before;
		assert.ok(frames >= 9 && frames <= 11, `${frames} frames`);
	});

	it("is on a card where the pointer rests, and goes with it", async () => {
		const page = await open({ call, calls: 24, failures: 1 });
		assert.ok(await card(page).isHidden());
		await hover(page, "a1");
		const text = await card(page).innerText();
		assert.match(text, /Explore\nfind the parser\nBash cargo · 1\d s\nfor .* · 24 calls, 1 failed/);
		await page.change("a1", { call: { ...call, tool: "Read", detail: "lib.rs" } });
		await page.advance(200);
		assert.match(await card(page).innerText(), /Read lib\.rs/);
		await page.page.mouse.move(60, 600);
		await page.advance(500);
		assert.ok(await card(page).isHidden());
	});

	it("has its card within the picture, and none while the picture moves", async () => {
		const page = await open({});
		for (const key of ["s1", "a1", "a2"]) {
			await hover(page, key);
			const box = await card(page).boundingBox();
			const stage = await page.page.locator("canvas").boundingBox();
			assert.ok(box && stage && box.x >= stage.x && box.x + box.width <= stage.x + stage.width);
			assert.ok(box.y >= stage.y && box.y + box.height <= stage.y + stage.height);
		}
		await page.page.mouse.wheel(0, -200);
		await page.advance(100);
		assert.ok(await card(page).isHidden());
	});
});
