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
import { eight } from "../support/client/scenarios.ts";

describe("the real client with eight agents of one type at once", () => {
	let run: ClientRun;
	let records: ClientRecords;

	before(async function () {
		if (claudeBinary() === undefined || findProgram("jq") === undefined) this.skip();
		run = new ClientRun();
		await run.play(eight);
		records = readRecords(run.config);
	});
	after(() => run?.dispose());

	it("made five calls with each, of which one failed", () => {
		const made = records.agents.map(({ calls }) => [calls.all.length, calls.failed.length]);
		assert.deepEqual(
			made,
			Array.from({ length: 8 }, () => [5, 1]),
		);
	});

	it("loses no event and writes none twice", () => assertNothingLost(run));

	it("logs every call on its right agent and every outcome right", () =>
		assertLogAgrees(run, records));

	it("leaves no agent alive in the graph", () => assertGraphAgrees(run, records));

	it("ends no agent before it stopped", () => assertNoneEndsEarly(run));
});
