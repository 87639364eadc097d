import assert from "node:assert/strict";
import fc from "fast-check";
import { changedFunctions } from "../../../src/functions/changedFunctions.ts";
import { isAfter, patched } from "../../../src/functions/patch.ts";
import type { Hunk } from "../../../src/model/events/record.ts";
import { functionsIn } from "../../support/functions/parse.ts";

const before = "def f():\n    return 1\n\ndef g():\n    return 2\n";
const hunk: Hunk = {
	oldStart: 1,
	newStart: 1,
	lines: [
		" def f():",
		"-    return 1",
		"+    x = 1",
		"+    return x",
		" ",
		" def g():",
		"     return 2",
	],
};

describe("a change of a file", () => {
	it("is put down to the functions whose lines it touched", async () => {
		const after = patched(before, [hunk]);
		assert.equal(after, "def f():\n    x = 1\n    return x\n\ndef g():\n    return 2\n");
		assert.deepEqual(await changesOf(after ?? "", [hunk]), ["f +2 -1"]);
	});

	it("is put down to the innermost function, and to nobody outside of all", async () => {
		const text = "const a = 1;\nfunction f() {\n\tfunction g() {\n\t\tb();\n\t}\n}\n";
		const lines = ["+const a = 1;", " function f() {", "+\tfunction g() {", "+\t\tb();", "+\t}"];
		const functions = await functionsIn("javascript", text);
		const told = changedFunctions(functions, [{ oldStart: 1, newStart: 1, lines }]);
		assert.deepEqual(
			told.map(({ changed, linesAdded }) => [changed.name, linesAdded]),
			[["f.g", 3]],
		);
	});

	it("that only removes is put down to the function around the place", async () => {
		const lines = [" def f():", "-    x = 1", "     return x"];
		const told = await changesOf("def f():\n    return x\n", [{ oldStart: 1, newStart: 1, lines }]);
		assert.deepEqual(told, ["f +0 -1"]);
	});

	it("that removes a function whole is not put down to its neighbours", async () => {
		const lines = ["     return 1", "-def g():", "-    return 2", " def h():"];
		const told = await changesOf("def f():\n    return 1\ndef h():\n    return 3\n", [
			{ oldStart: 2, newStart: 2, lines },
		]);
		assert.deepEqual(told, []);
	});

	it("is not made of a text that it does not belong to", () => {
		assert.equal(patched("other\n", [hunk]), null);
		assert.equal(isAfter("def f():\n", [hunk]), false);
		assert.equal(isAfter(patched(before, [hunk]) ?? "", [hunk]), true);
	});

	it("leads from any text to the text that it was made of", () => {
		const line = fc.constantFrom("a", "b", "", "  c");
		fc.assert(
			fc.property(fc.array(line), fc.array(line), fc.array(line), (head, old, fresh) => {
				const tail = ["z"];
				const lines = [...old.map((each) => `-${each}`), ...fresh.map((each) => `+${each}`)];
				const place = head.length + 1;
				const hunks = [{ oldStart: place, newStart: place, lines }];
				const after = [...head, ...fresh, ...tail].join("\n");
				assert.equal(patched([...head, ...old, ...tail].join("\n"), hunks), after);
				assert.equal(isAfter(after, hunks), true);
			}),
		);
	});
});

async function changesOf(after: string, hunks: readonly Hunk[]): Promise<string[]> {
	const changes = changedFunctions(await functionsIn("python", after), hunks);
	return changes.map(
		({ changed, linesAdded, linesRemoved }) => `${changed.name} +${linesAdded} -${linesRemoved}`,
	);
}
