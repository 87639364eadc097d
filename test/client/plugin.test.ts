import assert from "node:assert/strict";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { claudeBinary } from "../../scripts/setup/claudeClient.ts";
import { findProgram } from "../../scripts/setup/which.ts";
import {
	assertGraphAgrees,
	assertLogAgrees,
	assertNothingLost,
} from "../support/client/agreement.ts";
import { readRecords } from "../support/client/clientRecords.ts";
import { ClientRun, repository } from "../support/client/clientRun.ts";
import { family } from "../support/client/scenarios.ts";
import { run as runProgram } from "../support/hooks/hookLab.ts";

describe("the real client with the hooks as a plugin", () => {
	let run: ClientRun;
	let plugin: string;

	before(function () {
		if (claudeBinary() === undefined || findProgram("jq") === undefined) this.skip();
		run = new ClientRun();
		plugin = join(run.home, "my plugins", "agent live graph");
		mkdirSync(plugin, { recursive: true });
		for (const part of ["hooks", ".claude-plugin"]) {
			cpSync(join(repository, part), join(plugin, part), { recursive: true });
		}
	});
	after(() => run?.dispose());

	it("finds nothing wrong with it", async () => {
		const { status, stdout } = await runProgram(
			claudeBinary() ?? "",
			["plugin", "validate", plugin],
			{ input: "", cwd: run.home, env: { HOME: run.home, PATH: process.env.PATH } },
		);
		assert.equal(status, 0, stdout);
	});

	it("runs them from a folder with spaces in its name", async () => {
		await run.play(family, { plugin });
		const records = readRecords(run.config);
		assertNothingLost(run);
		assertLogAgrees(run, records);
		assertGraphAgrees(run, records);
	});
});
