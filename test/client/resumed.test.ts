import assert from "node:assert/strict";
import { claudeBinary } from "../../scripts/setup/claudeClient.ts";
import { findProgram } from "../../scripts/setup/which.ts";
import { LiveGraph } from "../../src/model/graph/liveGraph.ts";
import { describeGraph } from "../../src/model/graph/told/graphDescription.ts";
import { statesOf } from "../support/client/agreement.ts";
import {
	type AgentRecord,
	type ClientRecords,
	readRecords,
} from "../support/client/clientRecords.ts";
import { ClientRun } from "../support/client/clientRun.ts";
import { pause, resumed } from "../support/client/scenarios.ts";
import { applyLine } from "../support/log/applyLine.ts";

const RUNNING_TWICE = ["running", "done", "running", "done"];
const cases = [
	{ name: "stopped and, a moment later, resumed", script: resumed(pause), states: [RUNNING_TWICE] },
	{
		name: "stopped and resumed at once",
		script: resumed(),
		// The client may tell that it was stopped before it tells that it goes on, or after that.
		states: [RUNNING_TWICE, ["running", "done"]],
	},
] as const;

for (const { name, script, states } of cases) {
	describe(`the real client with an agent that is ${name}, and a shell beside it`, () => {
		let run: ClientRun;
		let records: ClientRecords;
		let agent: AgentRecord;

		before(async function () {
			if (claudeBinary() === undefined || findProgram("jq") === undefined) this.skip();
			run = new ClientRun();
			await run.play(script);
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

		it("shows the agent running, ended, running again and ended", () => {
			const seen = statesOf(run, agent.id);
			assert.ok(
				states.some((each) => String(each) === String(seen)),
				String(seen),
			);
		});

		it("never shows the agent as ended from its resumption to its stop", () => {
			const graph = new LiveGraph();
			let starts = 0;
			for (const line of run.events()) {
				applyLine(graph, line);
				const { event, agent_id } = JSON.parse(line);
				if (event === "agent_start") starts++;
				if (event === "agent_stop" && agent_id === agent.id) break;
				const shown = describeGraph(graph).nodes.find(({ id }) => id === agent.id);
				if (starts === 2) assert.equal(shown?.state, "running", line);
			}
			assert.equal(starts, 2);
		});

		it("shows one agent, in its place under the orchestrator, and none for the shell", () => {
			const graph = new LiveGraph();
			for (const line of run.events()) applyLine(graph, line);
			const shown = describeGraph(graph).nodes.filter(({ kind }) => kind === "agent");
			assert.deepEqual(
				shown.map(({ id, parent, description, outcome, stubs }) => ({
					id,
					parent,
					description,
					outcome,
					stubs,
				})),
				[
					{
						id: agent.id,
						parent: records.session,
						description: "long",
						outcome: "partial",
						stubs: 1,
					},
				],
			);
		});
	});
}
