import assert from "node:assert/strict";
import { ALWAYS, LabelPlan, type LabelWish } from "../../../../src/webview/draw/labelPlan.ts";

function wish(x: number, y: number, changes: Partial<LabelWish> = {}): LabelWish {
	return {
		x,
		y,
		radius: 12,
		chipWidth: 0,
		titleWidth: 60,
		subtitleWidth: 90,
		priority: 0,
		...changes,
	};
}

describe("the label plan", () => {
	it("grants both lines where there is room", () => {
		assert.deepEqual(new LabelPlan().plan([wish(0, 0), wish(200, 0)]), [2, 2]);
	});

	it("grants second lines only after every title", () => {
		// The second node's title takes the place of the first one's second line.
		assert.deepEqual(new LabelPlan().plan([wish(0, 0), wish(70, 15)]), [1, 2]);
	});

	it("covers no other disc", () => {
		assert.deepEqual(new LabelPlan().plan([wish(0, 0), wish(20, 26)]), [0, 2]);
	});

	it("covers no chip", () => {
		const below = wish(0, 60, { chipWidth: 120 });
		assert.deepEqual(new LabelPlan().plan([wish(0, 0), below]), [0, 2]);
	});

	it("prefers the higher priority whatever the order", () => {
		const plan = new LabelPlan();
		assert.deepEqual(plan.plan([wish(0, 0, { priority: 5 }), wish(40, 0)]), [2, 0]);
		assert.deepEqual(plan.plan([wish(0, 0), wish(40, 0, { priority: 5 })]), [0, 2]);
	});

	it("always shows what has to be shown", () => {
		const lines = new LabelPlan().plan([wish(0, 0), wish(10, 24, { priority: ALWAYS })]);
		assert.equal(lines[1], 2);
	});

	it("gives the same plan again from the same wishes", () => {
		const plan = new LabelPlan();
		const wishes = Array.from({ length: 300 }, (_, i) =>
			wish((i % 20) * 45, Math.floor(i / 20) * 40),
		);
		assert.deepEqual(plan.plan(wishes), plan.plan(wishes));
	});
});
