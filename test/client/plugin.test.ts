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

describe("the real client with the hooks as a plugin", () => {
	let run: ClientRun;

	before(function () {
		if (claudeBinary() === undefined || findProgram("jq") === undefined) this.skip();
		run = new ClientRun();
	});
	after(() => run?.dispose());

	it("runs them from a folder with spaces in its name", async () => {
		const plugin = join(run.home, "my plugins", "agent live graph");
		mkdirSync(plugin, { recursive: true });
		for (const part of ["hooks", ".claude-plugin"]) {
			cpSync(join(repository, part), join(plugin, part), { recursive: true });
		}
		await run.play(family, { plugin });
		const records = readRecords(run.config);
		assertNothingLost(run);
		assertLogAgrees(run, records);
		assertGraphAgrees(run, records);
	});
});
