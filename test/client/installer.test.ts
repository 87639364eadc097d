import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { claudeBinary } from "../../scripts/setup/claudeClient.ts";
import { findProgram } from "../../scripts/setup/which.ts";
import { HookInstaller } from "../../src/installer/installer.ts";
import {
	assertGraphAgrees,
	assertLogAgrees,
	assertNothingLost,
} from "../support/client/agreement.ts";
import { readRecords } from "../support/client/clientRecords.ts";
import { ClientRun, repository } from "../support/client/clientRun.ts";
import { family } from "../support/client/scenarios.ts";

describe("the real client with the settings of our installer", () => {
	let run: ClientRun;

	before(function () {
		if (claudeBinary() === undefined || findProgram("jq") === undefined) this.skip();
		run = new ClientRun();
	});
	after(() => run?.dispose());

	it("writes every event beside other tools' hooks, and none twice", async () => {
		await run.play(family, { install });
		const records = readRecords(run.config);
		assertNothingLost(run);
		assertLogAgrees(run, records);
		assertGraphAgrees(run, records);
	});

	it("leaves the settings as they were when the hooks are taken out", async () => {
		const file = join(run.config, "settings.json");
		const backup = readFileSync(`${file}.agent-live-graph-backup`, "utf8");
		const { state } = await installer(run.config).change({
			...{ action: "uninstall", file, scope: "user" },
			confirm: async () => true,
		});
		assert.equal(state, "changed");
		assert.equal(readFileSync(file, "utf8"), backup);
	});
});

function installer(config: string): HookInstaller {
	const place = { env: { CLAUDE_CONFIG_DIR: config }, home: join(config, "..") };
	return new HookInstaller(join(repository, "hooks"), "0.1.0", place);
}

async function install(config: string): Promise<void> {
	const { added } = await installer(config).change({
		...{ action: "install", file: join(config, "settings.json"), scope: "user" },
		confirm: async () => true,
	});
	assert.ok(added > 10);
}
