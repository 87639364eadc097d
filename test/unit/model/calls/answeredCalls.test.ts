import assert from "node:assert/strict";
import * as fc from "fast-check";
import { AnsweredCalls } from "../../../../src/model/calls/answeredCalls.ts";
import { FINISHED_AGENTS_SHOWN, RECENT_CALLS } from "../../../../src/model/events/limits.ts";
import { GraphNode } from "../../../../src/model/graph/graphNode.ts";
import type { NodeView } from "../../../../src/model/views/view.ts";
import { EventLog, essence, graphOf } from "../../../support/eventLog.ts";

function node(id: string): GraphNode {
	return new GraphNode(id, "agent", id, null, 0);
}

/** An agent's calls; every third result comes before its use, as hooks overtake each other. */
function busyAgent(log: EventLog, agent: string, calls: number): void {
	log.start(agent, "Explore");
	for (let call = 0; call < calls; call++) {
		const id = `${agent}-${call}`;
		if (call % 3 === 2) log.result(id, agent, call % 4 > 0).use(id, agent);
		else log.use(id, agent).result(id, agent, call % 4 > 0);
	}
}

describe("Settled calls", () => {
	it("know the owner of every id added and of no other", () => {
		const ids = fc.uniqueArray(fc.string({ maxLength: 40 }), { maxLength: 400 });
		fc.assert(
			fc.property(ids, fc.array(fc.nat(4)), (all, choices) => {
				const owners = ["a", "b", "c", "d", "e"].map(node);
				const settled = new AnsweredCalls<GraphNode>();
				const ownerAt = (index: number) => owners[choices[index % choices.length] ?? 0] ?? null;
				const added = all.filter((_, index) => index % 2 === 0);
				for (const [index, id] of added.entries()) settled.add(id, ownerAt(index) ?? node("x"));
				for (const [index, id] of added.entries())
					assert.equal(settled.ownerOf(id), ownerAt(index));
				for (const id of all) if (!added.includes(id)) assert.equal(settled.ownerOf(id), null);
			}),
			{ numRuns: 200 },
		);
	});

	it("keep a hundred thousand ids of one form apart", () => {
		const settled = new AnsweredCalls<GraphNode>();
		const owner = node("a");
		for (let index = 0; index < 200_000; index += 2) {
			assert.equal(settled.ownerOf(`toolu_${index}`), null);
			settled.add(`toolu_${index}`, owner);
		}
		for (let index = 0; index < 200_000; index++) {
			assert.equal(settled.ownerOf(`toolu_${index}`), index % 2 === 0 ? owner : null);
		}
	});

	it("are taken for once however their lines are ordered and repeated", () => {
		const log = new EventLog().add("session_start");
		busyAgent(log, "a1", RECENT_CALLS * 2);
		busyAgent(log, "a2", RECENT_CALLS + 5);
		const [first = {}, ...rest] = log.events;
		const expected = essence(graphOf(log.events).describe());
		fc.assert(
			fc.property(
				fc.shuffledSubarray(rest, { minLength: rest.length }),
				fc.subarray(rest),
				(shuffled, again) => {
					const graph = graphOf([first, ...shuffled, ...again]);
					assert.deepEqual(essence(graph.describe()), expected);
				},
			),
			{ numRuns: 200 },
		);
	});

	it("count for a caller that is only known by its launching call until a link names it", () => {
		const log = new EventLog().add("session_start").spawn("t1", "Explore");
		busyAgent(log, "t1", RECENT_CALLS + 10);
		const calls = log.events.slice(3);
		log.start("a1", "Explore").link("t1", "a1");
		const graph = graphOf([...log.events, ...calls]);
		assert.equal(graph.counters.toolCalls, RECENT_CALLS + 10);
	});

	it("are all that is left of an agent that ended long ago, besides its totals", () => {
		const log = new EventLog().add("session_start");
		const agents = Array.from({ length: FINISHED_AGENTS_SHOWN + 30 }, (_, index) => `a${index}`);
		for (const agent of agents) {
			busyAgent(log, agent, 3);
			log.stop(agent, "Explore", "functional");
		}
		const calls = log.events.filter(({ id }) => id !== undefined);
		const graph = graphOf([...log.events, ...calls]);
		const views = new Map<string, NodeView>();
		for (const view of graph.takePatch()?.upserts ?? []) views.set(view.id, view);
		assert.equal(graph.counters.toolCalls, agents.length * 3);
		for (const [index, agent] of agents.entries()) {
			const detail = graph.detail(views.get(agent)?.key ?? "");
			assert.deepEqual(
				detail?.tools.map(({ calls, failures }) => [calls, failures]),
				[[3, 1]],
			);
			const shown = index < 30 ? [] : [0, 1, 2].map((call) => `${agent}-${call}`);
			assert.deepEqual(detail?.recent.map(({ id }) => id).sort(), shown);
		}
	});
});
