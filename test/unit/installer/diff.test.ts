import assert from "node:assert/strict";
import { unifiedDiff } from "../../../src/installer/diff.ts";

const headOf = (before: string, after: string) => unifiedDiff(before, after, "f").split("\n")[2];

describe("the change as it is shown", () => {
	it("counts from zero where a file was not there or is no more, as diff -u does", () => {
		assert.equal(headOf("", "a\nb\n"), "@@ -0,0 +1,2 @@");
		assert.equal(headOf("a\nb\n", ""), "@@ -1,2 +0,0 @@");
	});

	it("counts from one otherwise", () => {
		assert.equal(headOf("a\nb\n", "a\nc\n"), "@@ -1,2 +1,2 @@");
	});
});
