import assert from "node:assert/strict";
import { Recordings } from "../../../../src/webview/state/recordings.ts";

describe("the recordings of a page", () => {
	const part = {
		type: "recorded",
		session: "s1",
		events: [],
		isFirst: true,
		isWhole: true,
	} as const;
	const node = { key: "n1", session: "s1" };

	it("are asked for once, and whoever comes later has what came before at once", () => {
		const posted: unknown[] = [];
		const told: string[] = [];
		const recordings = new Recordings((message) => posted.push(message));
		const [timeline, replay] = [{}, {}];
		recordings.want(timeline, node, () => told.push("timeline"));
		recordings.take(part);
		told.length = 0;
		recordings.want(replay, node, () => told.push("replay"));
		assert.deepEqual(told, ["replay"]);
		recordings.want(replay, node, () => told.push("replay"));
		assert.deepEqual(told, ["replay"]);
		assert.deepEqual(posted, [{ type: "record", id: "n1" }]);
		recordings.take({ ...part, isFirst: false });
		assert.deepEqual(told, ["replay", "timeline", "replay"]);
	});

	it("are given up with the last who wanted them", () => {
		const posted: unknown[] = [];
		const recordings = new Recordings((message) => posted.push(message));
		recordings.want(part, node, () => {});
		recordings.release(part);
		assert.deepEqual(posted.at(-1), { type: "record", id: null });
	});
});
