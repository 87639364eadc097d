import assert from "node:assert/strict";
import * as fc from "fast-check";
import { isRecord, LineSplitter } from "../../../../src/ingest/files/lineSplitter.ts";
import { MAX_LINE_BYTES } from "../../../../src/model/events/limits.ts";

function collect() {
	const lines: string[] = [];
	let tooLong = 0;
	const splitter = new LineSplitter({
		line: (text) => lines.push(text),
		tooLong: () => tooLong++,
	});
	return { lines, splitter, tooLong: () => tooLong };
}

describe("LineSplitter", () => {
	it("gives the same lines however the bytes are cut, also inside a character", () => {
		const line = fc.string({ unit: "grapheme" }).filter((text) => !/^\uFEFF|\n|^\s*$/.test(text));
		fc.assert(
			fc.property(
				fc.array(line),
				fc.infiniteStream(fc.integer({ min: 1, max: 7 })),
				(lines, cuts) => {
					const { lines: seen, splitter } = collect();
					const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(""));
					for (let at = 0; at < bytes.length; ) {
						const size = cuts.next().value;
						splitter.push(bytes.subarray(at, at + size));
						at += size;
					}
					assert.deepEqual(
						seen,
						lines.map((text) => Buffer.from(text).toString()),
					);
				},
			),
		);
	});

	it("leaves out a byte order mark before a line, wherever it was cut", () => {
		const bytes = Buffer.from('\uFEFF{"a":1}\n\uFEFF{"b":"\uFEFF"}\n{"c":3}\n');
		for (let cut = 0; cut <= bytes.length; cut++) {
			const { lines, splitter } = collect();
			splitter.push(bytes.subarray(0, cut));
			splitter.push(bytes.subarray(cut));
			assert.deepEqual(lines, ['{"a":1}', '{"b":"\uFEFF"}', '{"c":3}']);
		}
	});

	it("holds a line back until its newline is there", () => {
		const { lines, splitter } = collect();
		splitter.push(Buffer.from('{"a"'));
		assert.deepEqual(lines, []);
		splitter.push(Buffer.from(":1}\n"));
		assert.deepEqual(lines, ['{"a":1}']);
	});

	it("takes a whole record without a newline for a line where it is asked to, once", () => {
		const { lines, splitter } = collect();
		for (const part of ['{"a":{"b":1}', "}", '\n{"c":2}', '{"d":', "3}", "\n"]) {
			splitter.push(Buffer.from(part));
			splitter.end(isRecord, part.length);
		}
		assert.deepEqual(lines, ['{"a":{"b":1}}', '{"c":2}', '{"d":3}']);
		assert.equal(splitter.bytesSinceLine, 0);
	});

	it("takes a record without a newline behind a byte order mark", () => {
		const { lines, splitter } = collect();
		splitter.push(Buffer.from('\uFEFF{"a":1}'));
		splitter.end(isRecord, 0);
		assert.deepEqual(lines, ['{"a":1}']);
	});

	it("asks of an unfinished line whether it is whole only where nothing stands behind it", () => {
		const { lines, splitter } = collect();
		let asked = 0;
		for (let index = 0; index < 100; index++) splitter.push(Buffer.from('{"a":{}'));
		splitter.end((rest) => ++asked > 0 && isRecord(rest), 0);
		assert.deepEqual([asked, lines], [1, []]);
	});

	it("takes a line of blanks for none, whichever the system ends lines with", () => {
		const bytes = Buffer.from('\n{"a":1}\r\n\r\n \t\n\n{"ä":2}\n\n\n{"b":3}\n\n');
		for (let cut = 0; cut <= bytes.length; cut++) {
			const { lines, splitter } = collect();
			splitter.push(bytes.subarray(0, cut));
			splitter.push(bytes.subarray(cut));
			assert.deepEqual(lines, ['{"a":1}\r', '{"ä":2}', '{"b":3}']);
		}
	});

	it("does not keep the caller's buffer", () => {
		const { lines, splitter } = collect();
		const chunk = Buffer.from("first");
		splitter.push(chunk);
		chunk.fill("x");
		splitter.push(Buffer.from("\n"));
		assert.deepEqual(lines, ["first"]);
	});

	it("delivers a line of exactly the bound and skips one that is longer, once", () => {
		const { lines, splitter, tooLong } = collect();
		const exact = "x".repeat(MAX_LINE_BYTES);
		for (const text of [`${exact}\n`, `${exact}y`, "still the same line\n", "next\n"]) {
			splitter.push(Buffer.from(text));
		}
		assert.deepEqual([lines[0]?.length, lines[1]], [MAX_LINE_BYTES, "next"]);
		assert.equal(tooLong(), 1);
	});

	it("skips a line too long that comes in one chunk, and carries nothing of it", () => {
		const { lines, splitter, tooLong } = collect();
		splitter.push(Buffer.from(`${"x".repeat(2 * MAX_LINE_BYTES)}\nnext\n`));
		assert.deepEqual(lines, ["next"]);
		assert.equal(tooLong(), 1);
		assert.equal(splitter.carriedBytes, 0);
	});

	it("tells at a reset whether a line was cut", () => {
		const { splitter } = collect();
		assert.equal(splitter.reset(), false);
		splitter.push(Buffer.from("half"));
		assert.equal(splitter.reset(), true);
	});
});
