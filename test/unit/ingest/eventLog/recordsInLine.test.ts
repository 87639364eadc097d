import assert from "node:assert/strict";
import { recordsInLine } from "../../../../src/ingest/eventLog/recordsInLine.ts";

const one = JSON.stringify({ v: 2, event: "prompt", session_id: "s1" });
const old = JSON.stringify({ ts: "2026-01-05T09:00:00Z", event: "tool_use", id: "t1" });

describe("The events of a line of the log", () => {
	it("are one, as a rule, also with objects and braces within it", () => {
		const nested = JSON.stringify({ v: 2, tool_stats: { v: 1 }, description: '{"v":2} }{ {"ts":' });
		for (const line of [one, old, nested, "no JSON", '{"v":2,"eve']) {
			assert.deepEqual(recordsInLine(line), [line]);
		}
	});

	it("are several where appends ran at the same time", () => {
		assert.deepEqual(recordsInLine(one + old + one), [one, old, one]);
	});

	it("stand behind what an interrupted append left", () => {
		const cut = one.slice(0, 20);
		assert.deepEqual(recordsInLine(cut + one), [cut, one]);
		assert.deepEqual(recordsInLine(`${"\0".repeat(300)}${one}`), [one]);
		assert.deepEqual(recordsInLine("\0\0"), ["\0\0"]);
	});

	it("are found in a line of any length without going through it again and again", () => {
		const line = '{"v":'.repeat(200_000);
		assert.equal(recordsInLine(line).length, 200_000);
	});
});
