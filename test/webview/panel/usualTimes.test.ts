import assert from "node:assert/strict";
import { DEFAULT_PANEL_SETTINGS } from "../../../src/protocol/messages.ts";
import type { BrowserPage, PageOptions } from "../../support/page/browserPage.ts";
import { agentView, START, sessionView } from "../../support/page/fakeViews.ts";
import { usePages } from "../../support/page/fixture.ts";

const MINUTE = 60_000;
const durations = [{ type: "Explore", median: 4 * MINUTE + 40_000, p95: 10 * MINUTE }];

describe("how long an agent runs, beside what is usual for its type", () => {
	const pages = usePages();

	async function open(options: PageOptions = {}): Promise<BrowserPage> {
		const page = await pages.open(options);
		await page.snapshot([
			sessionView("s1"),
			agentView("half", { startedAt: START - 5 * MINUTE }),
			agentView("slow", { startedAt: START - 11 * MINUTE, model: "claude-sonnet-5" }),
			agentView("plan", { type: "Plan", startedAt: START - 9 * MINUTE }),
		]);
		return page;
	}

	async function tell(page: BrowserPage): Promise<void> {
		const usualTimes = { silences: [], durations };
		await page.send({ type: "settings", settings: { ...DEFAULT_PANEL_SETTINGS, usualTimes } });
		await page.advance(2500);
	}

	it("fills its rim, and is a whole ring past the p95; without figures there is none", async () => {
		const page = await open();
		await page.advance(2500);
		assert.equal((await page.node("half")).rim, null);
		await tell(page);
		const rim = async (key: string) => (await page.node(key)).rim;
		assert.equal(await rim("half"), 61 / 120);
		assert.ok(((await rim("slow")) ?? 0) > 1);
		assert.equal(await rim("plan"), null);
		assert.equal(await rim("s1"), null);
		await page.screenshot("rims");
		await page.advance(MINUTE);
		assert.equal(await rim("half"), 73 / 120);
		await page.change("half", { state: "done", outcome: "functional", endedAt: page.hostNow });
		await page.advance(1100);
		assert.equal((await page.nodes()).get("half")?.rim ?? null, null);
	});

	it("asks for a frame only when its rim is seen to grow", async () => {
		const page = await open();
		await tell(page);
		await page.change("slow", { state: "lost" });
		await page.advance(30_000);
		const before = await page.frames();
		await page.advance(50_000);
		// A step is five seconds here.
		const frames = (await page.frames()) - before;
		assert.ok(frames >= 9 && frames <= 12, `${frames} frames`);
	});

	it("is said in the inspector, with a word for what is slow", async () => {
		const page = await open();
		await tell(page);
		const card = page.page.locator(".card", { hasText: "Time" });
		await page.send({ type: "select", id: "half", reveal: false });
		await page.advance(200);
		assert.match(await card.innerText(), /5 m \d s\s+typical 4 m 40 s, started/);
		await page.send({ type: "select", id: "slow", reveal: false });
		await page.advance(200);
		assert.match(await card.innerText(), /slower than usual, typical 4 m 40 s/);
		await page.send({ type: "select", id: "plan", reveal: false });
		await page.advance(200);
		assert.doesNotMatch(await card.innerText(), /typical/);
	});

	for (const theme of ["light", "highContrast"] as const) {
		it(`can be seen in the theme ${theme}`, async () => {
			const page = await open({ theme });
			await tell(page);
			const { screenX, screenY, restRadius } = await page.node("slow");
			const [ground, ring] = await Promise.all([
				page.pixel(3, 400),
				page.pixel(Math.round(screenX), Math.round(screenY - restRadius - 4)),
			]);
			assert.notDeepEqual(ring, ground);
			await page.screenshot(`rims-${theme}`);
		});
	}
});
