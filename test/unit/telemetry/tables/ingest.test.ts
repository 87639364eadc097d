import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { TelemetryStore } from "../../../../src/telemetry/storage/store.ts";
import { EventLog, SESSION } from "../../../support/log/eventLog.ts";
import { dump, eventsOf, newStore } from "../../../support/telemetry/telemetry.ts";

async function storeOf(log: EventLog): Promise<TelemetryStore> {
	const store = await newStore();
	store.ingest(eventsOf(log.events), null);
	return store;
}

const callsOf = (store: TelemetryStore) =>
	store.all<Record<string, unknown>>(
		"SELECT tool_use_id, agent_id, function_id, duration_ms, success, error_class FROM calls ORDER BY 1",
	);

describe("Events to rows", () => {
	it("makes one call of a use and its result", async () => {
		const log = new EventLog().use("c1", "a1", "Read").result("c1", "a1", false, "Read");
		assert.deepEqual(callsOf(await storeOf(log)), [
			{
				tool_use_id: "c1",
				agent_id: "a1",
				function_id: "tool:Read",
				duration_ms: 10,
				success: 0,
				error_class: "unknown",
			},
		]);
	});

	it("leaves a call without result open, and interrupts it when its session ends", async () => {
		const log = new EventLog().use("c1");
		assert.equal(callsOf(await storeOf(log))[0]?.success, null);
		const [call] = callsOf(await storeOf(log.add("session_end")));
		assert.deepEqual([call?.success, call?.error_class], [0, "interrupted"]);
	});

	it("knows an interrupted call's result when it comes late", async () => {
		const log = new EventLog().use("c1").add("session_end").result("c1");
		assert.deepEqual(callsOf(await storeOf(log))[0]?.success, 1);
	});

	it("names functions by what the call says", async () => {
		const log = new EventLog();
		const use = (id: string, fields: object) => log.add("tool_use", { id, ...fields });
		use("c1", { tool: "Bash", program: "git" });
		use("c2", { tool: "mcp__db__explain", mcp_server: "db" });
		use("c3", { tool: "mcp__a__b__c", mcp_server: "a__b" });
		use("c4", { tool: "Skill", skill: "review" });
		use("c5", { tool: "Bash" });
		assert.deepEqual(
			callsOf(await storeOf(log)).map((call) => call.function_id),
			["bash:git", "mcp:db/explain", "mcp:a__b/c", "skill:review", "tool:Bash"],
		);
	});

	it("counts a launch as a call that lasts as long as its agent", async () => {
		const log = new EventLog().spawn("t1", "Explore").start("a1", "Explore").link("t1", "a1");
		assert.deepEqual(callsOf(await storeOf(log))[0]?.success, null);
		log.stop("a1", "Explore", "fail");
		const [call] = callsOf(await storeOf(log));
		assert.deepEqual(
			[call?.function_id, call?.success, call?.duration_ms],
			["agent:Explore", 0, 2000],
		);
	});

	it("knows of each agent its parent, launch, type, model, depth and end", async () => {
		const log = new EventLog().spawn("t1", "x", { model: "sonnet" }).start("a1", "x");
		log.link("t1", "a1", { model: "claude-sonnet-5" });
		log.spawn("t2", "y", { agent_id: "a1", parent_id: "a1" }).start("a2", "y").link("t2", "a2");
		log.stop("a2", "y", "partial");
		const rows = (await storeOf(log)).all(
			`SELECT agent_id, parent_agent_id, tool_use_id, agent_type, model, depth, outcome,
				ended_at IS NULL AS running FROM agents ORDER BY 1`,
		);
		assert.deepEqual(rows, [
			{
				agent_id: "a1",
				parent_agent_id: null,
				tool_use_id: "t1",
				agent_type: "x",
				model: "claude-sonnet-5",
				depth: 1,
				outcome: null,
				running: 1,
			},
			{
				agent_id: "a2",
				parent_agent_id: "a1",
				tool_use_id: "t2",
				agent_type: "y",
				model: null,
				depth: 2,
				outcome: "partial",
				running: 0,
			},
		]);
	});

	it("records what was written and which skills ran, once", async () => {
		const log = new EventLog();
		const edit = { tool: "Edit", file_path: "/a.ts", lines_added: 3, lines_removed: 1 };
		log.add("tool_result", { id: "c1", ...edit, success: true, duration_ms: 5 });
		log.add("skill_use", { id: "c2", skill: "review", success: true, duration_ms: 7 });
		const store = await storeOf(log);
		store.ingest(eventsOf(log.events), null);
		assert.deepEqual(store.all("SELECT file_path, lines_added, lines_removed FROM code_writes"), [
			{ file_path: "/a.ts", lines_added: 3, lines_removed: 1 },
		]);
		assert.deepEqual(store.all("SELECT skill, success FROM skill_invocations"), [
			{ skill: "review", success: 1 },
		]);
	});

	it("records a numeric claim once in a second, with its first time", async () => {
		const at = (ms: number) => new Date(Date.parse("2026-01-01T10:00:00.000Z") + ms).toISOString();
		const log = new EventLog();
		const claim = { tier: "REAL", value: "42 tests pass", pointer: "npm test" };
		for (const ms of [900, 100, 1900]) log.add("numeric_claim", { ...claim, ts: at(ms) });
		log.add("numeric_claim", { ...claim, tier: "ESTIMATE-HTC", pointer: "", ts: at(900) });
		log.add("numeric_claim", { ...claim, session_id: "another", ts: at(900) });
		const rows = (await storeOf(log)).all<Record<string, unknown>>(
			"SELECT * FROM numeric_claims ORDER BY session_id, ts",
		);
		const session_id = SESSION;
		assert.deepEqual(rows, [
			{ ts: Date.parse(at(100)), session_id, ...claim },
			{ ts: Date.parse(at(900)), session_id, ...claim, tier: "ESTIMATE-HTC", pointer: null },
			{ ts: Date.parse(at(1900)), session_id, ...claim },
			{ ts: Date.parse(at(900)), session_id: "another", ...claim },
		]);
	});

	it("keeps of an agent the client's counts by kind of tool", async () => {
		const tool_stats = { readCount: 2, bashCount: 1, linesAdded: 12 };
		const log = new EventLog().spawn("t1", "x").start("a1", "x");
		log.add("agent_done", { id: "t1", child_id: "a1", tool_stats }).stop("a1", "x");
		const [row] = (await storeOf(log)).all<{ tool_stats: string }>("SELECT tool_stats FROM agents");
		assert.deepEqual(JSON.parse(row?.tool_stats ?? ""), tool_stats);
	});

	it("scores a session by its errors and its share of MCP calls", async () => {
		const log = new EventLog();
		for (let index = 0; index < 8; index++) {
			const tool = index < 2 ? "mcp__db__query" : "Read";
			log.use(`c${index}`, undefined, tool).result(`c${index}`, undefined, index !== 3, tool);
		}
		const [session] = (await storeOf(log)).all<Record<string, unknown>>(
			"SELECT session_id, mcp_ratio, health_score FROM sessions",
		);
		assert.deepEqual(session, { session_id: SESSION, mcp_ratio: 0.25, health_score: 94 });
	});

	it("gives function_stats one row a function, with rates and windows", async () => {
		const log = new EventLog();
		for (let index = 0; index < 4; index++) {
			log.use(`c${index}`, undefined, "Read").result(`c${index}`, undefined, index > 0, "Read");
		}
		const [row, ...others] = (await storeOf(log)).all<Record<string, unknown>>(
			"SELECT * FROM function_stats",
		);
		assert.deepEqual(others, []);
		assert.equal(Object.keys(row ?? {}).length, 26);
		assert.deepEqual(
			[row?.function_id, row?.calls_total, row?.errors_total, row?.error_rate],
			["tool:Read", 4, 1, 0.25],
		);
		assert.equal(row?.test_fail_rate, null);
	});
});

