import assert from "node:assert/strict";
import * as fc from "fast-check";
import { exportRound } from "../../../src/export/exportRound.ts";
import { RepositoryAddresses } from "../../../src/export/repositoryAddresses.ts";
import { DeliveryError } from "../../../src/export/sending/deliver.ts";
import { ExportState } from "../../../src/export/sending/exportState.ts";
import { type Target, targetOf } from "../../../src/export/sending/target.ts";
import type { TelemetryStore } from "../../../src/telemetry/storage/store.ts";
import type { Courier } from "../../../src/telemetry/worker/exporter.ts";
import { type Behaviour, Collector } from "../../support/export/collector.ts";
import { EventLog } from "../../support/log/eventLog.ts";
import { eventsOf, NOW, storeOf } from "../../support/telemetry/telemetry.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const DAY_MS = 86_400_000;

function calls(session: string, first: number, count: number): object[] {
	const log = new EventLog();
	for (let index = first; index < first + count; index++) {
		log.add("tool_result", {
			session_id: session,
			id: `${session}-${index}`,
			tool: "Bash",
			program: "git",
			success: index % 7 !== 0,
			error_class: index % 7 === 0 ? "exit_1" : undefined,
			duration_ms: 2.5,
		});
	}
	return log.events;
}

describe("Export over OTLP", () => {
	const folder = useTempFolder();
	let collector: Collector;
	let target: Target;
	let waits: number[];
	let endpoint = "";
	let runs = 0;
	beforeEach(async () => {
		collector = new Collector();
		waits = [];
		endpoint = await collector.start();
		target = targetOf({ endpoint }, {});
	});
	afterEach(() => collector.stop());

	const state = () => new ExportState(folder.file("r.db"), target.traces.url);
	const courier = (attempts: number): Courier => ({
		wait: async (ms) => void waits.push(ms),
		random: () => 0.5,
		signal: new AbortController().signal,
		attempts,
		onTrouble: () => {},
	});
	const round = (store: TelemetryStore, attempts = 100, now = NOW + DAY_MS) =>
		exportRound(
			() => store,
			{
				target,
				state: state(),
				courier: courier(attempts),
				repositories: new RepositoryAddresses(),
				version: "1.2.3",
				since: 0,
				tellsUser: false,
				tellsRepositories: false,
			},
			now,
		);
	const ids = () => new Set(collector.spans.map(({ spanId }) => spanId));

	it("sends each span once, in requests below 1 MiB, and next time only what is new", async () => {
		const lines = [...calls("a", 0, 3000), ...calls("b", 0, 20)];
		const store = await storeOf([eventsOf(lines)]);
		const sums = await round(store);
		assert.deepEqual([sums.spans, ids().size, sums.rejected], [3022, 3022, 0]);
		assert.ok(sums.requests > 1 && collector.largest < 1024 * 1024);
		assert.equal((await round(store)).spans, 0);
		const later = eventsOf([...calls("b", 0, 21)].slice(20));
		store.ingest(
			later.map((event) => ({ ...event, ts: NOW + 2 * DAY_MS })),
			null,
		);
		assert.equal((await round(store, 1, NOW + 4 * DAY_MS)).spans, 2);
		assert.equal(ids().size, 3023);
	});

	it("sends a session again where what was sent of it has changed", async () => {
		const store = await storeOf([eventsOf(calls("a", 1, 5))]);
		await round(store);
		const [first] = eventsOf(calls("a", 1, 1));
		assert.ok(first?.event === "tool_result");
		store.ingest([{ ...first, success: false, errorClass: "timeout" }], null);
		assert.equal((await round(store)).spans, 6);
		assert.equal(ids().size, 6);
	});

	it("looks at a session again as long as more may be derived of what was read", async () => {
		const store = await storeOf([eventsOf(calls("a", 1, 2))]);
		const cursor = { source: "transcript:/t.jsonl", fileIdentity: "1", byteOffset: 9 };
		store.ingest([], cursor);
		assert.deepEqual((await round(store)).isWhole, false);
		store.ingest([], { ...cursor, source: "facts:/t.jsonl" });
		assert.deepEqual(await round(store), { spans: 0, requests: 0, rejected: 0, isWhole: true });
		assert.deepEqual((await round(store)).spans, 0);
	});

	it("waits with what is young, or may go on", async () => {
		const events = eventsOf(calls("a", 0, 3));
		const store = await storeOf([events]);
		const last = Math.max(...events.map(({ ts }) => ts));
		assert.equal((await round(store, 1, last + 1000)).spans, 0);
		assert.equal((await round(store, 1, last + 60_000)).spans, 3);
		assert.equal((await round(store, 1, last + 90_000)).spans, 0);
		assert.deepEqual((await round(store, 1, last + 3_600_000)).spans, 1);
		assert.equal(collector.spans.at(-1)?.parentSpanId, undefined);
	});

	it("loses nothing and notes nothing early, whatever the receiver does", async () => {
		const behaviour: fc.Arbitrary<Behaviour> = fc.oneof(
			fc.constantFrom<Behaviour[]>("drop", "half"),
			fc.record({
				status: fc.constantFrom(429, 502, 503, 504),
				retryAfter: fc.constantFrom("0", "1", "soon"),
			}),
		);
		const store = await storeOf([eventsOf([...calls("a", 0, 1500), ...calls("b", 0, 10)])]);
		await fc.assert(
			fc.asyncProperty(
				fc.array(behaviour, { maxLength: 12 }),
				fc.integer({ min: 1, max: 3 }),
				async (behaviours, attempts) => {
					collector.spans.length = 0;
					// A cursor of its own.
					const url = `${endpoint}/v1/traces?${++runs}`;
					target = { ...target, traces: { ...target.traces, url } };
					collector.behaviours.splice(0, Number.POSITIVE_INFINITY, ...behaviours);
					for (let time = 0; time <= behaviours.length; time++) {
						try {
							await round(store, attempts);
							break;
						} catch (error) {
							assert.ok(error instanceof DeliveryError);
						}
					}
					assert.equal(ids().size, 1512);
				},
			),
			{ numRuns: 25 },
		);
	});

	it("waits as long as it is told, else twice as long each time", async () => {
		const unavailable = { status: 503 };
		collector.behaviours.push({ status: 429, retryAfter: "7" }, unavailable, unavailable, "drop");
		await round(await storeOf([eventsOf(calls("a", 0, 1))]));
		assert.deepEqual(waits, [7000, 2000, 4000, 8000]);
	});

	it("counts what the receiver does not take, and goes on", async () => {
		collector.behaviours.push({ status: 200, rejected: 2 });
		const store = await storeOf([eventsOf(calls("a", 0, 5))]);
		assert.equal((await round(store)).rejected, 2);
		collector.behaviours.push({ status: 400 });
		store.ingest(eventsOf(calls("b", 0, 3)), null);
		assert.deepEqual(await round(store), { spans: 4, requests: 1, rejected: 4, isWhole: true });
	});

	for (const status of [301, 401, 403, 404]) {
		it(`gives up at ${status}, and sends nothing elsewhere`, async () => {
			collector.behaviours.push({ status });
			const store = await storeOf([eventsOf(calls("a", 0, 5))]);
			await assert.rejects(round(store), DeliveryError);
			assert.equal(collector.bodies.length, 1);
			assert.equal((await round(store)).spans, 6);
		});
	}
});
