import assert from "node:assert/strict";
import * as fc from "fast-check";
import { LiveGraph } from "../../../../src/model/graph/liveGraph.ts";
import { describeGraph } from "../../../../src/model/graph/told/graphDescription.ts";
import { GraphMirror } from "../../../../src/model/views/graphMirror.ts";
import { applyLine } from "../../../support/log/applyLine.ts";
import { EventLog, essence, graphOf } from "../../../support/log/eventLog.ts";

/** One agent's life, as links, results and stops in the order the client means them. */
function life(log: EventLog, agent: string, spawn: string, type: string, parent?: string): void {
	const by = { agent_id: parent, parent_id: parent ?? null };
	log.spawn(spawn, type, by).start(agent, type).link(spawn, agent, { agent_id: parent });
	for (const call of ["c1", "c2"]) {
		log.use(`${agent}-${call}`, agent).result(`${agent}-${call}`, agent, call === "c1");
	}
	log.stop(agent, type, "functional");
	log.add("agent_result", { id: spawn, child_id: agent, status: "completed" });
}

function scenario(): EventLog {
	const log = new EventLog().add("session_start");
	life(log, "a1", "t1", "Explore");
	life(log, "a2", "t2", "Explore");
	life(log, "a3", "t3", "Plan", "a1");
	log.spawn("t4", "Explore").start("a4", "Explore").link("t4", "a4").use("c9", "a4");
	return log;
}

describe("Order and repetition", () => {
	it("ends in the same graph whatever order the lines of running hooks come in", () => {
		// The client waits for the hook of a session's start before it does anything else.
		const [first, ...rest] = scenario().events;
		const expected = essence(describeGraph(graphOf([first ?? {}, ...rest])));
		fc.assert(
			fc.property(fc.shuffledSubarray(rest, { minLength: rest.length }), (shuffled) => {
				assert.deepEqual(essence(describeGraph(graphOf([first ?? {}, ...shuffled]))), expected);
			}),
			{ numRuns: 3000 },
		);
	});

	it("takes any line twice for once", () => {
		const { events } = scenario();
		const expected = essence(describeGraph(graphOf(events)));
		fc.assert(
			fc.property(fc.subarray(events), fc.boolean(), (repeated, isWhole) => {
				const doubled = isWhole
					? events.flatMap((event) => [event, event])
					: events.flatMap((event) => (repeated.includes(event) ? [event, event] : [event]));
				assert.deepEqual(essence(describeGraph(graphOf(doubled))), expected);
			}),
			{ numRuns: 500 },
		);
	});

	it("tells by patches exactly what a snapshot tells, however they are cut", () => {
		const { events } = scenario();
		fc.assert(
			fc.property(
				fc.shuffledSubarray(events),
				fc.infiniteStream(fc.boolean()),
				(shuffled, takes) => {
					const graph = new LiveGraph();
					const mirror = new GraphMirror();
					for (const event of shuffled) {
						applyLine(graph, JSON.stringify(event));
						const patch = takes.next().value ? graph.takePatch() : null;
						if (patch !== null) mirror.apply(patch);
					}
					const last = graph.takePatch();
					if (last !== null) mirror.apply(last);
					const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);
					const snapshot = graph.snapshot();
					assert.deepEqual([...mirror.nodes.values()].sort(byKey), [...snapshot.nodes].sort(byKey));
					assert.deepEqual(mirror.counters, graph.counters);
				},
			),
			{ numRuns: 1000 },
		);
	});

	it("names parents before their children, in snapshots and patches", () => {
		const { events } = scenario();
		fc.assert(
			fc.property(fc.shuffledSubarray(events, { minLength: 5 }), (shuffled) => {
				const graph = graphOf(shuffled);
				for (const nodes of [graph.snapshot().nodes, graph.takePatch()?.upserts ?? []]) {
					const seen = new Set<string | null>([null]);
					for (const node of nodes) {
						assert.ok(seen.has(node.parent));
						seen.add(node.key);
					}
				}
			}),
			{ numRuns: 500 },
		);
	});

	it("is deterministic, keys included", () => {
		const { events } = scenario();
		assert.deepEqual(graphOf(events).snapshot(), graphOf(events).snapshot());
	});

	it("survives any mixture of well-formed events", () => {
		const id = fc.constantFrom("a1", "a2", "t1", "t2", "__proto__", "main", "");
		const event = fc.record(
			{
				v: fc.constantFrom(1, 2),
				event: fc.constantFrom(
					...["agent_spawn", "agent_start", "agent_link", "agent_done", "agent_stop"],
					...["agent_result", "tool_use", "tool_result", "session_end", "permission_wait"],
				),
				session_id: fc.constantFrom("s1", "s2"),
				agent_id: id,
				id,
				parent_id: id,
				child_id: id,
				subagent_type: fc.constantFrom("x", "y", ""),
				agent_type: fc.constantFrom("x", "y", ""),
				tool: fc.constantFrom("Read", "Agent"),
				success: fc.boolean(),
			},
			{ requiredKeys: ["event", "session_id"] },
		);
		fc.assert(
			fc.property(fc.array(event, { maxLength: 40 }), (events) => {
				const graph = graphOf(events);
				const { nodes } = describeGraph(graph);
				const patch = graph.takePatch();
				assert.ok(nodes.length === 0 || patch !== null);
				graph.reap(Date.now(), 1000);
				assert.ok(graph.counters.alive === 0);
			}),
			{ numRuns: 3000 },
		);
	});
});
