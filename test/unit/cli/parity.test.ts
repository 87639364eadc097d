import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { cliFile, runCli } from "../../support/cli/runCli.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

/** What the monitor that this one follows was checked with, in the same words. */
describe("The checks of the original monitor", () => {
	const folder = useTempFolder();

	it("hold: build, init, status and function_stats of an empty database", async () => {
		assert.ok(statSync(cliFile).size > 0, "built");
		const database = folder.file("x.db");
		const init = await runCli(folder.path, ["init", "--db", database]);
		assert.equal(init.code, 0);
		assert.match(init.stdout, /\bready\b/);
		const status = await runCli(folder.path, ["status", "--db", database]);
		assert.equal(status.code, 0);
		assert.match(status.stdout, /^no calls recorded yet$/m);
		const sql = "SELECT COUNT(*) FROM function_stats;";
		assert.equal(execFileSync("sqlite3", [database, sql], { encoding: "utf8" }), "0\n");
	});
});
