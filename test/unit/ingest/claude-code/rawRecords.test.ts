import assert from "node:assert/strict";
import * as fc from "fast-check";
import { endsWithRecord, rawRecords } from "../../../../src/ingest/claude-code/rawRecords.ts";

const record = (uuid: string, content: unknown = "x"): string =>
	JSON.stringify({ parentUuid: null, sessionId: "s1", type: "user", message: { content }, uuid });

/** The uuids of what was found, and the problems. */
function found(line: string): unknown[] {
	const { lines, problems } = rawRecords(line);
	return [...lines.map(({ uuid }) => uuid), ...problems];
}

describe("The records of a line", () => {
	it("are one, as a rule", () => {
		assert.deepEqual(found(record("a")), ["a"]);
		assert.deepEqual(found("[]"), ["not_an_object"]);
		assert.deepEqual(found("nothing"), ["not_json"]);
		assert.deepEqual(found(""), []);
	});

	it("are several where appends ran at the same time", () => {
		assert.deepEqual(found(record("a") + record("b") + record("c")), ["a", "b", "c"]);
	});

	it("stand behind what an interrupted append left", () => {
		assert.deepEqual(found("\0".repeat(500) + record("a")), ["a"]);
		assert.deepEqual(found("\0".repeat(500)), ["cut_line"]);
		assert.deepEqual(found(`{"type":"file-history-snapshot","snapsh${record("a")}`), [
			"a",
			"cut_line",
		]);
		assert.deepEqual(found(record("a") + record("b").slice(0, 40)), ["a", "cut_line"]);
	});

	it("are not looked for within a record that was cut off", () => {
		const nested = { type: "text", text: 'a "quoted" {"type":"user","sessionId":"s1"} text' };
		const cut = record("a", [nested, nested]).slice(0, -2);
		assert.deepEqual(found(cut), ["not_json"]);
		assert.deepEqual(found(cut + record("b")), ["b", "cut_line"]);
	});

	it("are all found, however much of one before them is missing", () => {
		const text = fc.string({ unit: fc.constantFrom('"', "\\", "{", "}", "a", "\n", ":", "é") });
		fc.assert(
			fc.property(text, text, fc.nat(), (one, other, cut) => {
				const first = record("first", [{ type: "text", text: one }]);
				const part = first.slice(0, cut % first.length);
				const line = part + record("b", other) + record("c", one);
				const whole = found(line).filter((each) => each === "b" || each === "c");
				assert.deepEqual(whole, ["b", "c"]);
			}),
			{ numRuns: 500 },
		);
	});

	it("take no longer the more of them there could be", () => {
		const line = '{"type":"'.repeat(200_000);
		assert.deepEqual(found(line), ["not_json"]);
	});
});

describe("What has no newline yet", () => {
	const cut = record("a", [{ type: "text", text: 'a "quoted" {"type":"user"} text' }]).slice(0, 60);

	it("ends with a record where one is whole behind others or behind what was cut off", () => {
		for (const text of [record("a") + record("b"), cut + record("b"), `\0\0${record("b")}`])
			assert.equal(endsWithRecord(text), true, text);
	});

	it("does not where the last one goes on", () => {
		const part = record("b", [{ type: "text", text: "x" }]).slice(0, -1);
		const inner = part.slice(0, part.lastIndexOf("}]") + 1);
		for (const text of [cut, record("a") + cut, part, inner, '{"type":"'.repeat(200_000)])
			assert.equal(endsWithRecord(text), false, text.slice(0, 200));
	});
});
