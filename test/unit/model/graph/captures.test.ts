import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import {
	describeGraph,
	type NodeDescription,
} from "../../../../src/model/graph/told/graphDescription.ts";
import { graphOf, nodeOf } from "../../../support/log/eventLog.ts";

const FIXTURES = new URL("../../../fixtures/", import.meta.url);

/** What the client's own files say of an agent: the surest source there is. */
interface AgentMeta {
	readonly agentType: string;
	readonly description: string;
	readonly toolUseId: string;
	readonly parentAgentId?: string;
}

interface Payload {
	readonly hook_event_name: string;
	readonly session_id: string;
	readonly tool_name?: string;
	readonly agent_id?: string;
}

function capture(name: string) {
	const text = (path: string) => readFileSync(new URL(path, FIXTURES), "utf8");
	const lines = (path: string) => text(path).trimEnd().split("\n");
	const payloads = lines(`captures/${name}/hooks.jsonl`).map((line) => JSON.parse(line) as Payload);
	const session = payloads[0]?.session_id ?? "";
	const folder = `captures/${name}/transcripts/-home-dev-project/${session}/subagents/`;
	const metas = new Map<string, AgentMeta>();
	for (const file of readdirSync(new URL(folder, FIXTURES))) {
		const id = /^agent-(.*)\.meta\.json$/.exec(file)?.[1];
		if (id !== undefined) metas.set(id, JSON.parse(text(folder + file)) as AgentMeta);
	}
	return { session, payloads, metas, graph: graphOf(lines(`events/${name}.jsonl`)) };
}

/** Calls and failures by agent, counted from the payloads; agents launch agents, not calls. */
function callsIn(payloads: readonly Payload[], event: string): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { hook_event_name, tool_name, agent_id, session_id } of payloads) {
		if (hook_event_name !== event || tool_name === "Agent") continue;
		const actor = agent_id ?? session_id;
		counts.set(actor, (counts.get(actor) ?? 0) + 1);
	}
	return counts;
}

for (const name of ["background-pair", "nested-mixed"]) {
	describe(`The recorded run ${name}`, () => {
		const { session, payloads, metas, graph } = capture(name);
		const { nodes } = describeGraph(graph);

		it("has one node for the session and one for every agent the client wrote a file of", () => {
			assert.deepEqual(
				nodes.map((node) => node.id).toSorted(),
				[session, ...metas.keys()].toSorted(),
			);
		});

		it("knows of each agent its launching call, parent, type and task", () => {
			for (const [id, meta] of metas) {
				const node = nodeOf(graph, id);
				assert.deepEqual(node.aliases, [meta.toolUseId]);
				assert.equal(node.parent, meta.parentAgentId ?? session);
				assert.equal(node.type, meta.agentType);
				assert.equal(node.description, meta.description);
			}
		});

		it("puts every call and every failure down to who made it", () => {
			const calls = callsIn(payloads, "PreToolUse");
			const failures = callsIn(payloads, "PostToolUseFailure");
			const seen = (pick: (node: NodeDescription) => number) =>
				nodes.map((node) => [node.id, pick(node)]);
			assert.deepEqual(
				seen((node) => node.calls),
				nodes.map(({ id }) => [id, calls.get(id) ?? 0]),
			);
			assert.deepEqual(
				seen((node) => node.failures),
				nodes.map(({ id }) => [id, failures.get(id) ?? 0]),
			);
		});

		it("has every agent done, none lost, and not a line that could not be used", () => {
			for (const { state, kind } of nodes) assert.equal(state, "done", kind);
			assert.equal(graph.stats.problemCount, 0);
			assert.deepEqual([...graph.stats.notes], []);
		});
	});
}

describe("Outcomes of the recorded runs", () => {
	it("are those that the agents reported", () => {
		const outcomes = (name: string) =>
			describeGraph(capture(name).graph)
				.nodes.filter((node) => node.kind === "agent")
				.map((node) => [node.description, node.outcome, node.stubs] as const)
				.toSorted();
		assert.deepEqual(outcomes("background-pair"), [
			["research A", "functional", 0],
			["research B", "scaffolding", 3],
		]);
		assert.deepEqual(outcomes("nested-mixed"), [
			["inner", null, null],
			["outer", "partial", 2],
			["twin one", null, null],
			["twin two", null, null],
		]);
	});

	it("keep the models of two agents of one type apart", () => {
		const { graph } = capture("nested-mixed");
		const twins = describeGraph(graph).nodes.filter((node) => node.type === "Explore");
		assert.deepEqual(twins.map((node) => [node.description, node.model]).toSorted(), [
			["twin one", "claude-haiku-5-5"],
			["twin two", "claude-opus-5-5"],
		]);
	});
});
