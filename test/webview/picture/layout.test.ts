import assert from "node:assert/strict";
import type { BrowserPage } from "../../support/page/browserPage.ts";
import { families } from "../../support/page/fakeFamilies.ts";
import { usePages } from "../../support/page/fixture.ts";
import { faultsOf, type PictureFaults } from "../../support/page/pictureFaults.ts";

const PANEL = { width: 1280, height: 800 };

describe("the picture at rest", () => {
	const pages = usePages();
	const nodes = families(40);

	async function faults(page: BrowserPage, views = nodes): Promise<PictureFaults> {
		const seen = await page.nodes();
		return faultsOf(views.flatMap(({ key }) => seen.get(key) ?? []));
	}

	function assertClean({ discs, labels, chips, edgesOverLabels }: PictureFaults): void {
		const found = { discs, labels, chips, edgesOverLabels };
		assert.deepEqual(found, { discs: 0, labels: 0, chips: 0, edgesOverLabels: 0 });
	}

	for (const agents of [8, 40, 200]) {
		it(`has no overlap of discs, labels and chips where ${agents} agents come at once`, async () => {
			const page = await pages.open(PANEL);
			const views = families(agents);
			await page.snapshot(views);
			await page.advance(5000);
			const found = await faults(page, views);
			assertClean(found);
			if (agents > 40) return;
			assert.equal(found.labelled, 1, "every label is shown");
			assert.equal(found.strangers, 0, "families stay together");
			assert.ok(found.clockwise > 0.8, `${found.clockwise}`);
		});
	}

	it("has none either where 40 agents come one by one, and keeps them where they are", async () => {
		const page = await pages.open(PANEL);
		await page.snapshot(nodes.slice(0, 1));
		for (const view of nodes.slice(1)) {
			await page.patch({ upserts: [view] });
			await page.advance(400);
		}
		await page.advance(5000);
		const found = await faults(page);
		assertClean(found);
		assert.equal(found.labelled, 1, "every label is shown");
		const before = await page.nodes();
		const ended = nodes.filter((_, index) => index > 0 && index % 3 === 0);
		await page.patch({
			upserts: ended.map((view) => ({
				...view,
				state: "done" as const,
				waiting: null,
				endedAt: page.hostNow,
			})),
		});
		await page.advance(6000);
		for (const { key, x, y } of (await page.nodes()).values()) {
			const place = before.get(key);
			assert.ok(place && Math.hypot(place.x - x, place.y - y) < 1, key);
		}
	});

	it("is the same under reduced motion and after a reload", async () => {
		const page = await pages.open(PANEL);
		await page.snapshot(nodes);
		await page.advance(5000);
		const before = await page.nodes();
		const still = await pages.open({ ...PANEL, reducedMotion: true });
		await still.snapshot(nodes);
		await still.advance(500);
		await page.page.reload();
		await page.snapshot(nodes);
		await page.advance(3000);
		for (const other of [still, page]) {
			for (const { key, x, y } of (await other.nodes()).values()) {
				const place = before.get(key);
				assert.ok(place && Math.hypot(place.x - x, place.y - y) < 1.5, key);
			}
		}
		assertClean(await faults(page));
	});

	it("is drawn out to the sides of a flat panel, where most names can be read", async () => {
		const page = await pages.open({ width: 1000, height: 700 });
		const nodes = families(40);
		await page.snapshot(nodes);
		await page.page.keyboard.press("l");
		await page.advance(5000);
		const seen = [...(await page.nodes()).values()];
		const named = seen.filter(({ lines }) => lines > 0);
		assert.ok(named.length >= 28, `${named.length} names of ${seen.length}`);
		const xs = seen.map(({ screenX }) => screenX);
		assert.ok(Math.max(...xs) - Math.min(...xs) > 600);
		await page.screenshot("layout-flat");
	});
});
