import assert from "node:assert/strict";
import { logFacts } from "../../../../src/extension/hooks/logFacts.ts";
import { hookHealth } from "../../../../src/installer/status/hookHealth.ts";
import type { LiveGraph } from "../../../../src/model/graph/liveGraph.ts";
import { EventLog } from "../../../support/log/eventLog.ts";

/** Health a second after the last event, with nothing of ours in the settings. */
function healthOf({ stats, lastEventAt }: LiveGraph) {
	return hookHealth({
		now: (lastEventAt ?? 0) + 1000,
		settings: [],
		configFolder: "/home/you/.claude",
		transcripts: null,
		...logFacts(stats),
	});
}

describe("what the log tells of the hooks", () => {
	const kinds = (log: EventLog) => healthOf(log.graph).problems.map(({ kind }) => kind);
	const older = () =>
		new EventLog().v1("tool_use", { id: "toolu_1", agent_id: "main", tool: "Read" });

	it("lines of version 1 are not of our hooks, whose scripts have not written by them", () => {
		const { lastAt, scripts } = healthOf(older().graph);
		assert.equal(lastAt, null);
		assert.deepEqual(
			scripts.filter((each) => each.lastAt !== null),
			[],
		);
		assert.deepEqual(kinds(older()), ["not_installed", "older_hooks"]);
	});

	it("lines of version 2 are, whoever registered the hooks", () => {
		assert.deepEqual(kinds(new EventLog().use("toolu_1")), []);
		assert.deepEqual(kinds(older().use("toolu_2")), ["older_hooks"]);
	});

	it("a hook that misses jq says so", () => {
		assert.deepEqual(kinds(new EventLog().add("hook_error", { reason: "jq missing" })), [
			"jq_missing",
		]);
	});
});
