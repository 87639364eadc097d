import assert from "node:assert/strict";
import type { NodeView } from "../../../src/model/views/view.ts";
import type { BrowserPage } from "../../support/page/browserPage.ts";
import { crowd } from "../../support/page/fakeCrowd.ts";
import { agentView, START, sessionView } from "../../support/page/fakeViews.ts";
import { usePages } from "../../support/page/fixture.ts";

const CHIP_HEIGHT = 18;

function waiting(view: NodeView, age: number): NodeView {
	return { ...view, state: "waiting", waiting: { since: START - age, tool: "Bash" } };
}

/** Every nth agent of a crowd waits. */
function waitingCrowd(agents: number, step: number): NodeView[] {
	return crowd(agents).map((view, index) =>
		view.kind === "agent" && index % step === 1 ? waiting(view, index * 1000) : view,
	);
}

describe("nodes that wait", () => {
	const pages = usePages();

	const waits = (page: BrowserPage) => page.page.locator(".waits");
	const selected = async (page: BrowserPage) =>
		(await page.postedOf("selected")).map((message) => message.id);

	for (const [agents, step, size] of [
		[8, 2, {}],
		[40, 3, {}],
		[40, 2, { width: 520, height: 700 }],
		[200, 4, {}],
	] as const) {
		it(`tell so where nothing is covered or cut, ${agents} agents, ${JSON.stringify(size)}`, async () => {
			const page = await pages.open(size);
			await page.snapshot(waitingCrowd(agents, step));
			await page.advance(5000);
			const nodes = [...(await page.nodes()).values()];
			const chips = nodes.flatMap((node) => {
				if (node.chip === null) return [];
				const { dx, dy, width, count } = node.chip;
				return [{ x: node.screenX + dx, y: node.screenY + dy, half: width / 2, count }];
			});
			const { width = 1000 } = size as { width?: number };
			assert.ok(chips.length > 0);
			const told = chips.reduce((sum, chip) => sum + chip.count, 0);
			assert.equal(told, crowd(agents).filter((_, index) => index % step === 1).length);
			chips.forEach((chip, index) => {
				assert.ok(chip.x - chip.half >= 0 && chip.x + chip.half <= width, "within the sides");
				assert.ok(chip.y - CHIP_HEIGHT / 2 >= 44, "below the toolbar");
				for (const { screenX, screenY, restRadius, key } of nodes) {
					const isBeside = Math.abs(chip.x - screenX) >= chip.half + restRadius - 1;
					const isApart = Math.abs(chip.y - screenY) >= CHIP_HEIGHT / 2 + restRadius - 1;
					assert.ok(isBeside || isApart, `a chip covers ${key}`);
				}
				for (const other of chips.slice(index + 1)) {
					const isBeside = Math.abs(chip.x - other.x) >= chip.half + other.half;
					assert.ok(isBeside || Math.abs(chip.y - other.y) >= CHIP_HEIGHT, "chips are apart");
				}
			});
		});
	}

	it("are gone to by key and button, the one that has waited longest first, around the end", async () => {
		const page = await pages.open();
		await page.snapshot([
			sessionView("s1"),
			waiting(agentView("a1"), 5000),
			agentView("a2"),
			waiting(agentView("a3"), 9000),
		]);
		await page.advance(2000);
		assert.equal(await waits(page).innerText(), "2 wait");
		await waits(page).click();
		await page.page.keyboard.press("n");
		await page.page.keyboard.press("n");
		await page.advance(500);
		assert.deepEqual(await selected(page), ["a3", "a1", "a3"]);
		await page.change("a3", { state: "running", waiting: null });
		await page.change("a1", { state: "running", waiting: null });
		await page.advance(500);
		assert.ok(await waits(page).isHidden());
	});

	it("are gone to also where the filters hide them", async () => {
		const page = await pages.open();
		await page.snapshot([sessionView("s1"), waiting(agentView("a1"), 5000)]);
		await page.page.getByLabel("Model").selectOption("opus");
		await page.page.locator("canvas").focus();
		await page.page.keyboard.press("n");
		await page.advance(1000);
		assert.deepEqual(await selected(page), ["a1"]);
		assert.ok((await page.nodes()).has("a1"));
	});

	it("are selected by a click on their chip", async () => {
		const page = await pages.open();
		await page.snapshot([sessionView("s1"), waiting(agentView("a1"), 5000)]);
		await page.advance(2000);
		const { screenX, screenY, chip } = await page.node("a1");
		assert.ok(chip);
		await page.page.mouse.click(screenX + chip.dx + 20, screenY + chip.dy);
		await page.advance(500);
		assert.deepEqual(await selected(page), ["a1"]);
	});
});
