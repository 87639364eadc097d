import assert from "node:assert/strict";
import { crowd } from "../../support/page/fakeCrowd.ts";
import { usePages } from "../../support/page/fixture.ts";

describe("a reload of the window", () => {
	const pages = usePages();

	it("brings back view, places, selection, search, filters and table", async () => {
		const page = await pages.open();
		const nodes = crowd(20, 2);
		await page.snapshot(nodes);
		await page.advance(2000);
		await page.page.keyboard.press("+");
		await page.page.getByLabel("Model").selectOption("sonnet");
		await page.page.getByRole("searchbox").fill("runner");
		await page.page.locator("canvas").focus();
		await page.page.keyboard.press("t");
		await page.send({ type: "select", id: "s1", reveal: true });
		await page.advance(3000);
		const before = await page.nodes();

		await page.page.reload();
		await page.snapshot(nodes);
		await page.advance(1000);
		const after = await page.nodes();
		assert.deepEqual([...after.keys()], [...before.keys()]);
		for (const [key, node] of before) {
			const again = after.get(key);
			const shift = Math.hypot(
				node.screenX - (again?.screenX ?? 0),
				node.screenY - (again?.screenY ?? 0),
			);
			assert.ok(shift < 3, `${key} moved ${shift} px`);
		}
		assert.equal(await page.page.getByRole("searchbox").inputValue(), "runner");
		assert.equal(await page.page.getByLabel("Model").inputValue(), "sonnet");
		assert.ok(await page.page.locator(".table-pane").isVisible());
		assert.ok(await page.page.locator(".inspector").isVisible());
		assert.deepEqual(await page.postedOf("selected"), [{ type: "selected", id: "s1" }]);
	});

	it("keeps the selection while the first reading goes on, whatever is shown of it", async () => {
		const page = await pages.open();
		const nodes = crowd(3);
		await page.snapshot(nodes);
		await page.send({ type: "select", id: "s1", reveal: false });
		await page.advance(1000);

		await page.page.reload();
		await page.status({ phase: "reading" });
		await page.snapshot([], {}, { phase: "partial" });
		await page.advance(1000);
		await page.snapshot(nodes);
		await page.advance(1000);
		assert.ok(await page.page.locator(".inspector").isVisible());
		assert.deepEqual((await page.postedOf("selected")).at(-1), { type: "selected", id: "s1" });
	});

	it("starts as new from a state that it does not understand", async () => {
		const page = await pages.open();
		await page.page.evaluate(() => {
			const state = { view: { k: "x" }, filters: { session: 7 }, places: [["a"], 3], selected: {} };
			sessionStorage.setItem("vscode-state", JSON.stringify(state));
		});
		await page.page.reload();
		await page.snapshot(crowd(5));
		await page.advance(1000);
		assert.equal((await page.nodes()).size, 6);
	});
});
