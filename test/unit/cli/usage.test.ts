import assert from "node:assert/strict";
import { once } from "node:events";
import { accessSync, constants, readFileSync, writeFileSync } from "node:fs";
import { inProject } from "../../../scripts/paths.ts";
import { cliFile, resultOf, runCli, startCli } from "../../support/cli/runCli.ts";
import { writeSyntheticLog } from "../../support/log/syntheticLog.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

describe("The program's manners", () => {
	const folder = useTempFolder();
	const run = (...args: string[]) => runCli(folder.path, args);

	it("bad use is told on stderr and ends with 2", async () => {
		const wrong = [
			[],
			["wat"],
			["status", "--wat"],
			["status", "extra"],
			["status", "--db"],
			["status", "--db", ""],
			["status", "--top", "many"],
			["graph", "--follow"],
		];
		for (const args of wrong) {
			const { code, stdout, stderr } = await run(...args);
			assert.deepEqual([code, stdout], [2, ""], args.join(" "));
			assert.match(stderr, /^agent-live-graph: .+\nTry agent-live-graph --help\.\n$/);
		}
	});

	it("help is there for the program and each command, on stdout", async () => {
		const all = await run("--help");
		assert.deepEqual([all.code, all.stderr], [0, ""]);
		for (const command of ["init", "ingest", "status", "graph"]) {
			assert.match(all.stdout, new RegExp(`^  ${command} `, "m"));
			const { code, stdout } = await run(command, "--help");
			assert.equal(code, 0);
			assert.ok(stdout.startsWith(`Usage: agent-live-graph ${command} [`));
		}
		assert.match((await run("status", "-h")).stdout, /--top N/);
	});

	it("the version is the package's", async () => {
		const { version } = JSON.parse(readFileSync(inProject("package.json"), "utf8"));
		assert.equal((await run("--version")).stdout, `${version}\n`);
	});

	it("a reader that has seen enough ends it quietly", async () => {
		const log = folder.file("events.jsonl");
		await writeSyntheticLog(log, { lines: 60_000 });
		const child = startCli(folder.path, ["graph", "--json", "--events-file", log]);
		if (child.stdout !== null) {
			await once(child.stdout, "readable");
			child.stdout.destroy();
		}
		const { code, stderr } = await resultOf(child);
		assert.deepEqual([code, stderr], [0, ""]);
	});

	it("it needs nothing of the folder that it is run in", async () => {
		writeFileSync(folder.file("package.json"), "{");
		assert.equal((await run("init", "--db", "here.db")).code, 0);
	});

	it("the bundle can be run as it is", () => {
		accessSync(cliFile, constants.X_OK);
		assert.ok(readFileSync(cliFile, "utf8").startsWith("#!/usr/bin/env node\n"));
	});
});