/** A log with everything that can be told twice or in another order. */
function scenario(): EventLog {
	const log = new EventLog().add("session_start", { source: "startup" });
	log.spawn("t1", "x", { model: "sonnet" }).start("a1", "x").link("t1", "a1", { model: "m" });
	log.spawn("t2", "y", { agent_id: "a1", parent_id: "a1" }).start("a2", "y").link("t2", "a2");
	log.use("c1", "a1", "Bash").result("c1", "a1", false, "Bash").use("c2", "a2").result("c2", "a2");
	log.add("skill_use", { id: "c3", skill: "s", success: true, duration_ms: 3 }).use("c4", "a2");
	log.stop("a2", "y", "partial").stop("a1", "x", "functional");
	log.add("agent_result", { id: "t1", child_id: "a1", status: "completed", duration_ms: 900 });
	// Both claims fall into one second, a millisecond or so apart.
	const claim = { tier: "REAL", value: "7 rows", pointer: "a test" };
	for (const ts of ["2026-01-01T10:30:00.007Z", "2026-01-01T10:30:00.003Z"]) {
		log.add("numeric_claim", { ...claim, ts });
	}
	log.use("c5").add("session_end");
	return log;
}

describe("Any order, any repetition, any batches", () => {
	it("give the database of the clean log read once", async () => {
		const events = eventsOf(scenario().events);
		const clean = await newStore();
		clean.ingest(events, null);
		const expected = dump(clean);
		const shuffled = fc.shuffledSubarray(events, { minLength: events.length });
		await fc.assert(
			fc.asyncProperty(
				shuffled,
				fc.array(fc.nat(40)),
				fc.subarray(events),
				async (all, cuts, twice) => {
					const store = await newStore();
					const told = [...all, ...twice];
					const bounds = [...new Set([0, ...cuts.map((cut) => cut % told.length), told.length])];
					bounds.sort((a, b) => a - b);
					for (const [index, from] of bounds.entries()) {
						store.ingest(told.slice(from, bounds[index + 1] ?? told.length), null);
					}
					assert.deepEqual(dump(store), expected);
					store.close();
				},
			),
			{ numRuns: 300 },
		);
	});
});
