import assert from "node:assert/strict";
import { crowd } from "../../support/page/fakeCrowd.ts";
import { usePages } from "../../support/page/fixture.ts";

describe("edges at rest", () => {
	const pages = usePages();

	for (const agents of [8, 40, 200]) {
		it(`cross no label of ${agents} agents but where they are broken for it`, async () => {
			const page = await pages.open({ width: 1280, height: 800 });
			await page.snapshot(crowd(agents, agents > 100 ? 3 : 1));
			await page.advance(5000);
			const nodes = await page.nodes();
			const crossings: string[] = [];
			let crossed = 0;
			for (const node of nodes.values()) {
				if (node.isLabelCrossed) crossed++;
				const parent = nodes.get(node.parent ?? "");
				if (parent === undefined) continue;
				const dx = node.screenX - parent.screenX;
				const dy = node.screenY - parent.screenY;
				for (let i = 1; i < 60; i++) {
					const share = i / 60;
					const aside = 2 * share * (1 - share) * node.bend;
					const x = parent.screenX + dx * share - dy * aside;
					const y = parent.screenY + dy * share + dx * aside;
					for (const { key, label, isLabelCrossed } of nodes.values()) {
						const isOn =
							label !== null &&
							x > label.left + 3 &&
							x < label.right - 3 &&
							y > label.top + 3 &&
							y < label.bottom - 3;
						if (isOn && !isLabelCrossed) crossings.push(`${node.key} over ${key}`);
					}
				}
			}
			assert.deepEqual([...new Set(crossings)], []);
			assert.ok(crossed < nodes.size / 2, `${crossed} of ${nodes.size} broken`);
		});
	}

	it("stay as they are while nothing moves", async () => {
		const page = await pages.open();
		await page.snapshot(crowd(30));
		await page.advance(5000);
		const before = await page.nodes();
		const frames = await page.frames();
		await page.advance(5000);
		assert.equal(await page.frames(), frames);
		for (const [key, { bend }] of await page.nodes()) assert.equal(before.get(key)?.bend, bend);
	});
});
