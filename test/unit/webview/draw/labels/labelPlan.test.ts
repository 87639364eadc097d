import assert from "node:assert/strict";
import {
	ALWAYS,
	LabelPlan,
	type LabelWish,
} from "../../../../../src/webview/draw/labels/labelPlan.ts";

function wish(x: number, y: number, changes: Partial<LabelWish> = {}): LabelWish {
	return {
		x,
		y,
		radius: 12,
		chip: null,
		titleWidth: 60,
		subtitleWidth: 90,
		priority: 0,
		...changes,
	};
}

const FRAME = { left: -500, top: -500, right: 1500, bottom: 1500 };

const linesOf = (wishes: readonly LabelWish[], plan = new LabelPlan()) =>
	plan.plan(wishes, FRAME, 60).lines;

describe("the label plan", () => {
	it("grants both lines where there is room", () => {
		assert.deepEqual(linesOf([wish(0, 0), wish(200, 0)]), [2, 2]);
	});

	it("grants second lines only after every title", () => {
		// The second node's title takes the place of the first one's second line.
		assert.deepEqual(linesOf([wish(0, 0), wish(70, 18)]), [1, 2]);
	});

	it("gives nothing to whoever asks for no line, and keeps no room for it", () => {
		const silent = wish(0, 0, { titleWidth: 0, subtitleWidth: 0, priority: 9 });
		assert.deepEqual(linesOf([silent, wish(0, 14, { radius: 6 })]), [0, 2]);
	});

	it("covers no other disc", () => {
		assert.deepEqual(linesOf([wish(0, 0), wish(20, 26)]), [0, 2]);
	});

	it("covers no chip", () => {
		const below = wish(0, 60, { chip: { width: 120, isWait: true, slot: 0 } });
		assert.deepEqual(linesOf([wish(0, 0), below]), [0, 2]);
	});

	it("grants no line that an edge of the picture would cut below", () => {
		assert.deepEqual(linesOf([wish(0, 1470), wish(300, 1465)]), [0, 1]);
	});

	it("moves lines aside that an edge of the picture would cut at a side", () => {
		const wishes = [wish(-480, 0), wish(1490, 0, { priority: ALWAYS }), wish(0, 0)];
		const { lines, shifts } = new LabelPlan().plan(wishes, FRAME, 60);
		assert.deepEqual(lines, [2, 2, 2]);
		assert.deepEqual(
			shifts.map(({ title, whole }) => [title, whole]),
			[
				[13, 28],
				[-23, -38],
				[0, 0],
			],
		);
	});

	it("moves nothing aside whose disc is out of the picture", () => {
		const { lines, shifts } = new LabelPlan().plan([wish(-510, 0)], FRAME, 60);
		assert.deepEqual([lines, shifts], [[0], [{ title: 0, whole: 0 }]]);
	});

	it("prefers the higher priority whatever the order", () => {
		assert.deepEqual(linesOf([wish(0, 0, { priority: 5 }), wish(40, 0)]), [2, 0]);
		assert.deepEqual(linesOf([wish(0, 0), wish(40, 0, { priority: 5 })]), [0, 2]);
	});

	it("always shows what has to be shown, and says where it covers something", () => {
		const wishes = [wish(0, 0), wish(10, 24, { priority: ALWAYS }), wish(10, 52)];
		const { lines, covering } = new LabelPlan().plan(wishes, FRAME, 60);
		assert.equal(lines[1], 1);
		assert.deepEqual([...covering], [1]);
	});

	it("gives the same plan again from the same wishes", () => {
		const plan = new LabelPlan();
		const wishes = Array.from({ length: 300 }, (_, i) =>
			wish((i % 20) * 45, Math.floor(i / 20) * 40),
		);
		assert.deepEqual(linesOf(wishes, plan), linesOf(wishes, plan));
	});
});
