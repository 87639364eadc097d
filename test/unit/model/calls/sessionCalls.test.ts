import assert from "node:assert/strict";
import * as fc from "fast-check";
import { CallRecords } from "../../../../src/model/calls/callRecords.ts";
import { IdTexts } from "../../../../src/model/calls/idTexts.ts";
import { SessionCalls } from "../../../../src/model/calls/sessionCalls.ts";
import { FINISHED_AGENTS_SHOWN, RECENT_CALLS } from "../../../../src/model/events/limits.ts";
import { LiveGraph } from "../../../../src/model/graph/liveGraph.ts";
import { describeGraph } from "../../../../src/model/graph/told/graphDescription.ts";
import { nodeDetail } from "../../../../src/model/graph/told/nodeDetail.ts";
import type { NodeView } from "../../../../src/model/views/view.ts";
import { applyLine } from "../../../support/log/applyLine.ts";
import { EventLog, essence, graphOf } from "../../../support/log/eventLog.ts";

/** An agent's calls; every third result comes before its use, as hooks overtake each other. */
function busyAgent(log: EventLog, agent: string, calls: number): void {
	log.start(agent, "Explore");
	for (let call = 0; call < calls; call++) {
		const id = `${agent}-${call}`;
		if (call % 3 === 2) log.result(id, agent, call % 4 > 0).use(id, agent);
		else log.use(id, agent).result(id, agent, call % 4 > 0);
	}
}

interface Numbered {
	readonly number: number;
}

/** What a session's calls have to be equal to, said as plainly as can be. */
interface Plain {
	readonly owners: Map<string, number>;
	readonly settled: Set<string>;
}

function assertSame(
	calls: SessionCalls<Numbered>,
	{ owners, settled }: Plain,
	ids: string[],
): void {
	for (const id of ids) {
		const owner = owners.get(id) ?? null;
		assert.equal(calls.has(id), owner !== null);
		assert.equal(calls.ownerOf(id), settled.has(id) ? owner : null);
		const record = calls.get(id);
		assert.equal(record?.id ?? null, owner === null || settled.has(id) ? null : id);
		assert.equal(record?.owner.number ?? null, record === null ? null : owner);
	}
}

describe("Ids of calls", () => {
	it("are given back as they were, in places that are used again", () => {
		const texts = fc.oneof(
			fc.string(),
			fc.string({ unit: "binary" }),
			fc.stringMatching(/^.{60,70}$/),
		);
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.nat(20), texts)), (written) => {
				const ids = new IdTexts();
				const plain = new Map<number, string>();
				for (const [place, id] of written) {
					ids.set(place, id);
					plain.set(place, id);
				}
				for (const [place, id] of plain) {
					assert.equal(ids.at(place), id);
					assert.equal(ids.copy().at(place), id);
				}
			}),
		);
	});
});

describe("Settled calls", () => {
	it("know the owner of every id added and of no other", () => {
		const ids = fc.uniqueArray(fc.string({ maxLength: 40 }), { minLength: 1, maxLength: 100 });
		const step = fc.constantFrom("begin", "settle", "drop");
		const steps = fc.array(fc.tuple(fc.nat(1), fc.nat(), step, fc.nat(4)));
		fc.assert(
			fc.property(ids, steps, (all, taken) => {
				const records = new CallRecords<Numbered>();
				const sessions = [0, 1].map(() => ({
					calls: new SessionCalls<Numbered>(records),
					plain: { owners: new Map(), settled: new Set() } as Plain,
				}));
				for (const [place, index, step, number] of taken) {
					const { calls, plain } = sessions[place] as (typeof sessions)[number];
					const id = all[index % all.length] ?? "";
					const record = calls.get(id);
					if (step === "begin" && !calls.has(id)) {
						calls.begin(id, { number }, 0);
						plain.owners.set(id, number);
					} else if (step === "settle" && record !== null) {
						calls.putAway(record);
						plain.settled.add(id);
					} else if (step === "drop" && record !== null) {
						calls.drop(record);
						plain.owners.delete(id);
					}
				}
				const copies = records.copy();
				const copied = sessions.map(({ calls }) =>
					calls.copy(copies, ({ number }) => ({ number })),
				);
				for (const { calls, plain } of sessions) assertSame(calls, plain, all);
				sessions[0]?.calls.end();
				for (const { calls, plain } of sessions.slice(1)) assertSame(calls, plain, all);
				for (const [place, calls] of copied.entries()) {
					assertSame(calls, (sessions[place] as (typeof sessions)[number]).plain, all);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it("keep a hundred thousand ids of one form apart", () => {
		const calls = new SessionCalls<Numbered>(new CallRecords<Numbered>());
		for (let index = 0; index < 200_000; index += 2) {
			assert.equal(calls.has(`toolu_${index}`), false);
			calls.putAway(calls.begin(`toolu_${index}`, { number: index % 7 }, 0));
		}
		for (let index = 0; index < 200_000; index++) {
			assert.equal(calls.ownerOf(`toolu_${index}`), index % 2 === 0 ? index % 7 : null);
		}
	});

	it("are taken for once however their lines are ordered and repeated", () => {
		const log = new EventLog().add("session_start");
		busyAgent(log, "a1", RECENT_CALLS * 2);
		busyAgent(log, "a2", RECENT_CALLS + 5);
		const [first = {}, ...rest] = log.events;
		const expected = essence(describeGraph(graphOf(log.events)));
		fc.assert(
			fc.property(
				fc.shuffledSubarray(rest, { minLength: rest.length }),
				fc.subarray(rest),
				(shuffled, again) => {
					const graph = graphOf([first, ...shuffled, ...again]);
					assert.deepEqual(essence(describeGraph(graph)), expected);
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
		const graph = new LiveGraph();
		const views = new Map<string, NodeView>();
		for (const event of [...log.events, ...calls]) {
			applyLine(graph, JSON.stringify(event));
			for (const view of graph.takePatch()?.upserts ?? []) views.set(view.id, view);
		}
		assert.equal(graph.counters.toolCalls, agents.length * 3);
		for (const [index, agent] of agents.entries()) {
			const detail = nodeDetail(graph, views.get(agent)?.key ?? "");
			assert.deepEqual(
				detail?.tools.map(({ calls, failures }) => [calls, failures]),
				[[3, 1]],
			);
			const shown = index < 30 ? [] : [0, 1, 2].map((call) => `${agent}-${call}`);
			assert.deepEqual(detail?.recent.map(({ id }) => id).sort(), shown);
		}
	});
});
