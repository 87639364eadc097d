import assert from "node:assert/strict";
import { DEMO_ROUND_MS, demoRound } from "../../../src/extension/demo/demoScript.ts";
import { LiveGraph } from "../../../src/model/liveGraph.ts";

function play(rounds: number): LiveGraph {
	const graph = new LiveGraph();
	for (let round = 0; round < rounds; round++) {
		for (const { at, event } of demoRound(round)) {
			const ts = new Date(round * DEMO_ROUND_MS + at).toISOString();
			graph.applyLine(JSON.stringify({ ...event, ts }));
		}
	}
	return graph;
}

describe("The demo", () => {
	it("is read without a bad line and ends all it began", () => {
		const graph = play(2);
		assert.equal(graph.stats.problemCount, 0);
		assert.deepEqual([...graph.stats.notes], []);
		assert.deepEqual([graph.counters.alive, graph.counters.done], [0, graph.counters.spawned]);
	});

	it("shows every outcome, a nested agent, a failure, a wait and two sessions", () => {
		const { nodes } = play(1).describe();
		const outcomes = new Set(nodes.map((node) => node.outcome));
		assert.deepEqual([...outcomes].map(String).toSorted(), [
			"fail",
			"functional",
			"null",
			"partial",
			"scaffolding",
		]);
		assert.ok(nodes.some((node) => node.parent === "parser-0"));
		assert.ok(nodes.some((node) => node.failures > 0));
		assert.equal(nodes.filter((node) => node.kind === "session").length, 2);
		assert.ok(demoRound(0).some(({ event }) => event.event === "permission_wait"));
	});

	it("fits its round and keeps its steps in order", () => {
		const steps = demoRound(0);
		assert.ok(steps.every(({ at }, index) => at >= (steps[index - 1]?.at ?? 0)));
		assert.ok((steps.at(-1)?.at ?? 0) < DEMO_ROUND_MS);
	});
});
