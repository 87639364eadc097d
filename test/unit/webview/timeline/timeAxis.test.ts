import assert from "node:assert/strict";
import { ticksOf } from "../../../../src/webview/timeline/timeAxis.ts";

const AT = Date.UTC(2026, 0, 5, 14, 2, 7);
const texts = (length: number, most: number, offset = 0) =>
	ticksOf(AT, AT + length, most, () => offset).map(({ text }) => text);

describe("The axis of time", () => {
	it("has round times", () => {
		assert.deepEqual(texts(5 * 60_000, 8), ["14:03", "14:04", "14:05", "14:06", "14:07"]);
		assert.deepEqual(texts(4000, 5), ["14:02:07", "14:02:08", "14:02:09", "14:02:10", "14:02:11"]);
		assert.deepEqual(texts(120, 4).slice(0, 2), ["14:02:07.000", "14:02:07.050"]);
		assert.deepEqual(texts(3 * 86_400_000, 4), ["01-06", "01-07", "01-08"]);
	});

	it("has those of the reader's zone", () => {
		// Half an hour off, as in India.
		assert.deepEqual(texts(3 * 3_600_000, 4, -330), ["20:00", "21:00", "22:00"]);
	});

	it("has no more than there is room for", () => {
		for (const length of [1, 10, 999, 60_000, 3_600_000, 86_400_000 * 40, 86_400_000 * 4000]) {
			for (const most of [1, 3, 12]) assert.ok(texts(length, most).length <= most + 2);
		}
	});
});
