import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { inProject } from "../../../scripts/paths.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

describe("A program that keeps little of what it has freed", () => {
	const folder = useTempFolder();

	/** What a program says that starts itself anew. */
	function run(env: NodeJS.ProcessEnv, before = "") {
		const file = folder.file("program.mjs");
		writeFileSync(
			file,
			`import { keepFreedMemoryLow } from ${JSON.stringify(inProject("src/cli/freedMemory.ts"))};
			console.error("begun");
			${before}
			keepFreedMemoryLow();
			const { pid, argv, execArgv, env } = process;
			console.log(JSON.stringify({ pid, args: argv.slice(2), execArgv, env }));`,
		);
		const args = ["--stack-size=900", file, "ingest", "--db", "a b"];
		const { pid, stdout, stderr, status } = spawnSync(process.execPath, args, { env });
		const said = JSON.parse(stdout.toString());
		return { ...said, isSame: said.pid === pid, begun: stderr.toString(), status };
	}

	it("is the same process with the same arguments, begun anew with that said, without a word", () => {
		// Elsewhere memory is not glibc's.
		const isLinux = process.platform === "linux";
		const { isSame, args, execArgv, env, begun, status } = run({ HOME: folder.path });
		assert.equal(isSame, true);
		assert.deepEqual(args, ["ingest", "--db", "a b"]);
		assert.deepEqual(execArgv, ["--stack-size=900"]);
		assert.equal(status, 0);
		assert.equal(begun, isLinux ? "begun\nbegun\n" : "begun\n");
		const said = { MALLOC_TRIM_THRESHOLD_: "524288" };
		assert.deepEqual(env, { HOME: folder.path, ...(isLinux ? said : {}) });
	});

	it("goes on as it is where its user has said how much is kept", () => {
		const own = { HOME: folder.path, MALLOC_TRIM_THRESHOLD_: "131072" };
		const { env, begun } = run(own);
		assert.deepEqual(env, own);
		assert.equal(begun, "begun\n");
	});

	it("goes on as it is where Node was removed meanwhile", () => {
		const own = { HOME: folder.path };
		const { env, begun, status } = run(own, 'process.execPath = "/usr/bin/node (deleted)";');
		assert.deepEqual(env, own);
		assert.equal(begun, "begun\n");
		assert.equal(status, 0);
	});
});
