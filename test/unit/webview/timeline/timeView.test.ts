import assert from "node:assert/strict";
import * as fc from "fast-check";
import { type TimeBounds, TimeView } from "../../../../src/webview/timeline/timeView.ts";

const MINUTE = 60_000;

describe("The part of time that is looked at", () => {
	function viewOf(bounds: TimeBounds): TimeView {
		const view = new TimeView();
		view.settle(bounds);
		return view;
	}
	const past: TimeBounds = { from: 1000, until: 1000 + 10 * MINUTE, now: null };
	const live = (now: number): TimeBounds => ({ from: 0, until: now, now });

	it("is all of it at first", () => {
		const { span } = viewOf(past);
		assert.ok(span.from <= past.from && span.until >= past.until);
		assert.ok(span.until - span.from < 10.5 * MINUTE);
	});

	it("grows with what goes on in steps, and rests between them", () => {
		const view = viewOf(live(5 * MINUTE));
		let changes = 0;
		for (let second = 1; second <= 120; second++) {
			if (view.settle(live(5 * MINUTE + second * 1000))) changes++;
			assert.ok(view.span.until >= 5 * MINUTE + second * 1000);
		}
		assert.ok(changes >= 1 && changes <= 3, `${changes} changes`);
	});

	it("keeps what is under the pointer where it is while it zooms", () => {
		const anyZoom = fc.array(fc.tuple(fc.double({ min: 0.3, max: 3, noNaN: true })), {
			maxLength: 12,
		});
		fc.assert(
			fc.property(anyZoom, fc.double({ min: 0.3, max: 0.7, noNaN: true }), (factors, share) => {
				const view = viewOf(past);
				view.zoomBy(4, 0.5);
				const at = () => view.span.from + (view.span.until - view.span.from) * share;
				for (const [factor] of factors) {
					const before = at();
					const lengthBefore = view.span.until - view.span.from;
					view.zoomBy(factor, share);
					const length = view.span.until - view.span.from;
					const isAtEnd = view.span.from < past.from - length * 0.4;
					const isFar = length > 6 * MINUTE || lengthBefore > 6 * MINUTE;
					if (!isAtEnd && !isFar) assert.ok(Math.abs(at() - before) < 1, `${at() - before}`);
				}
			}),
		);
	});

	it("never loses sight of all there is", () => {
		fc.assert(
			fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true })), (pans) => {
				const view = viewOf(past);
				view.zoomBy(3, 0.5);
				for (const share of pans) view.panBy(share);
				assert.ok(view.span.from < past.until && view.span.until > past.from);
			}),
		);
	});

	it("follows the end while that is in view, and stays where it is otherwise", () => {
		const view = viewOf(live(10 * MINUTE));
		view.zoomBy(10, 1);
		view.settle(live(14 * MINUTE));
		assert.ok(view.span.until > 14 * MINUTE);
		const length = view.span.until - view.span.from;
		view.panBy(-3);
		const { from } = view.span;
		view.settle(live(20 * MINUTE));
		assert.equal(view.span.from, from);
		assert.ok(Math.abs(view.span.until - view.span.from - length) < 1);
		view.fit();
		assert.ok(view.span.from < MINUTE && view.span.until >= 20 * MINUTE);
	});

	it("moves to a call that is out of view, and not for one that is in view", () => {
		const view = viewOf(past);
		const { span } = view;
		view.reveal({ from: 2 * MINUTE, until: 3 * MINUTE });
		assert.deepEqual(view.span, span);
		view.zoomBy(20, 0);
		view.reveal({ from: 8 * MINUTE, until: 8.1 * MINUTE });
		assert.ok(view.span.from < 8 * MINUTE && view.span.until > 8.1 * MINUTE);
	});

	it("starts over with another session", () => {
		const view = viewOf(past);
		view.zoomBy(8, 0.5);
		view.startOver();
		view.settle(live(MINUTE));
		assert.ok(view.span.from <= 0 && view.span.until > MINUTE && view.span.until < 2 * MINUTE);
	});
});
