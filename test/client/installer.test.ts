import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { claudeBinary } from "../../scripts/setup/claudeClient.ts";
import { findProgram } from "../../scripts/setup/which.ts";
import {
	assertGraphAgrees,
	assertLogAgrees,
	assertNothingLost,
} from "../support/client/agreement.ts";
import { readRecords } from "../support/client/clientRecords.ts";
import { ClientRun } from "../support/client/clientRun.ts";
import { installerOf, installHooks } from "../support/client/installedHooks.ts";
import { family } from "../support/client/scenarios.ts";

describe("the real client with the settings of our installer", () => {
	let run: ClientRun;

	before(function () {
		if (claudeBinary() === undefined || findProgram("jq") === undefined) this.skip();
		run = new ClientRun();
	});
	after(() => run?.dispose());

	it("writes every event beside other tools' hooks, and none twice", async () => {
		await run.play(family, { install: installHooks });
		const records = readRecords(run.config);
		assertNothingLost(run);
		assertLogAgrees(run, records);
		assertGraphAgrees(run, records);
	});

	it("leaves the settings as they were when the hooks are taken out", async () => {
		const file = join(run.config, "settings.json");
		const backup = readFileSync(`${file}.agent-live-graph-backup`, "utf8");
		const { state } = await installerOf(run.config).change({
			...{ action: "uninstall", file, scope: "user" },
			confirm: async () => true,
		});
		assert.equal(state, "changed");
		assert.equal(readFileSync(file, "utf8"), backup);
	});
});
