import assert from "node:assert/strict";
import { crowd } from "../../support/page/fakeCrowd.ts";
import { agentView, sessionView } from "../../support/page/fakeViews.ts";
import { usePages } from "../../support/page/fixture.ts";

describe("a page at rest", () => {
	const pages = usePages();

	it("asks for no frame when nothing moves", async () => {
		const page = await pages.open();
		await page.snapshot(crowd(60, 2));
		await page.advance(5000);
		const before = await page.frames();
		await page.advance(20_000);
		assert.equal(await page.frames(), before);
	});

	it("asks for no frame before there is anything to draw", async () => {
		const page = await pages.open();
		await page.snapshot([]);
		await page.advance(2000);
		const before = await page.frames();
		await page.advance(20_000);
		assert.equal(await page.frames(), before);
	});

	it("stops again after a pulse", async () => {
		const page = await pages.open();
		await page.snapshot([sessionView("s1"), agentView("a1")]);
		await page.advance(3000);
		const before = await page.frames();
		await page.pulse("a1", "Read");
		await page.advance(2000);
		const after = await page.frames();
		assert.ok(after > before);
		await page.advance(10_000);
		assert.equal(await page.frames(), after);
	});

	it("draws one frame a second while a clock is shown in the picture", async () => {
		const page = await pages.open();
		const waiting = { since: page.hostNow, tool: "Bash" };
		await page.snapshot([sessionView("s1"), agentView("a1", { state: "waiting", waiting })]);
		await page.advance(3000);
		const before = await page.frames();
		await page.advance(10_000);
		const frames = (await page.frames()) - before;
		assert.ok(frames >= 9 && frames <= 11, `${frames} frames`);
	});
});
