import assert from "node:assert/strict";
import { playStep } from "../../../src/live/demo/demoPlayer.ts";
import { DEMO_ROUND_MS, demoRound } from "../../../src/live/demo/demoScript.ts";
import { LiveGraph } from "../../../src/model/graph/liveGraph.ts";
import { describeGraph } from "../../../src/model/graph/told/graphDescription.ts";
import { loadPrices } from "../../../src/pricing/prices.ts";

/** Some moment at which clients can have written. */
const START = Date.parse("2026-01-01T10:00:00.000Z");

function play(rounds: number): LiveGraph {
	const graph = new LiveGraph();
	for (let round = 0; round < rounds; round++) {
		for (const step of demoRound(round))
			playStep(graph, step, START + round * DEMO_ROUND_MS + step.at);
	}
	return graph;
}

describe("The demo", () => {
	it("is read without a bad line and ends all it began", () => {
		const graph = play(2);
		assert.equal(graph.stats.problemCount, 0);
		assert.deepEqual([...graph.stats.notes], []);
		const { alive, done, failed, spawned } = graph.counters;
		assert.deepEqual([alive, done + failed], [0, spawned]);
	});

	it("shows every outcome, a nested agent, a failure, a wait and two sessions", () => {
		const { nodes } = describeGraph(play(1));
		const outcomes = new Set(nodes.map((node) => node.outcome));
		assert.deepEqual([...outcomes].map(String).toSorted(), [
			"fail",
			"functional",
			"null",
			"partial",
			"scaffolding",
		]);
		assert.ok(
			nodes.some((node) => nodes.some(({ id, kind }) => kind === "agent" && id === node.parent)),
		);
		assert.ok(nodes.some((node) => node.failures > 0));
		assert.equal(nodes.filter((node) => node.kind === "session").length, 2);
		assert.ok(demoRound(0).some(({ event }) => event?.event === "permission_wait"));
	});

	it("tells the tokens and the cost of every agent", () => {
		const { nodes, counters } = describeGraph(play(1));
		assert.ok(nodes.every(({ tokens, costUsd }) => (tokens ?? 0) > 0 && (costUsd ?? 0) > 0));
		const sum = nodes.reduce((total, { tokens }) => total + (tokens ?? 0), 0);
		assert.equal(counters.tokens, sum);
	});

	it("prices every answer as the price list does", async () => {
		const priceOf = await loadPrices();
		for (const { usage } of demoRound(0)) {
			if (usage === undefined) continue;
			const listed = priceOf({ ...usage, ts: Date.parse("2026-11-01") });
			assert.equal(usage.costUsd?.toFixed(9), listed?.toFixed(9), usage.model);
		}
	});

	it("fits its round and keeps its steps in order", () => {
		const steps = demoRound(0);
		assert.ok(steps.every(({ at }, index) => at >= (steps[index - 1]?.at ?? 0)));
		assert.ok((steps.at(-1)?.at ?? 0) < DEMO_ROUND_MS);
	});
});
