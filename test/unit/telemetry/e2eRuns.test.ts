import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { E2eRun } from "../../../src/telemetry/e2e/e2eRow.ts";
import { keepE2eRuns, lastE2eResults, writeE2eRun } from "../../../src/telemetry/e2e/e2eTable.ts";
import { prune } from "../../../src/telemetry/storage/retention.ts";
import type { TelemetryStore } from "../../../src/telemetry/storage/store.ts";
import { EventLog } from "../../support/log/eventLog.ts";
import { auditRollups } from "../../support/telemetry/rollupAudit.ts";
import { eventsOf, NOW, newStore } from "../../support/telemetry/telemetry.ts";

const DAY_MS = 86_400_000;

function run(known: Partial<E2eRun> = {}): E2eRun {
	const identity = { ts: NOW, appId: "shop", checkId: "pays" };
	return { ...identity, passed: true, durationMs: 12, functionIds: ["a.ts#pay"], ...known };
}

function write(store: TelemetryStore, ...runs: E2eRun[]): void {
	store.transaction(() => {
		for (const each of runs) writeE2eRun(store, each);
	});
}

function sums(store: TelemetryStore): unknown[] {
	return store.all(
		`SELECT function_id AS id, e2e_total AS total, e2e_failed AS failed, e2e_fail_rate AS rate,
			consumer_apps_count AS apps FROM function_stats ORDER BY 1`,
	);
}

describe("Runs of checks", () => {
	it("count for every function that the app uses", async () => {
		const store = await newStore();
		write(
			store,
			run({ functionIds: ["a.ts#pay", "mcp:bank/charge", "a.ts#pay"] }),
			run({ ts: NOW + 1, passed: false }),
			run({ appId: "kiosk" }),
		);
		assert.deepEqual(sums(store), [
			{ id: "a.ts#pay", total: 3, failed: 1, rate: 1 / 3, apps: 2 },
			{ id: "mcp:bank/charge", total: 1, failed: 0, rate: 0, apps: 1 },
		]);
	});

	it("tell of each check how it ended last, whatever came in first", async () => {
		const store = await newStore();
		write(store, run({ ts: NOW + 5, passed: false }), run(), run({ checkId: "opens" }));
		assert.deepEqual(lastE2eResults(store), [
			{ appId: "shop", checkId: "opens", ts: NOW, passed: true, durationMs: 12 },
			{ appId: "shop", checkId: "pays", ts: NOW + 5, passed: false, durationMs: 12 },
		]);
	});

	it("leave sums that agree with the rows, in any order and however often they come", async () => {
		const anyRun = fc.record({
			ts: fc.integer({ min: NOW, max: NOW + 3 }),
			appId: fc.constantFrom("shop", "kiosk"),
			checkId: fc.constantFrom("pays", "opens"),
			passed: fc.boolean(),
			durationMs: fc.nat(100),
			functionIds: fc.array(fc.constantFrom("a", "b", "c")),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(anyRun, { maxLength: 20 }), async (runs) => {
				const store = await newStore();
				write(store, ...runs);
				const before = sums(store);
				write(store, ...runs.toReversed());
				assert.deepEqual(auditRollups(store, NOW), []);
				assert.deepEqual(sums(store), before);
				store.close();
			}),
			{ numRuns: 50 },
		);
	});

	it("count an app once, even after its old runs were deleted", async () => {
		const store = await newStore();
		const log = new EventLog();
		log.add("session_start", { session_id: "s1" });
		log.add("tool_use", { session_id: "s1", id: "c1", tool: "Read" });
		store.ingest(eventsOf(log.events), null);
		const old = NOW - 200 * DAY_MS;
		write(store, run({ ts: old }), run({ ts: old + 1 }));
		prune(store, 90, NOW);
		assert.deepEqual(store.all("SELECT ts FROM e2e_runs_fn"), [{ ts: old + 1 }]);
		write(store, run());
		const [row] = sums(store) as { total: number; apps: number }[];
		assert.deepEqual([row?.total, row?.apps], [3, 1]);
	});

	it("are taken over by a rebuild, as no log holds them", async () => {
		const [old, fresh] = [await newStore(), await newStore()];
		write(old, run(), run({ ts: NOW + 1, passed: false }));
		keepE2eRuns(old, fresh);
		assert.deepEqual(sums(fresh), sums(old));
		assert.deepEqual(auditRollups(fresh, NOW), []);
	});
});
