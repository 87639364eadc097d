import assert from "node:assert/strict";
import { claudeBinary } from "../../scripts/setup/claudeClient.ts";
import { findProgram } from "../../scripts/setup/which.ts";
import { LiveGraph } from "../../src/model/liveGraph.ts";
import { statesOf } from "../support/client/agreement.ts";
import {
	type AgentRecord,
	type ClientRecords,
	readRecords,
} from "../support/client/clientRecords.ts";
import { ClientRun } from "../support/client/clientRun.ts";
import { resumed } from "../support/client/scenarios.ts";

describe("the real client with an agent that is stopped and resumed, and a shell beside it", () => {
	let run: ClientRun;
	let records: ClientRecords;
	let agent: AgentRecord;

	before(async function () {
		if (claudeBinary() === undefined || findProgram("jq") === undefined) this.skip();
		run = new ClientRun();
		await run.play(resumed);
		records = readRecords(run.config);
		[agent = assert.fail("no agent")] = records.agents;
	});
	after(() => run?.dispose());

	it("reports that the agent was stopped, and that the shell ended, in the same way", () => {
		const notices = run
			.payloads()
			.map(({ prompt }) => String(prompt))
			.filter((prompt) => prompt.startsWith("<task-notification>"));
		const isAgents = (notice: string) => notice.includes(`<task-id>${agent.id}</task-id>`);
		assert.deepEqual(notices.map(isAgents).sort(), [false, true, true]);
	});

	it("shows the agent running, ended, running again and ended", () =>
		assert.deepEqual(statesOf(run, agent.id), ["running", "done", "running", "done"]));

	it("shows one agent, in its place under the orchestrator, and none for the shell", () => {
		const graph = new LiveGraph();
		for (const line of run.events()) graph.applyLine(line);
		const shown = graph.describe().nodes.filter(({ kind }) => kind === "agent");
		assert.deepEqual(
			shown.map(({ id, parent, description, outcome, stubs }) => ({
				...{ id, parent, description, outcome, stubs },
			})),
			[
				{
					...{ id: agent.id, parent: records.session, description: "long" },
					...{ outcome: "partial", stubs: 1 },
				},
			],
		);
	});
});
