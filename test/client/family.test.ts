import assert from "node:assert/strict";
import { claudeBinary } from "../../scripts/setup/claudeClient.ts";
import { findProgram } from "../../scripts/setup/which.ts";
import {
	assertGraphAgrees,
	assertLogAgrees,
	assertNoneEndsEarly,
	assertNothingLost,
} from "../support/client/agreement.ts";
import { type ClientRecords, readRecords } from "../support/client/clientRecords.ts";
import { ClientRun } from "../support/client/clientRun.ts";
import { family } from "../support/client/scenarios.ts";

describe("the real client with two background agents, a nested foreground one and failures", () => {
	let run: ClientRun;
	let records: ClientRecords;

	before(async function () {
		if (claudeBinary() === undefined || findProgram("jq") === undefined) this.skip();
		run = new ClientRun();
		await run.play(family);
		records = readRecords(run.config);
	});
	after(() => run?.dispose());

	it("ran what the script says", () => {
		const family = records.agents.map(({ description, calls }) => [
			description,
			calls.all.length,
			calls.failed.length,
		]);
		assert.deepEqual(family.sort(), [
			["inner", 2, 1],
			["left", 2, 1],
			["outer", 1, 0],
			["right", 1, 0],
		]);
		assert.deepEqual([records.calls.all.length, records.calls.failed.length], [2, 1]);
	});

	it("loses no event and writes none twice", () => assertNothingLost(run));

	it("logs every call, parent and outcome as the transcripts have them", () =>
		assertLogAgrees(run, records));

	it("shows the same family in the graph", () => assertGraphAgrees(run, records));

	it("ends no agent before it stopped", () => assertNoneEndsEarly(run));

	it("writes nothing of commands, outputs, prompts and answers", () => {
		const log = run.events().join("\n");
		for (const secret of ["a secret", "nonexistent", "TASK:main", "one\\ntwo", "So far"]) {
			assert.ok(!log.includes(secret), secret);
		}
	});
});
