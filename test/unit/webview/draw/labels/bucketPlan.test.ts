import assert from "node:assert/strict";
import fc from "fast-check";
import {
	BoxGrid,
	isWithin,
	type ScreenBox,
} from "../../../../../src/webview/draw/labels/boxGrid.ts";
import { placeBuckets } from "../../../../../src/webview/draw/labels/bucketPlan.ts";
import type { Bucket } from "../../../../../src/webview/scene/sceneNode.ts";

const frame = { left: 0, top: 0, right: 800, bottom: 600 };
const wish = (tool: string, width = 60, slot = -1) => ({
	tool,
	text: `${tool} × 2`,
	hasFailed: false,
	width,
	slot,
});
const nodeAt = (x: number, y: number, wishes: readonly ReturnType<typeof wish>[]) => ({
	x,
	y,
	radius: 14,
	isLeft: false,
	wishes,
});

function textBox(x: number, y: number, { dx, dy, width }: Bucket): ScreenBox {
	const left = dx >= -0.5 ? x + dx + 8 : x + dx - 8 - width;
	return { left, right: left + width, top: y + dy - 6, bottom: y + dy + 6 };
}

describe("Places of buckets", () => {
	it("are beside the node, and stay where they were", () => {
		const [right, left] = placeBuckets(
			nodeAt(400, 300, [wish("Bash"), wish("Read")]),
			new BoxGrid(),
			frame,
		);
		assert.ok((right?.dx ?? 0) > 14 && (left?.dx ?? 0) < -14);
		const again = nodeAt(400, 300, [wish("Read", 60, left?.slot), wish("Bash", 60, right?.slot)]);
		const slots = placeBuckets(again, new BoxGrid(), frame).map(({ tool, slot }) => [tool, slot]);
		assert.deepEqual(slots, [
			["Read", left?.slot],
			["Bash", right?.slot],
		]);
	});

	it("are none where there is no room", () => {
		const grid = new BoxGrid();
		grid.add({ left: 300, top: 200, right: 500, bottom: 400 });
		assert.deepEqual(placeBuckets(nodeAt(400, 300, [wish("Bash")]), grid, frame), []);
	});

	it("cover nothing, and are within the picture", () => {
		const position = fc.record({
			x: fc.integer({ min: 0, max: 800 }),
			y: fc.integer({ min: 0, max: 600 }),
		});
		fc.assert(
			fc.property(fc.array(position, { minLength: 1, maxLength: 30 }), (places) => {
				const grid = new BoxGrid();
				const texts: ScreenBox[] = [];
				for (const { x, y } of places) {
					grid.add({ left: x - 14, top: y - 14, right: x + 14, bottom: y + 14 });
				}
				for (const { x, y } of places) {
					const node = nodeAt(x, y, [wish("Bash", 90), wish("Read", 40), wish("Edit", 55)]);
					for (const bucket of placeBuckets(node, grid, frame)) texts.push(textBox(x, y, bucket));
				}
				for (const [i, a] of texts.entries()) {
					assert.ok(isWithin(a, frame));
					for (const b of texts.slice(i + 1)) assert.ok(!areOver(a, b));
					for (const { x, y } of places) {
						assert.ok(!areOver(a, { left: x - 14, top: y - 14, right: x + 14, bottom: y + 14 }));
					}
				}
			}),
		);
	});
});

function areOver(a: ScreenBox, b: ScreenBox): boolean {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
