import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { UsageEvent } from "../../../../src/model/events/events.ts";
import { LiveGraph } from "../../../../src/model/graph/liveGraph.ts";
import { nodeDetail } from "../../../../src/model/graph/told/nodeDetail.ts";
import { GraphMirror } from "../../../../src/model/views/graphMirror.ts";
import { EventLog } from "../../../support/log/eventLog.ts";
import { eventsOf } from "../../../support/telemetry/telemetry.ts";

const START = Date.parse("2026-01-01T10:00:00.000Z");

function usage(fields: Partial<UsageEvent> = {}): UsageEvent {
	return {
		event: "usage",
		origin: "transcript",
		client: "claude-code",
		v: 2,
		ts: START,
		session: "s1",
		agent: "",
		cwd: "/home/dev/app",
		note: null,
		message: "m1",
		model: "claude-sonnet-5",
		tokensIn: 1200,
		tokensOut: 42,
		cacheRead: 5000,
		cacheWrite5m: 300,
		cacheWrite1h: 0,
		costUsd: 0.00457,
		isAside: false,
		...fields,
	};
}

function graphOf(events: readonly UsageEvent[]): LiveGraph {
	const graph = new LiveGraph();
	for (const event of events) graph.apply(event);
	return graph;
}

/** Tokens and cost of every node, by its id, and in full. */
function usageOf(graph: LiveGraph) {
	const { nodes, counters } = graph.snapshot();
	return {
		totals: [counters.tokens, counters.costUsd],
		nodes: nodes
			.map(({ key, id, tokens, costUsd }) => {
				const detail = nodeDetail(graph, key);
				return { id, tokens, costUsd, own: detail?.usage, all: detail?.sessionUsage };
			})
			.filter(({ own, all }) => own?.length !== 0 || all?.length !== 0)
			.sort((a, b) => (a.id < b.id ? -1 : 1)),
	};
}

/** As its client sends it over OTLP, which has other ids. */
function received(fields: Partial<UsageEvent> = {}): UsageEvent {
	return usage({ origin: "hook", via: "otlp", message: "otlp:s1:a", costUsd: 0.004, ...fields });
}

describe("Tokens that were received over OTLP", () => {
	it("count where no transcript tells of the session", () => {
		const { totals } = usageOf(
			graphOf([received(), received({ message: "otlp:s1:b" }), received()]),
		);
		assert.deepEqual(totals, [2 * 6542, 0.008]);
	});

	it("give way to a transcript's, of whatever agent, in any order, and no others do", () => {
		const told = [usage(), usage({ message: "m2", agent: "a1", session: "s1" })];
		const programs = usage({ origin: "hook", message: "record_1", isAside: true });
		const other = received({ message: "otlp:s2:a", session: "s2" });
		const right = usageOf(graphOf([...told, programs, other]));
		const all = [
			...told,
			programs,
			other,
			received(),
			received({ message: "otlp:s1:b", agent: "a1" }),
			received({ message: "otlp:s1:c", agent: "a2" }),
		];
		fc.assert(
			fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (events) => {
				const { totals, nodes } = usageOf(graphOf(events));
				assert.deepEqual(totals, right.totals);
				const counted = nodes.filter(({ own }) => own?.length !== 0);
				const expected = right.nodes.filter(({ own }) => own?.length !== 0);
				assert.deepEqual(counted, expected);
			}),
		);
	});

	it("are those of a copy, which goes on alike", () => {
		const graph = graphOf([received()]);
		const copy = graph.copy();
		copy.apply(usage());
		assert.deepEqual(usageOf(copy), usageOf(graphOf([received(), usage()])));
		assert.deepEqual(usageOf(graph), usageOf(graphOf([received()])));
	});
});

