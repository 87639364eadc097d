import assert from "node:assert/strict";
import fc from "fast-check";
import {
	MAX_SAVED_PLACES,
	readSavedState,
	type SavedState,
	writeSavedState,
} from "../../../../src/webview/state/savedState.ts";

const state: SavedState = {
	view: { k: 1.5, stretch: 1.2, x: -20, y: 40, sessions: ["s1"] },
	selected: "a1",
	filters: { session: "id:s1", client: "codex", family: "opus", ending: "any" },
	query: "parser",
	isTableOpen: true,
	timeline: { isOpen: true, height: 240 },
	isReplayOpen: true,
	isFinishedShown: true,
	areBucketsShown: true,
	places: new Map([["a1", [10, -20] as const]]),
};

describe("the saved state of the page", () => {
	it("survives being written, stored as JSON and read", () => {
		const stored = JSON.parse(JSON.stringify(writeSavedState(state)));
		assert.deepEqual(readSavedState(stored), state);
	});

	it("keeps a bounded number of places, the latest", () => {
		const places = new Map(
			Array.from({ length: 1000 }, (_, i) => [`a${i}`, [i, i]] as [string, [number, number]]),
		);
		const stored = JSON.parse(JSON.stringify(writeSavedState({ ...state, places })));
		const read = readSavedState(stored);
		assert.equal(read.places.size, MAX_SAVED_PLACES);
		assert.ok(read.places.has("a999"));
	});

	it("reads anything at all without throwing", () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				readSavedState(value);
				readSavedState({ ...state, view: value, filters: value, places: [value, [value, value]] });
			}),
		);
	});
});
