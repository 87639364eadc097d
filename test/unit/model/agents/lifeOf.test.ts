import assert from "node:assert/strict";
import * as fc from "fast-check";
import { type Fact, union } from "../../../../src/model/agents/facts.ts";
import { lifeOf, spansOf } from "../../../../src/model/agents/lifeOf.ts";
import { LiveGraph } from "../../../../src/model/graph/liveGraph.ts";
import { describeGraph } from "../../../../src/model/graph/told/graphDescription.ts";
import { newHistory } from "../../../support/histories/history.ts";
import { readIn } from "../../../support/histories/product/orders.ts";
import { essence } from "../../../support/log/eventLog.ts";

function fact(kind: Fact["kind"], at: number, more: Partial<Fact> = {}): Fact {
	return {
		at,
		by: "hook",
		v: 2,
		kind,
		call: "",
		status: "",
		outcome: null,
		stubs: null,
		...more,
	};
}

const alone = { cuts: [], heardAt: 0, isV2: true, launch: null };

describe("What is told of an agent", () => {
	/** Lives of a minute each: most stop and are reported, every seventh is stopped by someone. */
	function* lives(count: number): Generator<Fact> {
		for (let life = 0; life < count; life++) {
			const at = life * 60_000;
			const isKilled = life % 7 === 3;
			yield fact("start", at);
			if (!isKilled) yield fact("stop", at + 30_000, { outcome: "functional" });
			const status = isKilled ? "killed" : "completed";
			yield fact("report", at + 31_000, { call: `call-${life}`, status });
		}
	}

	it("stays small and right over ten thousand lives, in either order", () => {
		const all = [...lives(10_000), fact("start", 10_000 * 60_000)];
		for (const order of [all, all.toReversed()]) {
			let told: readonly Fact[] = [];
			let longest = 0;
			for (const each of order) {
				told = union(told, [each]);
				longest = Math.max(longest, told.length);
			}
			assert.ok(longest <= 200, `${longest} facts`);
			assert.equal(lifeOf(told, alone).state, "running");
			const ended = union(told, [fact("stop", 10_001 * 60_000, { outcome: "partial" })]);
			const { state, outcome } = lifeOf(ended, alone);
			assert.deepEqual([state, outcome], ["done", "partial"]);
		}
	});

	it("is the same set in whatever order and however often it is told", () => {
		const all = [...lives(90)];
		const expected = union([], all);
		fc.assert(
			fc.property(fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(all), (a, b) => {
				let told: readonly Fact[] = [];
				for (const each of [...a, ...b]) told = union(told, [each]);
				assert.deepEqual(told, expected);
			}),
			{ numRuns: 100 },
		);
	});

	it("says of any moment what was told until then", () => {
		const all = [...lives(20)];
		fc.assert(
			fc.property(fc.nat(20 * 60_000), (until) => {
				const then = all.filter(({ at }) => at <= until);
				assert.deepEqual(lifeOf(all, alone, until), lifeOf(then, alone));
			}),
		);
	});
});

describe("The graph of a moment", () => {
	it("is that of the events until then, whatever else is known by now", () => {
		for (let seed = 1; seed <= 40; seed++) {
			const history = newHistory(seed);
			const { events } = readIn(history, "both", seed);
			const times = events.map(({ ts }) => ts).filter((ts) => ts > 0);
			const [first, last] = [Math.min(...times), Math.max(...times)];
			for (const share of [0.2, 0.5, 0.9]) {
				const until = first + (last - first) * share;
				const [then, now] = [new LiveGraph(), new LiveGraph({ until })];
				for (const event of events) now.apply(event);
				for (const event of events) {
					// It stands beside a transcript, whenever that is read.
					const isMeta = event.event === "agent_meta";
					if (event.ts <= until) then.apply(event);
					else if (isMeta) then.apply({ ...event, ts: 0 });
				}
				assert.deepEqual(essence(describeGraph(now)), essence(describeGraph(then)));
			}
		}
	});
});

describe("An agent of which its client tells over OTLP", () => {
	const seconds = (count: number) => count * 1000;

	it("lives once, whenever that was told, and whoever else tells of it", () => {
		const received = { by: "otlp" } as const;
		for (const others of [[], [fact("start", 0)], [fact("start", 0, { by: "transcript" })]]) {
			for (const at of [seconds(0.6), seconds(5)]) {
				const starts = [fact("start", at, received), fact("start", at + seconds(9), received)];
				const told = union([], [...others, ...starts]);
				assert.equal(spansOf(told, alone).length, 1, `${others.length} others, at ${at}`);
				const ended = union(told, [fact("stop", at + seconds(20), received)]);
				assert.equal(lifeOf(ended, alone).state, "done");
			}
		}
	});

	it("lives again when it starts after an end", () => {
		const told = [
			fact("start", 0, { by: "otlp" }),
			fact("stop", seconds(3), { by: "otlp", outcome: "partial" }),
			fact("start", seconds(9), { by: "otlp" }),
		];
		assert.deepEqual(spansOf(told, alone), [
			{ began: 0, endedAt: seconds(3) },
			{ began: seconds(9), endedAt: null },
		]);
		assert.equal(lifeOf(told, alone).state, "running");
	});
});
