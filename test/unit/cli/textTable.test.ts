import assert from "node:assert/strict";
import { printable, textTable } from "../../../src/cli/textTable.ts";

/** Sequences that colour and title a terminal, C1, separators, and overrides of the direction. */
const HOSTILE = "\u001b[31m\u001b]0;x\u0007\u009b\r\n\u2028\u2029\u202e\u2066\u2069";

describe("text from outside on a terminal", () => {
	it("neither acts on it nor turns the direction of what follows", () => {
		assert.equal(printable(`a${HOSTILE}b`).replaceAll("\ufffd", ""), "a[31m]0;xb");
	});

	it("keeps letters of every script, and what joins them", () => {
		const text = "naïve מילה 日本 👩‍💻";
		assert.equal(printable(text), text);
	});

	it("stays within its row of a table", () => {
		const table = textTable(["name", "n"], [[`a${HOSTILE}b`, 1]]);
		assert.equal(table.split("\n").length, 2);
		assert.doesNotMatch(table.replaceAll("\n", ""), /[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
	});
});
