import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { inProject } from "../../../scripts/paths.ts";
import { GitRepository } from "../../support/functions/gitRepository.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

describe("agent-live-graph snapshot", () => {
	const folder = useTempFolder();

	function run(...args: string[]) {
		const env = { PATH: process.env.PATH, HOME: folder.path, CLAUDE_CONFIG_DIR: folder.path };
		const program = [inProject("dist", "cli.js"), "snapshot", ...args];
		return spawnSync(process.execPath, program, { env, encoding: "utf8", cwd: folder.path });
	}

	it("indexes a workspace into a database that other programs read", () => {
		const { root } = new GitRepository(folder.file("r")).write({
			"a.go": "package a\nfunc (s *S) F() { g() }\n",
			"notes.md": "x",
		});
		const args = ["--workspace", root, "--db", folder.file("t.db")];
		const first = run(...args);
		assert.equal(first.status, 0, first.stderr);
		assert.match(first.stdout, /^1 function \(1 file parsed, 0 unchanged\); 1 new version, /);
		assert.match(first.stdout, /left out: 1 of other languages/);
		const sql = "SELECT function_id, source, lines FROM function_versions";
		const ask = () => execFileSync("sqlite3", [folder.file("t.db"), sql], { encoding: "utf8" });
		assert.equal(ask(), "a.go#S.F|index|2-2\n");
		const again = JSON.parse(run(...args, "--json").stdout);
		assert.deepEqual([again.newVersions, again.functions], [0, 1]);
		assert.equal(ask(), "a.go#S.F|index|2-2\n");
	});

	it("reads a registry that another program has written", () => {
		const sql = `CREATE TABLE functions (id, name, content_hash);
			INSERT INTO functions VALUES ('one', 'first', 'h')`;
		execFileSync("sqlite3", [folder.file("registry.db"), sql]);
		const args = ["--registry", folder.file("registry.db"), "--db", folder.file("t.db"), "--json"];
		assert.equal(JSON.parse(run(...args).stdout).newVersions, 1);
		assert.equal(JSON.parse(run(...args).stdout).newVersions, 0);
	});

	it("says what is wrong", () => {
		const outside = run("--workspace", folder.path, "--db", folder.file("t.db"));
		assert.equal(outside.status, 1);
		assert.match(outside.stderr, /not a git repository/);
		assert.equal(run("--workspace", ".", "--registry", "x").status, 2);
	});
});
