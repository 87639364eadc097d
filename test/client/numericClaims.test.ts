import assert from "node:assert/strict";
import { claudeBinary } from "../../scripts/setup/claudeClient.ts";
import { findProgram } from "../../scripts/setup/which.ts";
import { ClientRun } from "../support/client/clientRun.ts";

describe("an answer of the real client that says where its numbers come from", () => {
	let run: ClientRun;

	before(function () {
		if (claudeBinary() === undefined || findProgram("jq") === undefined) this.skip();
		run = new ClientRun();
	});
	after(() => run?.dispose());

	it("gives one event for each claim, beside the end of the turn", async () => {
		const text =
			"Done.\n- All 42 tests pass [REAL: npm test], about 7 % slower [ESTIMATE-HTC: a guess]";
		await run.play({ main: [[{ type: "text", text }]] });
		const events = run.events().map((line) => JSON.parse(line));
		const claims = events.filter(({ event }) => event === "numeric_claim");
		assert.deepEqual(
			claims.map(({ tier, value, pointer }) => [tier, value, pointer]),
			[
				["REAL", "All 42 tests pass", "npm test"],
				["ESTIMATE-HTC", "about 7 % slower", "a guess"],
			],
		);
		assert.equal(events.filter(({ event }) => event === "turn_end").length, 1);
	});
});
