import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import { LiveGraph } from "../../../../src/model/graph/liveGraph.ts";
import {
	describeGraph,
	type GraphDescription,
} from "../../../../src/model/graph/told/graphDescription.ts";
import { essence } from "../../../support/log/eventLog.ts";
import {
	hookEvents,
	type RunName,
	runNames,
	transcriptEvents,
} from "../../../support/transcripts/recordedRun.ts";

function graphFrom(events: readonly AgentEvent[]): LiveGraph {
	const graph = new LiveGraph();
	for (const event of events) graph.apply(event);
	return graph;
}

function read(events: readonly AgentEvent[]): GraphDescription {
	return describeGraph(graphFrom(events));
}

const both = (name: RunName): AgentEvent[][] => [hookEvents(name), ...transcriptEvents(name)];

/** What the run did, however it is told: hooks alone do not know of calls that were denied. */
function family({ nodes }: GraphDescription): unknown[] {
	const ids = new Map(nodes.map(({ id, description, session }) => [id, description || session]));
	return nodes
		.filter(({ kind }) => kind === "agent")
		.map(({ id, parent, type, outcome, state, calls }) => ({
			id,
			parent: ids.get(parent ?? "") ?? "",
			type,
			outcome,
			state,
			calls,
		}))
		.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Takes from the front of one of several queues at a time, as the numbers choose. */
function interleave(queues: readonly (readonly AgentEvent[])[], picks: Iterator<number>) {
	const left = queues.map((queue) => [...queue]).filter(({ length }) => length > 0);
	const events: AgentEvent[] = [];
	while (left.length > 0) {
		const index = (picks.next().value as number) % left.length;
		const event = left[index]?.shift();
		if (event !== undefined) events.push(event);
		if (left[index]?.length === 0) left.splice(index, 1);
	}
	return events;
}

describe("One run told by hooks, by transcripts, and by both", () => {
	for (const name of runNames) {
		it(`shows the same family of agents whichever tells it: ${name}`, () => {
			const expected = family(read(both(name).flat()));
			assert.deepEqual(family(read(hookEvents(name))), expected);
			assert.deepEqual(family(read(transcriptEvents(name).flat())), expected);
		});

		it(`ends in the same graph however the two are interleaved: ${name}`, () => {
			const queues = both(name);
			const expected = essence(read(queues.flat()));
			fc.assert(
				fc.property(fc.infiniteStream(fc.nat(1000)), (picks) => {
					assert.deepEqual(essence(read(interleave(queues, picks))), expected);
				}),
				{ numRuns: 500 },
			);
		});

		it(`ends each agent with its own last word, whoever tells of its end first: ${name}`, () => {
			const files = transcriptEvents(name);
			for (const order of [files, files.toReversed()]) {
				const views = graphFrom(order.flat()).snapshot().nodes;
				for (const file of files) {
					const last = file.findLast(({ event }) => event === "agent_stop");
					if (last === undefined) continue;
					assert.equal(views.find(({ id }) => id === last.agent)?.endedAt, last.ts);
				}
			}
		});

		it(`takes a file that is read twice, or read on from anywhere, for once: ${name}`, () => {
			const queues = both(name);
			const expected = essence(read(queues.flat()));
			fc.assert(
				fc.property(fc.array(fc.nat(60), { minLength: 8, maxLength: 8 }), (cuts) => {
					const again = queues.map((queue, index) => [...queue, ...queue.slice(cuts[index] ?? 0)]);
					assert.deepEqual(essence(read(again.flat())), expected);
				}),
				{ numRuns: 200 },
			);
		});

		it(`ends no agent again that another source has seen resumed: ${name}`, () => {
			const hooks = hookEvents(name);
			const transcripts = transcriptEvents(name).flat();
			for (const order of [hooks.concat(transcripts), transcripts.concat(hooks)]) {
				const graph = graphFrom(order);
				for (const node of describeGraph(graph).nodes) {
					if (node.kind === "agent") assert.equal(node.state, "done", node.id);
				}
			}
		});
	}

	it("remembers when transcripts last told of a session, by the folder that it began in", () => {
		const events = transcriptEvents("everything").flat();
		const first = events.find(({ cwd }) => cwd !== "")?.cwd ?? "";
		const moved = events.map((event) =>
			event.cwd === "" ? event : { ...event, cwd: "/elsewhere" },
		);
		const last = Math.max(...events.map(({ ts }) => ts));
		for (const told of [events, [...events.slice(0, 9), ...moved.slice(9)]]) {
			assert.deepEqual(
				[...graphFrom(told).stats.toldOf("claude-code").transcriptFolders],
				[[first, last]],
			);
		}
		assert.equal(
			graphFrom(hookEvents("everything")).stats.toldOf("claude-code").transcriptFolders.size,
			0,
		);
		const many = Array.from({ length: 900 }, (_, index) => {
			const session = `session-${index}`;
			return { ...events[0], session, agent: "", cwd: `/folder-${index}` } as AgentEvent;
		});
		assert.equal(graphFrom(many).stats.toldOf("claude-code").transcriptFolders.size, 500);
	});

	it("counts a denied call as failed, though hooks never say so", () => {
		const failures = (events: readonly AgentEvent[]) => read(events).counters.failedCalls;
		assert.equal(failures(hookEvents("everything")), 4);
		assert.equal(failures(transcriptEvents("everything").flat()), 5);
		assert.equal(failures(both("everything").flat()), 5);
	});

	it("lights one pulse for a call's start and one for its end, whoever tells them first", () => {
		const [hooks = [], ...transcripts] = both("everything");
		const ends = (order: readonly AgentEvent[]) => {
			const kinds = graphFrom(order)
				.takePatch()
				?.pulses.map(({ kind }) => kind);
			assert.equal(kinds?.filter((kind) => kind === "start").length, 12);
			return kinds?.filter((kind) => kind !== "start").length;
		};
		assert.equal(
			ends(
				transcripts
					.flat()
					.sort((a, b) => a.ts - b.ts)
					.concat(hooks),
			),
			12,
		);
		// By the time the transcript tells of the denial the log has ended the session.
		assert.equal(ends(hooks.concat(transcripts.flat())), 11);
	});
});
