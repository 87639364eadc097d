import assert from "node:assert/strict";
import { Recent } from "../../../src/facts/recent.ts";

describe("What was asked for last", () => {
	it("is kept within the bound, and goes when it was not asked for longest", () => {
		const recent = new Recent<string>(10);
		for (const key of ["a", "b", "c"]) recent.add(key, key.toUpperCase(), 3);
		assert.equal(recent.get("a"), "A");
		recent.add("d", "D", 4);
		assert.deepEqual(
			["a", "b", "c", "d"].map((key) => recent.get(key)),
			["A", undefined, "C", "D"],
		);
	});

	it("holds nothing that is larger than the bound", () => {
		const recent = new Recent<string>(10);
		recent.add("a", "A", 3);
		recent.add("large", "L", 11);
		assert.deepEqual([recent.get("a"), recent.get("large")], ["A", undefined]);
	});
});
