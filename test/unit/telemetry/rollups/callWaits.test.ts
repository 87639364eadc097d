import assert from "node:assert/strict";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import { functionDetail, waitCount } from "../../../../src/telemetry/queries/queries.ts";
import { EventLog } from "../../../support/log/eventLog.ts";
import { dump, eventsOf, newStore } from "../../../support/telemetry/telemetry.ts";

/** Calls that took so long by the lines of a transcript, or by a hook's own measure. */
function calls(tool: string, between: readonly number[], measured: readonly number[] = []) {
	const log = new EventLog();
	const all = [...between, ...measured];
	for (const [index, ms] of all.entries()) {
		const id = `c${index}`;
		log.add("tool_use", { id, tool });
		log.add("tool_result", { id, tool, success: true, duration_ms: ms });
	}
	return eventsOf(log.events).map(
		(event): AgentEvent =>
			"id" in event && Number(event.id.slice(1)) < between.length
				? { ...event, origin: "transcript" }
				: event,
	);
}

async function waitsOf(events: readonly AgentEvent[]) {
	const store = await newStore();
	store.ingest(events, null);
	const waits = store.all<{ duration_ms: number }>("SELECT duration_ms FROM waits ORDER BY 1");
	const [id, mean, most] =
		store.first("SELECT function_id, mean_duration_ms, p99_duration_ms FROM function_stats") ?? [];
	return { store, id: String(id), waits: waits.map((row) => row.duration_ms), mean, most };
}

describe("The wait for a person", () => {
	it("is told by what the function otherwise takes, and is in no mean and no percentile", async () => {
		const { store, id, waits, mean, most } = await waitsOf(
			calls("WebFetch", [1000, 1000, 1000, 1000, 1000, 1000, 300_000]),
		);
		assert.deepEqual(waits, [300_000]);
		assert.equal(mean, 1000);
		assert.ok(Number(most) < 1100, String(most));
		assert.equal(waitCount(store), 1);
		const shown = functionDetail(store, id).calls;
		assert.deepEqual(
			shown.filter(({ hasWaited }) => hasWaited).map(({ durationMs }) => durationMs),
			[300_000],
		);
	});

	const taken: readonly [what: string, tool: string, between: number[], measured?: number[]][] = [
		[
			"a function that always takes long",
			"WebFetch",
			[200_000, 210_000, 190_000, 220_000, 300_000],
		],
		["less than half a minute", "WebFetch", [10, 10, 10, 10, 10, 10, 25_000]],
		["what was measured", "WebFetch", [], [10, 10, 10, 10, 10, 10, 300_000]],
		["what was measured before", "WebFetch", [10, 10, 10, 10, 300_000], [280_000]],
		["too few calls to tell", "WebFetch", [10, 300_000]],
		["a server's tool that always takes long", "mcp__db__query", Array(6).fill(900_000)],
	];
	for (const [what, tool, between, measured] of taken) {
		it(`is not seen in ${what}`, async () => {
			assert.deepEqual((await waitsOf(calls(tool, between, measured))).waits, []);
		});
	}

	it("is what is longer than anything takes, where too few calls tell", async () => {
		assert.deepEqual((await waitsOf(calls("Read", [61_000, 70_000]))).waits, [70_000]);
		assert.deepEqual((await waitsOf(calls("WebFetch", [599_000, 7_200_000]))).waits, [7_200_000]);
	});

	it("is the same whatever comes first", async () => {
		const events = calls("WebFetch", [300_000, 900, 1000, 1000, 40_000, 1000, 1000], [2000, 2500]);
		const expected = await waitsOf(events);
		for (const order of [events.toReversed(), events.toSorted((a, b) => (a.ts % 7) - (b.ts % 7))]) {
			const store = await newStore();
			for (const event of order) store.ingest([event], null);
			assert.deepEqual(dump(store), dump(expected.store));
		}
	});
});

/** A call, the end of its session, and its answer once that was resumed. */
function resumed(answer: Partial<AgentEvent>) {
	const log = new EventLog().add("session_start", { source: "startup" }).use("c1");
	log.add("session_end").add("session_start", { source: "resume" });
	const events = eventsOf(log.result("c1").events);
	return events.map((event): AgentEvent => {
		if (event.event !== "tool_result") return event;
		return { ...event, origin: "transcript", ts: event.ts + 50_000, ...answer } as AgentEvent;
	});
}

describe("A call that is open when its session ends", () => {
	const answered = { durationMs: 54_000, success: false, errorClass: "interrupted" };
	const rowOf = async (batches: readonly (readonly AgentEvent[])[]) => {
		const store = await newStore();
		for (const batch of batches) store.ingest(batch, null);
		const [ts, ms, success, error] =
			store.first("SELECT ts, duration_ms, success, error_class FROM calls") ?? [];
		const end = Number(store.first("SELECT ts FROM session_ends")?.[0]);
		return { endsThen: Number(ts) + Number(ms) === end, ms, success, error, all: dump(store) };
	};

	it("took until then, if it was never answered", async () => {
		const { endsThen, success, error } = await rowOf([
			resumed({}).filter(({ event }) => event !== "tool_result"),
		]);
		assert.deepEqual([endsThen, success, error], [true, 0, "interrupted"]);
	});

	it("took until then, if its answer came when it was resumed, in any order", async () => {
		const events = resumed(answered);
		const expected = await rowOf([events]);
		assert.deepEqual([expected.endsThen, expected.error], [true, "interrupted"]);
		const alone = events.map((event) => [event]);
		for (const batches of [alone, alone.toReversed(), [...alone, ...alone], [events, events]]) {
			assert.deepEqual((await rowOf(batches)).all, expected.all);
		}
	});

	it("took as long as its answer says that it ran on", async () => {
		const { ms, success } = await rowOf([
			resumed({ durationMs: 54_000, success: true, measuredBy: "hook" }),
		]);
		assert.deepEqual([ms, success], [54_000, 1]);
	});
});
