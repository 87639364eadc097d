import assert from "node:assert/strict";
import { offsetOfName, pathsBelow, placeOf } from "../../../../src/extension/stats/functionFile.ts";

const place = (id: string) => {
	const found = placeOf(id);
	assert.ok(found, id);
	return found;
};

describe("The file of a function", () => {
	it("is what stands before the last number sign of its id", () => {
		assert.deepEqual(place("src/c#/parse.ts#Parser.next"), {
			segments: ["src", "c#", "parse.ts"],
			name: "next",
		});
		assert.equal(place("lib.rs#mod::run").name, "run");
	});

	it("is never one outside the repository, nor guessed where the id names none", () => {
		for (const id of [
			"bash:git",
			"tool:Read",
			"f",
			"#f",
			"",
			"../x.ts#f",
			"a/../../x.ts#f",
			"/etc/passwd#f",
			"a//b.ts#f",
			"C:\\x.ts#f",
			"c:/x.ts#f",
			"file:///x#f",
			"a\0b#f",
		]) {
			assert.equal(placeOf(id), null, id);
		}
	});

	it("lies below a folder that is the repository, or a part of it", () => {
		const found = place("packages/app/src/a.ts#f");
		const repository = ["", "home", "dev", "repo"];
		assert.deepEqual(pathsBelow(repository, found), ["packages/app/src/a.ts"]);
		assert.deepEqual(pathsBelow([...repository, "packages"], found), [
			"packages/app/src/a.ts",
			"app/src/a.ts",
		]);
		assert.deepEqual(pathsBelow([...repository, "packages", "app"], found), [
			"packages/app/src/a.ts",
			"src/a.ts",
		]);
	});

	it("is shown where the name is a word of its own", () => {
		assert.equal(offsetOfName("runner; run()", "run"), 8);
		assert.equal(offsetOfName("$a = a$; a", "a"), 9);
		assert.equal(offsetOfName("x(.*)", ".*"), 2);
		assert.equal(offsetOfName("nothing", "f"), 0);
		assert.equal(offsetOfName("nothing", ""), 0);
	});
});
