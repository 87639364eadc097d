import assert from "node:assert/strict";
import fc from "fast-check";
import { BoxGrid, type ScreenBox } from "../../../../../src/webview/draw/labels/boxGrid.ts";
import {
	CHIP_HEIGHT,
	type ChipSpot,
	type ChipWish,
	placeChips,
} from "../../../../../src/webview/draw/labels/chipPlan.ts";

const FRAME = { left: 0, top: 50, right: 1000, bottom: 700 };
const SHARED = 60;

function wish(x: number, y: number, changes: Partial<ChipWish> = {}): ChipWish {
	return { x, y, radius: 14, width: 110, labelHeight: 30, isWait: true, slot: 0, ...changes };
}

function plan(wishes: readonly ChipWish[], frame = FRAME): ChipSpot[] {
	const grid = new BoxGrid();
	for (const each of wishes) grid.add(discOf(each));
	return placeChips(wishes, grid, frame, SHARED);
}

function discOf({ x, y, radius }: ChipWish): ScreenBox {
	return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

function chipOf(spot: ChipSpot, wishes: readonly ChipWish[]): ScreenBox {
	const own = wishes[spot.members[0] ?? -1]?.width ?? 0;
	const half = (spot.members.length > 1 ? SHARED : own) / 2;
	return {
		left: spot.x - half,
		right: spot.x + half,
		top: spot.y - CHIP_HEIGHT / 2,
		bottom: spot.y + CHIP_HEIGHT / 2,
	};
}

function touch(a: ScreenBox, b: ScreenBox): boolean {
	return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}

describe("the places of chips", () => {
	it("are above the nodes where that is free", () => {
		const [spot] = plan([wish(300, 300)]);
		assert.deepEqual([spot?.x, spot?.slot], [300, 0]);
		assert.ok((spot?.y ?? 0) < 300 - 14 - CHIP_HEIGHT / 2);
	});

	it("are beside the node where an edge would cut them", () => {
		for (const [x, y] of [
			[20, 300],
			[980, 300],
			[300, 70],
			[985, 70],
		] as const) {
			const wishes = [wish(x, y)];
			const [spot] = plan(wishes);
			assert.ok(spot, `${x} ${y}`);
			const box = chipOf(spot, wishes);
			assert.ok(box.left >= 0 && box.right <= 1000 && box.top >= 50, JSON.stringify(box));
		}
	});

	it("stay where they were as long as they can", () => {
		assert.equal(plan([wish(300, 300, { slot: 2 })])[0]?.slot, 2);
		assert.notEqual(plan([wish(40, 300, { slot: 2 })])[0]?.slot, 2);
	});

	it("are one for more than three waits near each other", () => {
		const three = [wish(300, 300), wish(330, 320), wish(360, 300)];
		assert.deepEqual(
			plan(three).map(({ members }) => members.length),
			[1, 1, 1],
		);
		const spots = plan([...three, wish(330, 340), wish(800, 500)]);
		assert.deepEqual(
			spots.map(({ members }) => members.length),
			[4, 1],
		);
	});

	it("are given to no failure that has no room, and to waits in any crowd", () => {
		const crowd = Array.from({ length: 400 }, (_, i) =>
			wish(200 + (i % 20) * 30, 100 + Math.floor(i / 20) * 29, { isWait: i === 210 }),
		);
		const spots = plan(crowd);
		for (const spot of spots) assert.ok(spot.members.length === 1);
	});

	it("cover no disc and no other chip, are cut by no edge, and leave no wait out", () => {
		const node = fc.record({
			x: fc.integer({ min: 10, max: 990 }),
			y: fc.integer({ min: 60, max: 690 }),
			radius: fc.integer({ min: 6, max: 26 }),
			width: fc.integer({ min: 40, max: 170 }),
			isWait: fc.boolean(),
		});
		fc.assert(
			fc.property(fc.array(node, { maxLength: 40 }), (nodes) => {
				const wishes = nodes.map(({ x, y, ...rest }) => wish(x, y, rest));
				const spots = plan(wishes);
				const boxes = spots.map((spot) => chipOf(spot, wishes));
				boxes.forEach((box, index) => {
					assert.ok(box.left >= 0 && box.right <= 1000 && box.top >= 50 && box.bottom <= 700);
					for (const each of wishes) assert.ok(!touch(box, discOf(each)));
					for (const other of boxes.slice(index + 1)) assert.ok(!touch(box, other));
				});
				const told = new Set(spots.flatMap(({ members }) => members));
				const hasWait = spots.some(({ members: [first] }) => wishes[first ?? -1]?.isWait);
				wishes.forEach(({ isWait }, index) => {
					if (isWait && hasWait) assert.ok(told.has(index));
				});
			}),
		);
	});
});
