import assert from "node:assert/strict";
import {
	Camera,
	fitView,
	MAX_ZOOM,
	type NodeExtent,
	spanOf,
} from "../../../../../src/webview/draw/view/camera.ts";
import { calmFit } from "../../../../../src/webview/scene/bounds.ts";

/** What the toolbar leaves of 1000 by 700. */
const FREE = { left: 0, top: 56, right: 1000, bottom: 700 };

/** Nodes at the corners of a box around the origin, with room for a label and a chip each. */
function corners(x: number, y: number): NodeExtent[] {
	const room = { halfWidth: 80, above: 48, below: 54 };
	return [-1, 1].flatMap((sideX) =>
		[-1, 1].map((sideY) => ({ x: sideX * x, y: sideY * y, ...room })),
	);
}

describe("the camera", () => {
	it("fits everything into the free part, labels and chips at their own size", () => {
		for (const [x, y] of [
			[400, 300],
			[2000, 100],
			[300, 1500],
		] as const) {
			const extents = corners(x, y);
			const view = fitView(extents, FREE);
			const span = spanOf(extents, view);
			assert.ok(span.left + view.x >= 9 && span.right + view.x <= 991, `${x} wide`);
			assert.ok(span.top + view.y >= 65 && span.bottom + view.y <= 691, `${y} high`);
		}
	});

	it("does not blow up a lone node", () => {
		assert.equal(fitView(corners(5, 5), FREE).k, 1.1);
	});

	it("draws a picture out to the sides of a flat panel, and no other", () => {
		const flat = { ...FREE, bottom: 250 };
		const extents = corners(400, 400);
		const { stretch, k } = fitView(extents, flat);
		assert.ok(stretch > 1.5, `${stretch}`);
		const span = spanOf(extents, { k, stretch });
		assert.ok(span.right - span.left <= 981 && span.bottom - span.top <= 181);
		assert.equal(fitView(corners(2000, 100), FREE).stretch.toFixed(2), "1.00");
		assert.equal(fitView(corners(5, 5), flat).stretch, 1);
	});

	it("stays where it is while everything is in view", () => {
		const view = fitView(corners(400, 300), FREE);
		assert.equal(calmFit(corners(400, 300), view, FREE), null);
		assert.equal(calmFit(corners(390, 300), view, FREE), null);
		assert.notEqual(calmFit(corners(900, 300), view, FREE), null);
		assert.notEqual(calmFit(corners(400, 300), view, { ...FREE, right: 650 }), null);
	});

	it("comes closer when much room is wasted", () => {
		const view = fitView(corners(1800, 1600), FREE);
		assert.ok((calmFit(corners(200, 180), view, FREE)?.k ?? 0) > view.k);
	});

	it("glides to its goal and arrives, whatever the time between frames", () => {
		for (const elapsed of [4, 16, 200]) {
			const camera = new Camera();
			camera.glideTo({ k: 2, stretch: 1.5, x: 300, y: -120 }, true);
			for (let i = 0; i < 2000 && camera.isMoving; i++) camera.step(elapsed);
			assert.deepEqual(camera.view, { k: 2, stretch: 1.5, x: 300, y: -120 });
			assert.equal(camera.isMoving, false);
		}
	});

	it("jumps under reduced motion", () => {
		const camera = new Camera();
		camera.glideTo({ k: 2, stretch: 1, x: 1, y: 2 }, false);
		assert.deepEqual(camera.view, { k: 2, stretch: 1, x: 1, y: 2 });
	});

	it("keeps the point under the pointer when it zooms, within its bounds", () => {
		const camera = new Camera();
		const { k, x, y } = camera.zoomed(2, 100, 50);
		assert.deepEqual([(100 - x) / k, (50 - y) / k], [100, 50]);
		assert.equal(camera.zoomed(1000, 0, 0).k, MAX_ZOOM);
	});
});