describe("Tokens and cost in the graph", () => {
	it("are counted once per message, with the most output", () => {
		const graph = graphOf([
			usage({ tokensOut: 1 }),
			usage(),
			usage({ tokensOut: 7 }),
			usage({ message: "m2", agent: "a1", cacheWrite1h: 50 }),
		]);
		const { nodes, totals } = usageOf(graph);
		assert.deepEqual(
			nodes.map(({ id, tokens, costUsd }) => [id, tokens, costUsd]),
			[
				["a1", 6592, 0.00457],
				["s1", 6542, 0.00457],
			],
		);
		assert.deepEqual(totals, [13_134, 0.00914]);
	});

	it("are said to be more where a message has no price", () => {
		const partial = (...events: UsageEvent[]) => {
			const { nodes, counters } = graphOf(events).snapshot();
			const isPartial = nodes.map(({ id, isCostPartial }) => [id, isCostPartial]);
			return { all: counters.isCostPartial, ...Object.fromEntries(isPartial) };
		};
		const own = usage({ message: "m2", model: "own", costUsd: null });
		assert.deepEqual(partial(usage()), { all: false, s1: false });
		assert.deepEqual(partial(own), { all: false, s1: false });
		assert.deepEqual(partial(usage(), own), { all: true, s1: true });
		const agents = partial(usage(), { ...own, agent: "a1" });
		assert.deepEqual(agents, { all: true, s1: false, a1: false });
		// A later line of the message knows the model.
		assert.deepEqual(partial(usage(), own, { ...own, tokensOut: 50, costUsd: 1 }), {
			all: false,
			s1: false,
		});
	});

	it("are told by model, of a session with all its agents", () => {
		const own = { model: "own", costUsd: null, tokensIn: 1, cacheRead: 2, cacheWrite5m: 3 };
		const { nodes, totals } = usageOf(
			graphOf([usage(), usage({ message: "m2", agent: "a1", ...own })]),
		);
		const sonnet = {
			model: "claude-sonnet-5",
			messages: 1,
			tokensIn: 1200,
			tokensOut: 42,
			cacheRead: 5000,
			cacheWrite: 300,
			costUsd: 0.00457,
			withoutPrice: 0,
		};
		const unknown = {
			model: "own",
			messages: 1,
			tokensIn: 1,
			tokensOut: 42,
			cacheRead: 2,
			cacheWrite: 3,
			costUsd: null,
			withoutPrice: 1,
		};
		assert.deepEqual(nodes, [
			{ id: "a1", tokens: 48, costUsd: null, own: [unknown], all: [] },
			{ id: "s1", tokens: 6542, costUsd: 0.00457, own: [sonnet], all: [sonnet, unknown] },
		]);
		assert.deepEqual(totals, [6590, 0.00457]);
	});

	it("are not known before a transcript tells of them, nor is a cost without a price", () => {
		const none = eventsOf(new EventLog("s1").use("c1").events);
		const graph = new LiveGraph();
		for (const event of none) graph.apply(event);
		assert.deepEqual([graph.counters.tokens, graph.counters.costUsd], [null, null]);
		graph.apply(usage({ costUsd: null }));
		assert.deepEqual([graph.counters.tokens, graph.counters.costUsd], [6542, null]);
	});

	it("beat what the client reported of an agent's cost", () => {
		const log = new EventLog("s1").v1("agent_done", { id: "a1", cost_usd: 9 });
		const graph = log.graph;
		assert.equal(graph.counters.costUsd, 9);
		const session = graph.snapshot().nodes[0]?.session ?? "";
		graph.apply(usage({ session, agent: "a1" }));
		assert.equal(graph.counters.costUsd, 0.00457);
	});

	it("reach a mirror by patches, also those that another node has lost", () => {
		const graph = graphOf([usage({ agent: "a1" })]);
		const mirror = new GraphMirror();
		mirror.reset(graph.snapshot());
		graph.takePatch();
		graph.apply(usage());
		const patch = graph.takePatch();
		assert.ok(patch !== null);
		mirror.apply(patch);
		const shown = [...mirror.nodes.values()].map(({ id, tokens }) => [id, tokens]);
		assert.deepEqual(shown.sort(), [
			["a1", null],
			["s1", 6542],
		]);
		assert.equal(mirror.counters.tokens, 6542);
	});

	it("are the same whatever the order of reports, and however often they come", () => {
		const report = fc
			.record({
				message: fc.integer({ min: 0, max: 40 }).map((n) => `m${n}`),
				agent: fc.constantFrom("", "a1", "a2"),
				tokensOut: fc.nat(3),
				model: fc.constantFrom("claude-sonnet-5", "own"),
				cents: fc.nat(500),
			})
			.map(({ cents, ...fields }) =>
				usage({ ...fields, costUsd: fields.model === "own" ? null : cents / 700 }),
			);
		const reports = fc.array(report, { minLength: 1, maxLength: 80 });
		const shuffled = reports.chain((all) =>
			fc.tuple(
				fc.constant(all),
				fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }),
			),
		);
		fc.assert(
			fc.property(shuffled, ([all, again]) => {
				assert.deepEqual(usageOf(graphOf(again)), usageOf(graphOf(all)));
			}),
			{ numRuns: 300 },
		);
	});
});
