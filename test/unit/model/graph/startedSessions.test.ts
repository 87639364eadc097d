import assert from "node:assert/strict";
import fc from "fast-check";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import { LiveGraph } from "../../../../src/model/graph/liveGraph.ts";
import { sessionSummary } from "../../../../src/model/graph/told/sessionSummary.ts";
import { GraphMirror } from "../../../../src/model/views/graphMirror.ts";
import { LiveTree } from "../../../../src/model/views/liveTree.ts";
import { STARTED_SESSION as EVENTS, head, T0 } from "../../../support/startedSession.ts";

const PROGRAMS = new Map([["codex", "codex"]]);
const MINUTE = 60_000;

function graphOf(events: readonly AgentEvent[]): LiveGraph {
	const graph = new LiveGraph({ clientsByProgram: PROGRAMS });
	for (const event of events) graph.apply(event);
	return graph;
}

function parentOf(graph: LiveGraph, id: string): string | null {
	const { nodes } = graph.snapshot();
	const key = nodes.find((node) => node.id === id)?.parent ?? null;
	return nodes.find((node) => node.key === key)?.id ?? null;
}

describe("A session that an agent of another one started", () => {
	it("hangs under that agent, while the call runs and afterwards", () => {
		for (const count of [5, 7, 9, 10]) {
			assert.equal(parentOf(graphOf(EVENTS.slice(0, count)), "inner"), "a1", String(count));
		}
		assert.equal(parentOf(graphOf(EVENTS), "thread"), "inner");
	});

	it("does so in any order, and in a copy", () => {
		fc.assert(
			fc.property(fc.shuffledSubarray([...EVENTS], { minLength: EVENTS.length }), (events) => {
				const graph = graphOf(events);
				assert.equal(parentOf(graph, "inner"), "a1");
				assert.equal(parentOf(graph.copy(), "inner"), "a1");
			}),
		);
	});

	it("stands alone as soon as it goes on longer than the call, and tells so in a patch", () => {
		const graph = graphOf(EVENTS);
		const mirror = new GraphMirror();
		mirror.reset(graph.snapshot());
		const inner = () => [...mirror.nodes.values()].find(({ id }) => id === "inner");
		assert.notEqual(inner()?.parent, null);
		graph.takePatch();
		graph.apply({ event: "prompt", ...head("codex", "inner", 40) });
		const patch = graph.takePatch();
		assert.ok(patch);
		mirror.apply(patch);
		assert.equal(inner()?.parent, null);
	});

	it("is told behind what it hangs from, in a snapshot and in patches", () => {
		const inner = EVENTS.filter(({ session }) => session === "inner");
		const outer = EVENTS.filter(({ session }) => session === "outer");
		const graph = graphOf([...inner, ...outer]);
		const told = (nodes: readonly { readonly key: string; readonly parent: string | null }[]) => {
			const seen = new Set<string>();
			for (const { key, parent } of nodes) {
				assert.ok(parent === null || seen.has(parent));
				seen.add(key);
			}
		};
		told(graph.copy().snapshot().nodes);
		told(graph.takePatch()?.upserts ?? assert.fail());
	});

	it("counts in the summary of the session that it hangs under", () => {
		const graph = graphOf(EVENTS);
		const keyOf = (id: string) => graph.snapshot().nodes.find((node) => node.id === id)?.key ?? "";
		assert.equal(sessionSummary(graph, keyOf("outer"))?.costUsd, 1.5);
		assert.equal(sessionSummary(graph, keyOf("outer"))?.agents, 2);
		assert.equal(sessionSummary(graph, keyOf("inner"))?.costUsd, 0.5);
		assert.equal(graph.counters.costUsd, 1.5);
	});

	it("is news of what waits for it, and leaves it when that is forgotten", () => {
		const graph = graphOf(EVENTS.slice(0, 7));
		graph.apply({ event: "prompt", ...head("codex", "inner", 3600) });
		graph.reap(T0 + 3610_000, 30 * MINUTE);
		const state = (id: string) => graph.snapshot().nodes.find((node) => node.id === id)?.state;
		assert.equal(state("outer"), "running");
		assert.equal(state("a1"), "running");
		assert.equal(state("thread"), "lost");
	});

	it("is below it in the tree of what lives, also below a session that ended", () => {
		const graph = graphOf(EVENTS.slice(0, 7));
		const outline = (): unknown => {
			const nodes = new Map(graph.snapshot().nodes.map((node) => [node.key, node]));
			const tree = new LiveTree(nodes);
			const of = (list: LiveTree["roots"]): unknown =>
				list.map((node) => [node.id, of(tree.children(node.key))]);
			return of(tree.roots);
		};
		assert.deepEqual(outline(), [["outer", [["a1", [["inner", [["thread", []]]]]]]]]);
		graph.apply({
			event: "agent_stop",
			...head("claude-code", "outer", 20, "a1"),
			agentType: "x",
			outcome: null,
			stubs: null,
		});
		graph.apply({ event: "session_end", ...head("claude-code", "outer", 20), reason: "" });
		assert.deepEqual(outline(), [["outer", [["inner", [["thread", []]]]]]]);
	});
});
