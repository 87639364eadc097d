import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { claudeBinary } from "../../scripts/setup/claudeClient.ts";
import { findProgram } from "../../scripts/setup/which.ts";
import { FIRST_HOOKED } from "../../src/ingest/clients/hookedClients.ts";
import {
	assertGraphAgrees,
	assertLogAgrees,
	assertNothingLost,
} from "../support/client/agreement.ts";
import { readRecords } from "../support/client/clientRecords.ts";
import { ClientRun } from "../support/client/clientRun.ts";
import { installerOf, installHooks } from "../support/client/installedHooks.ts";
import { family, plain } from "../support/client/scenarios.ts";

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

	it("writes nothing from settings with a comment, which the client does not read", async () => {
		const commented = new ClientRun();
		try {
			await commented.play(plain, {
				isBare: true,
				async install(config) {
					await installHooks(config);
					const file = join(config, "settings.json");
					writeFileSync(file, `// mine\n${readFileSync(file, "utf8")}`);
				},
			});
			assert.ok(readRecords(commented.config).calls.all.length > 0);
			assert.ok(!existsSync(join(commented.config, "memory")));
		} finally {
			commented.dispose();
		}
	});

	it("leaves the settings as they were when the hooks are taken out", async () => {
		const file = join(run.config, "settings.json");
		const backup = readFileSync(`${file}.agent-live-graph-backup`, "utf8");
		const { state } = await installerOf(run.config).change({
			action: "uninstall",
			client: FIRST_HOOKED,
			file,
			scope: "user",
			confirm: async () => true,
		});
		assert.equal(state, "changed");
		assert.equal(readFileSync(file, "utf8"), backup);
	});
});
