import assert from "node:assert/strict";
import { keepE2eRuns } from "../../../../src/telemetry/e2e/e2eTable.ts";
import { EventLog } from "../../../support/log/eventLog.ts";
import { auditRollups } from "../../../support/telemetry/rollupAudit.ts";
import { eventsOf, NOW, storeOf } from "../../../support/telemetry/telemetry.ts";

const WELD = "tools/mesh.py#weld";

function log(): EventLog {
	const all = new EventLog();
	const add = (event: string, fields: object) => all.add(event, { session_id: "s1", ...fields });
	add("function_call", { id: "f1", name: WELD, success: true, duration_ms: 5 });
	add("function_call", { id: "f2", name: WELD, success: false, grade: "ValueError" });
	add("test_run", { id: "t1", name: "welds", functions: [WELD], success: false, duration_ms: 3 });
	add("violation", { id: "v1", name: "no-force", functions: ["bash:git"], grade: "error" });
	add("violation", { id: "v2", name: "odd", functions: [], grade: "loud" });
	add("e2e_run", { id: "e1", app: "shop", name: "pays", functions: [WELD, "b"], success: false });
	add("usage", { id: "m1", model: "gpt-x", cost_usd: 0.5, tokens_in: 7 });
	return all;
}

describe("What programs tell of their own work", () => {
	it("becomes the rows that the same thing of a call has, with their sums", async () => {
		const store = await storeOf([eventsOf(log().events)]);
		assert.deepEqual(auditRollups(store, NOW), []);
		assert.deepEqual(
			store.all(
				"SELECT calls, errors, tests, tests_failed, e2e, e2e_failed, consumer_apps FROM function_totals WHERE function_id = 'tools/mesh.py#weld'",
			),
			[{ calls: 2, errors: 1, tests: 1, tests_failed: 1, e2e: 1, e2e_failed: 1, consumer_apps: 1 }],
		);
		assert.deepEqual(store.all("SELECT error_class, tool_used FROM calls ORDER BY tool_use_id"), [
			{ error_class: null, tool_used: "function" },
			{ error_class: "ValueError", tool_used: "function" },
		]);
		assert.deepEqual(
			store.all("SELECT rule_id, function_id, severity FROM violations ORDER BY 1"),
			[
				{ rule_id: "no-force", function_id: "bash:git", severity: "error" },
				{ rule_id: "odd", function_id: "odd", severity: "warning" },
			],
		);
		assert.deepEqual(store.all("SELECT model, cost_usd, tokens_in FROM messages"), [
			{ model: "gpt-x", cost_usd: 0.5, tokens_in: 7 },
		]);
	});

	it("is the same in any order, and told twice", async () => {
		const events = eventsOf(log().events);
		const store = await storeOf([events, events.toReversed()]);
		const once = await storeOf([events.toReversed()]);
		for (const table of ["calls", "test_runs", "violations", "e2e_runs_fn", "messages"]) {
			const rows = `SELECT * FROM ${table} ORDER BY 1, 2, 3`;
			assert.deepEqual(store.all(rows), once.all(rows), table);
		}
		assert.deepEqual(auditRollups(store, NOW), []);
	});

	it("is counted once by a rebuild, which reads the log and keeps what the editor ran", async () => {
		const events = eventsOf(log().events);
		const [old, fresh] = [await storeOf([events]), await storeOf([events])];
		keepE2eRuns(old, fresh);
		assert.deepEqual(auditRollups(fresh, NOW), []);
		const sums = "SELECT function_id, e2e, e2e_failed, consumer_apps FROM function_totals";
		assert.deepEqual(fresh.all(sums), old.all(sums));
	});
});
