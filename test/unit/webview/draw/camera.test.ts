import assert from "node:assert/strict";
import { Camera, fitView, MAX_ZOOM } from "../../../../src/webview/draw/camera.ts";
import { calmFit } from "../../../../src/webview/scene/bounds.ts";

const bounds = { left: -400, right: 400, top: -300, bottom: 300 };

describe("the camera", () => {
	it("fits everything below the toolbar, without blowing up a lone node", () => {
		const { k, x, y } = fitView(bounds, 1000, 700);
		assert.ok(bounds.left * k + x >= 36 && bounds.right * k + x <= 964);
		assert.ok(bounds.top * k + y >= 64 && bounds.bottom * k + y <= 664);
		assert.equal(fitView({ left: -5, right: 5, top: -5, bottom: 5 }, 1000, 700).k, 1.1);
	});

	it("stays where it is while everything is in view", () => {
		const view = fitView(bounds, 1000, 700);
		assert.equal(calmFit(bounds, view, 1000, 700), null);
		assert.equal(calmFit({ ...bounds, left: -380 }, view, 1000, 700), null);
		assert.notEqual(calmFit({ ...bounds, right: 900 }, view, 1000, 700), null);
	});

	it("comes closer when much room is wasted", () => {
		const view = fitView({ left: -800, right: 800, top: -600, bottom: 600 }, 1000, 700);
		const small = { left: -100, right: 100, top: -80, bottom: 80 };
		assert.ok((calmFit(small, view, 1000, 700)?.k ?? 0) > view.k);
	});

	it("glides to its goal and arrives, whatever the time between frames", () => {
		for (const elapsed of [4, 16, 200]) {
			const camera = new Camera();
			camera.glideTo({ k: 2, x: 300, y: -120 }, true);
			for (let i = 0; i < 2000 && camera.isMoving; i++) camera.step(elapsed);
			assert.deepEqual(camera.view, { k: 2, x: 300, y: -120 });
			assert.equal(camera.isMoving, false);
		}
	});

	it("jumps under reduced motion", () => {
		const camera = new Camera();
		camera.glideTo({ k: 2, x: 1, y: 2 }, false);
		assert.deepEqual(camera.view, { k: 2, x: 1, y: 2 });
	});

	it("keeps the point under the pointer when it zooms, within its bounds", () => {
		const camera = new Camera();
		const { k, x, y } = camera.zoomed(2, 100, 50);
		assert.deepEqual([(100 - x) / k, (50 - y) / k], [100, 50]);
		assert.equal(camera.zoomed(1000, 0, 0).k, MAX_ZOOM);
	});
});
