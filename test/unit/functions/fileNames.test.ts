import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import * as fc from "fast-check";
import { localPath, normalPath, resolvePath } from "../../../src/functions/filePath.ts";
import { Repositories } from "../../../src/functions/repositories.ts";
import { SessionFolder } from "../../../src/ingest/claude-code/files/sessionFolder.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

/** Files, the folders that are known, and the name that a function's id begins with. */
const NAMES: readonly (readonly [file: string, folders: readonly string[], name: string])[] = [
	["/nowhere/p/src/a.ts", ["/nowhere/p"], "src/a.ts"],
	["/nowhere/p/src/a.ts", ["/nowhere/p", "/nowhere/p/src"], "src/a.ts"],
	["/nowhere/p/src/a.ts", ["", "/nowhere/p/src"], "a.ts"],
	["C:\\Users\\someone\\demo\\src\\a.ts", ["C:\\Users\\someone\\demo"], "src/a.ts"],
	["c:\\users\\Someone\\demo\\src\\A.ts", ["C:\\Users\\someone\\Demo\\"], "src/A.ts"],
	["C:/Users/someone/demo/src/a.ts", ["C:\\Users\\someone\\demo"], "src/a.ts"],
	["/mnt/c/Users/someone/demo/a.ts", ["C:\\Users\\someone\\demo"], "a.ts"],
	["C:\\Users\\someone\\demo\\a.ts", ["/mnt/c/Users/someone/demo"], "a.ts"],
	["C:\\Users\\someone\\demo\\a.ts", ["/c/Users/someone/demo"], "a.ts"],
	["\\\\?\\C:\\demo\\a.ts", ["c:\\demo"], "a.ts"],
	["D:\\demo\\a.ts", ["D:\\"], "demo/a.ts"],
	["\\\\server\\share\\demo\\src\\a.ts", ["\\\\server\\share\\demo"], "src/a.ts"],
	["\\\\wsl.localhost\\Ubuntu\\home\\someone\\demo\\a.ts", ["/home/someone/demo"], "a.ts"],
	["\\\\wsl$\\Ubuntu\\home\\someone\\x\\a.ts", ["/home/someone/demo"], "~/x/a.ts"],
	// The same folder, as another system names it.
	["C:\\Users\\someone\\demo\\src\\a.ts", ["/w/demo"], "src/a.ts"],
	["/home/someone/demo/src/a.ts", ["C:\\x\\demo"], "src/a.ts"],
	["\\\\server\\share\\demo\\src\\a.ts", ["/w/demo"], "src/a.ts"],
	["/srv/other/demo/a.ts", ["/w/demo"], "outside/a.ts"],
	// Outside.
	["/home/someone/other/src/b.ts", ["/w/demo"], "~/other/src/b.ts"],
	["/Users/someone/other/b.ts", ["/w/demo"], "~/other/b.ts"],
	["C:\\Users\\someone\\other\\b.ts", ["C:\\Users\\someone\\demo"], "~/other/b.ts"],
	["/mnt/c/Users/someone/b.ts", ["/w/demo"], "~/b.ts"],
	["/root/x/b.ts", ["/w/demo"], "~/x/b.ts"],
	["/tmp/work-someone/b.ts", ["/w/demo"], "outside/b.ts"],
	["D:\\work\\b.ts", ["C:\\demo"], "outside/b.ts"],
	["\\\\server\\people\\someone\\b.ts", ["C:\\demo"], "outside/b.ts"],
	["/home/someone/.x/-home-someone-demo/b.ts", ["/w/demo"], "outside/b.ts"],
	["/home/someone/x/someone.ts", ["/w/demo"], "outside/~.ts"],
	["C:\\Users\\Someone\\x\\-c-users-someone-someone.md", ["/w/demo"], "outside/-c-users-~-~.md"],
	["/nowhere/demo-2/a.ts", ["/nowhere/demo"], "outside/a.ts"],
	// A folder around those of persons is no project's.
	["/home/someone/x/a.ts", ["/"], "~/x/a.ts"],
	["/home/someone/x/a.ts", ["/home"], "~/x/a.ts"],
	["C:\\Users\\someone\\x\\a.ts", ["C:\\"], "~/x/a.ts"],
	["/home/someone/x/a.ts", ["/home/someone"], "x/a.ts"],
];

describe("The name of a changed file", () => {
	const folder = useTempFolder();

	it("begins where its project does, and holds no person's name", () => {
		const repositories = new Repositories();
		assert.deepEqual(
			NAMES.map(([file, folders]) => [file, folders, repositories.relative(file, folders)]),
			NAMES,
		);
	});

	it("begins where its repository does, whatever folder the session has", () => {
		mkdirSync(folder.file("r/.git"), { recursive: true });
		const file = folder.file("r/src/a.ts");
		for (const cwd of [folder.path, folder.file("r/src"), "/elsewhere"]) {
			assert.equal(new Repositories().relative(file, [cwd]), "src/a.ts");
		}
	});

	it("never holds a home, whatever is known of it", () => {
		const part = fc.constantFrom("src", "demo", "a b", "x");
		const home = fc.constantFrom("/home/ada", "/Users/ada", "C:\\Users\\ada", "/mnt/d/Users/ada");
		const cwd = fc.constantFrom(
			"",
			"/",
			"/home",
			"/w/demo",
			"C:\\",
			"C:\\Users",
			"D:\\x",
			"/Users",
		);
		fc.assert(
			fc.property(home, fc.array(part), cwd, (start, parts, at) => {
				const name = new Repositories().relative([start, ...parts, "a.ts"].join("/"), [at]);
				assert.doesNotMatch(name, /ada|^\/|:|\\/);
				assert.match(name, /a\.ts$/);
			}),
		);
	});
});

describe("A path of any system", () => {
	it("has one form, and a place on this one", () => {
		assert.equal(normalPath("C:\\a\\..\\b\\.\\c"), "c:/b/c");
		assert.equal(normalPath("/w/demo/"), "/w/demo");
		assert.equal(resolvePath("C:\\a", "b\\c"), "c:/a/b/c");
		assert.equal(resolvePath("/a", "b/c"), "/a/b/c");
		assert.equal(resolvePath("/a", "D:\\x"), "d:/x");
		if (process.platform !== "win32") assert.equal(localPath("c:/b"), "/mnt/c/b");
	});
});

describe("The folder that a session was started in", () => {
	it("is the one that its transcripts' folder is named after, from whatever line on", () => {
		const late = new SessionFolder("-home-x-my-demo");
		late.note("/home/x/my.demo/src/deep");
		assert.equal(late.of("/home/x/my.demo/src", "/elsewhere/a.ts"), "/home/x/my.demo");
		assert.equal(late.of("/elsewhere", "/home/x/my.demo/a.ts"), "/home/x/my.demo");
		const windows = new SessionFolder("C--Users-x-demo");
		assert.equal(windows.of("C:\\Users\\x\\demo\\src", ""), "C:\\Users\\x\\demo");
	});

	it("is else that of the first line", () => {
		const folder = new SessionFolder("demo");
		assert.equal(folder.of("/w", ""), "");
		folder.note("/a");
		folder.note("/b");
		assert.equal(folder.of("/w", "/b/c.ts"), "/a");
	});
});
