import assert from "node:assert/strict";
import fc from "fast-check";
import type { WriteFact } from "../../../../src/facts/callFacts.ts";
import type { TelemetryStore } from "../../../../src/telemetry/storage/store.ts";
import { type Derived, facts, ingestFacts } from "../../../support/facts/factEvents.ts";
import { EventLog } from "../../../support/log/eventLog.ts";
import { auditRollups } from "../../../support/telemetry/rollupAudit.ts";
import { eventsOf, NOW, newStore } from "../../../support/telemetry/telemetry.ts";

describe("writes of code", () => {
	let store: TelemetryStore;

	beforeEach(async () => {
		store = await newStore();
	});
	afterEach(() => store.close());

	it("are one row per function, and one for the lines outside of all", () => {
		ingestFacts(store, [
			edited("e1", { added: 10, removed: 3 }, [part("a#f", 4, 1), part("a#g", 2, 0)]),
		]);
		assert.deepEqual(rows(), [
			["e1", null, 4, 2],
			["e1", "a#f", 4, 1],
			["e1", "a#g", 2, 0],
		]);
		const stats = store.all(
			"SELECT function_id, writes_count, versions_count FROM function_stats WHERE writes_count > 0",
		);
		assert.deepEqual(stats, [
			{ function_id: "a#f", writes_count: 1, versions_count: 1 },
			{ function_id: "a#g", writes_count: 1, versions_count: 1 },
		]);
		const versions = "SELECT function_id, version_hash, source, lines FROM function_versions";
		assert.deepEqual(store.all(`${versions} LIMIT 1`), [
			{ function_id: "a#f", version_hash: "hash", source: "edit_hook", lines: "1-9" },
		]);
	});

	it("have no row without a function where functions have all lines", () => {
		ingestFacts(store, [edited("e1", { added: 4, removed: 1 }, [part("a#f", 4, 1)])]);
		assert.deepEqual(rows(), [["e1", "a#f", 4, 1]]);
	});

	it("add up to the same whichever source comes first, and however often", () => {
		const whole = { added: 9, removed: 2 };
		const told: Derived[] = [
			edited("e1", whole, []),
			edited("e1", whole, [part("a#f", 4, 1), part("a#g", 2, 1)]),
			edited("e2", whole, []),
			edited("e3", whole, [part("a#f", 9, 2)]),
			edited("e3", whole, []),
		];
		const expected = [
			["e1", null, 3, 0],
			["e1", "a#f", 4, 1],
			["e1", "a#g", 2, 1],
			["e2", null, 9, 2],
			["e3", "a#f", 9, 2],
		];
		const orders = fc.shuffledSubarray([0, 1, 2, 3, 4, 0, 1, 2, 3, 4], { minLength: 10 });
		fc.assert(
			fc.property(orders, fc.boolean(), (order, isOneBatch) => {
				store.database.exec("DELETE FROM code_writes; DELETE FROM function_versions");
				store.database.exec("UPDATE function_totals SET writes = 0, versions = 0");
				const derived = order.map((index) => told[index]).filter((each) => each !== undefined);
				if (isOneBatch) ingestFacts(store, derived);
				else for (const each of derived) ingestFacts(store, [each]);
				assert.deepEqual(rows(), expected);
				const sums = "SELECT function_id, writes, versions FROM function_totals WHERE writes > 0";
				assert.deepEqual(store.all(sums), [
					{ function_id: "a#f", writes: 2, versions: 1 },
					{ function_id: "a#g", writes: 1, versions: 1 },
				]);
			}),
			{ numRuns: 50 },
		);
		assert.deepEqual(auditRollups(store, NOW), []);
	});

	function rows(): unknown[][] {
		return store
			.all<object>(
				`SELECT tool_use_id, function_id, lines_added, lines_removed FROM code_writes
					ORDER BY tool_use_id, function_id`,
			)
			.map(Object.values);
	}
});

function edited(
	id: string,
	lines: { added: number; removed: number },
	writes: WriteFact[],
): Derived {
	const [event] = eventsOf(
		new EventLog().add("tool_result", {
			id,
			tool: "Edit",
			success: true,
			duration_ms: 5,
			file_path: "/r/a",
			lines_added: lines.added,
			lines_removed: lines.removed,
		}).events,
	);
	if (event === undefined) throw new Error("no event");
	return [event, { ...facts({}), writes }];
}

function part(functionId: string, linesAdded: number, linesRemoved: number): WriteFact {
	return {
		functionId,
		linesAdded,
		linesRemoved,
		hash: "hash",
		lines: [1, 9],
		filePath: "/r/a",
		blob: "b",
	};
}
