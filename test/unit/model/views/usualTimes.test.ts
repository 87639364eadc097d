import assert from "node:assert/strict";
import { Usual } from "../../../../src/model/views/usualTimes.ts";
import { fakeNode } from "../../../support/fakeNode.ts";

const MINUTE = 60_000;
const NOW = 1000 * MINUTE;

describe("An agent", () => {
	it("is quiet after two minutes, or after what is usual for its type where that is longer", () => {
		const usual = new Usual({
			silences: [
				{ type: "Explore", ms: 5 * MINUTE },
				{ type: "runner", ms: 1000 },
			],
			durations: [],
		});
		const quiet = (type: string, minutes: number, fields = {}) =>
			usual.quietText(fakeNode({ type, heardAt: NOW - minutes * MINUTE, ...fields }), NOW, false);
		assert.equal(quiet("Plan", 1.9), "");
		assert.equal(quiet("Plan", 2), "quiet for 2 m");
		assert.equal(quiet("runner", 1.9), "");
		assert.equal(quiet("Explore", 4.9), "");
		assert.equal(quiet("Explore", 6.5), "quiet for 6 m");
		assert.equal(quiet("Explore", 65), "quiet for 1 h 5 m");
		for (const state of ["waiting", "lost", "done"] as const) {
			assert.equal(quiet("Plan", 9, { state }), "");
		}
		assert.equal(quiet("Plan", 9, { kind: "session" }), "");
	});

	it("is not quiet while agents of its own are at work", () => {
		const view = fakeNode({ heardAt: NOW - 9 * MINUTE });
		assert.equal(new Usual().quietText(view, NOW, true), "");
	});

	it("is so far on its way as its running time is of the p95 of its type", () => {
		const durations = [{ type: "Explore", median: 4 * MINUTE, p95: 10 * MINUTE }];
		const usual = new Usual({ silences: [], durations });
		const share = (fields: Parameters<typeof fakeNode>[0]) =>
			usual.runningShare(fakeNode({ type: "Explore", ...fields }), NOW);
		assert.equal(share({ startedAt: NOW - 5 * MINUTE }), 0.5);
		assert.equal(share({ startedAt: NOW - 20 * MINUTE }), 2);
		assert.equal(share({ startedAt: NOW + MINUTE }), 0);
		assert.equal(share({ startedAt: NOW, type: "Plan" }), null);
		assert.equal(share({ startedAt: NOW, kind: "session" }), null);
		assert.equal(share({ startedAt: NOW - MINUTE, state: "done" }), null);
		assert.equal(usual.durationOf(fakeNode({ type: "Explore", state: "done" })), durations[0]);
	});
});
