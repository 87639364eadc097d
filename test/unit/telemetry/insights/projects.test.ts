import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Projects } from "../../../../src/telemetry/insights/projects.ts";

describe("The project of a session's folder", () => {
	let root = "";
	const at = (...parts: string[]): string => join(root, ...parts);
	const folder = (...parts: string[]): string => {
		mkdirSync(at(...parts), { recursive: true });
		return at(...parts);
	};
	const file = (path: string, text: string): void => {
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, text);
	};

	beforeEach(() => {
		root = realpathSync(mkdtempSync(join(tmpdir(), "projects-")));
		folder("shop", ".git", "worktrees", "fix");
	});
	afterEach(() => rmSync(root, { recursive: true }));

	it("is its repository, from any folder below it", () => {
		assert.equal(new Projects().of(folder("shop", "src", "deep")), at("shop"));
		assert.equal(new Projects().of(at("shop")), at("shop"));
	});

	it("is the repository of its worktree, whether git names that from the root or from there", () => {
		file(at("fix", ".git"), `gitdir: ${at("shop", ".git", "worktrees", "fix")}\n`);
		file(at("near", ".git"), "gitdir: ../shop/.git/worktrees/near\n");
		assert.equal(new Projects().of(folder("fix", "src")), at("shop"));
		assert.equal(new Projects().of(at("near")), at("shop"));
	});

	it("is the repository of a worktree that is gone, where clients put them below it", () => {
		assert.equal(new Projects().of(at("gone", ".claude", "worktrees", "a", "src")), at("gone"));
		assert.equal(new Projects().of(at("gone", ".worktrees", "b")), at("gone"));
	});

	it("is a submodule itself, and a folder without a repository", () => {
		file(at("shop", "lib", ".git"), "gitdir: ../.git/modules/lib\n");
		assert.equal(new Projects().of(at("shop", "lib")), at("shop", "lib"));
		assert.equal(new Projects().of(folder("plain")), at("plain"));
	});
});
