import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import { Rollups } from "../../../../src/telemetry/rollups/rollups.ts";
import type { TelemetryStore } from "../../../../src/telemetry/storage/store.ts";
import type { CallRow } from "../../../../src/telemetry/tables/callRow.ts";
import { CallTable } from "../../../../src/telemetry/tables/callTable.ts";
import { EventLog } from "../../../support/log/eventLog.ts";
import { auditRollups } from "../../../support/telemetry/rollupAudit.ts";
import { eventsOf, NOW, newStore } from "../../../support/telemetry/telemetry.ts";

const SESSIONS = [0, 1].map((n) => `5e55104e-0000-4000-8000-00000000010${n}`);

/** One line of a log of calls that meet again under the same ids. */
const line = fc.record({
	event: fc.constantFrom("tool_use", "tool_result", "tool_result", "skill_use", "session_end"),
	session_id: fc.constantFrom(...SESSIONS),
	id: fc.integer({ min: 0, max: 14 }).map((n) => `c${n}`),
	tool: fc.constantFrom("Read", "Bash", "mcp__db__query", "Edit"),
	program: fc.constantFrom("git", "npm"),
	skill: fc.constantFrom("review", "deploy"),
	success: fc.boolean(),
	duration_ms: fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.double({ min: 0, max: 5000 })),
	// The last of these hours lie within the two days of which hours are kept.
	ts: fc
		.integer({ min: 0, max: 200 * 3600 })
		.map((back) => new Date(NOW - back * 1000).toISOString()),
	lines_added: fc.constant(1),
	/** Which lines say it; what a transcript measures may hold a wait. */
	origin: fc.constantFrom("hook", "hook", "transcript"),
	waited: fc.constantFrom(0, 0, 0, 300_000, 7_200_000),
});

function parse(lines: readonly object[]) {
	return eventsOf(lines.map((fields) => ({ v: 2, cwd: "/home/dev/app", ...fields })));
}

function toldBy(lines: readonly (typeof line extends fc.Arbitrary<infer L> ? L : never)[]) {
	return parse(lines).map((event, index): AgentEvent => {
		const { origin = "hook", waited = 0 } = lines[index] ?? {};
		if (origin === "hook" || event.event !== "tool_result") return event;
		const durationMs = Math.round(event.durationMs ?? 0) + waited;
		return { ...event, origin: "transcript", durationMs };
	});
}

describe("Rollups, computed anew from the rows", () => {
	it("are as they were kept, after any lines in any order, doubled, in any batches", async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.array(line, { maxLength: 30 }), { maxLength: 6 }),
				async (all) => {
					const store = await newStore();
					for (const batch of all) store.ingest(toldBy(batch), null);
					assert.deepEqual(auditRollups(store, NOW), []);
					store.close();
				},
			),
			{ numRuns: 200 },
		);
	});

	it("are as they were kept, with agents that were launched, failed and interrupted", async () => {
		const log = new EventLog().spawn("t1", "x").start("a1", "x").link("t1", "a1").use("c1", "a1");
		log.spawn("t2", "y").add("tool_result", { id: "t2", tool: "Agent", success: false });
		log.stop("a1", "x", "fail").spawn("t3", "z").use("c2").add("session_end").result("c2");
		const events = eventsOf(log.events);
		const shuffled = fc.shuffledSubarray(events, { minLength: events.length });
		await fc.assert(
			fc.asyncProperty(shuffled, fc.nat(events.length), async (all, cut) => {
				const store = await newStore();
				for (const part of [all.slice(0, cut), all.slice(cut), all]) store.ingest(part, null);
				assert.deepEqual(auditRollups(store, NOW), []);
				store.close();
			}),
		);
	});

	it("follow a call to the session that a better source knows", async () => {
		const store = await newStore();
		const at = { ts: "2026-01-01T11:00:00Z", tool: "Read", session_id: SESSIONS[0] };
		const ids = ["c0", "c1", "c2", "c3", "c4"];
		const { ts, tool } = at;
		store.ingest(eventsOf(ids.map((id) => ({ ts, event: "tool_use", id, tool }))), null);
		assert.deepEqual(auditRollups(store, NOW), []);
		store.ingest(
			parse(ids.map((id) => ({ ...at, event: "tool_result", id, success: false }))),
			null,
		);
		assert.deepEqual(auditRollups(store, NOW), []);
	});

	it("follow a call to the function that a better source knows", async () => {
		const store = await newStore();
		refine(store, ["bash:git", "bash:npm", "tool:Read"], 0);
		refine(store, ["bash:git commit", "bash:npm test", "src/a.ts#main"], 60_000);
		assert.deepEqual(auditRollups(store, NOW), []);
		assert.deepEqual(store.all("SELECT function_id FROM function_stats ORDER BY 1"), [
			{ function_id: "bash:git commit" },
			{ function_id: "bash:npm test" },
			{ function_id: "src/a.ts#main" },
		]);
	});

	it("survive a transaction that failed", async () => {
		const store = await newStore();
		store.ingest(eventsOf(new EventLog().use("c1").result("c1").events), null);
		const cursor = { source: "log", fileIdentity: "1:1", byteOffset: Number.NaN };
		const more = eventsOf(new EventLog().use("c2").result("c2", undefined, false).events);
		assert.throws(() => store.ingest(more, cursor));
		assert.deepEqual(auditRollups(store, NOW), []);
		store.ingest(more, null);
		assert.deepEqual(auditRollups(store, NOW), []);
		assert.equal(store.first("SELECT count(*) FROM calls")?.[0], 2);
	});
});

describe("The audit", () => {
	it("names what was counted wrong, and what is of no row", async () => {
		const store = await newStore();
		store.ingest(eventsOf(new EventLog().use("c1").result("c1").events), null);
		store.database.run("UPDATE function_totals SET calls = 2; DELETE FROM function_days");
		store.database.run("INSERT INTO session_totals (session_id, calls) VALUES ('ghost', 1)");
		store.database.run("UPDATE sessions SET mcp_ratio = 1");
		assert.deepEqual(
			auditRollups(store, NOW).map((text) => text.replace(/ \S+(?=:? )/, " …")),
			[
				"function_totals … 2, not 1",
				"function_days … 20454: missing",
				"session_totals … of no row",
				"sessions … 1, not 0",
			],
		);
	});
});

describe("Many calls of which some are known", () => {
	it("are written once each, in the order in which they came, and counted once each", async () => {
		const store = await newStore();
		const rollups = new Rollups(store.statements, () => NOW);
		const calls = new CallTable(store.statements, rollups);
		const write = (ids: readonly number[]): void =>
			store.transaction(() => {
				for (const id of ids) calls.note(call(`c${id}`, "bash:git", NOW - id * 1000));
				calls.flush();
				rollups.flush();
			});
		const known = Array.from({ length: 30 }, (_, index) => 3 * index);
		write(known);
		const all = Array.from({ length: 100 }, (_, index) => index);
		write(all);
		write(all);
		const added = all.filter((id) => !known.includes(id));
		assert.deepEqual(
			store.all("SELECT tool_use_id AS id FROM calls ORDER BY rowid"),
			[...known, ...added].map((id) => ({ id: `c${id}` })),
		);
		assert.deepEqual(store.first("SELECT calls, errors FROM function_totals"), [100, 100]);
		store.close();
	});
});

/** The same three calls, called by these names, through a table and rollups opened anew. */
function refine(store: TelemetryStore, functionIds: readonly string[], earlier: number): void {
	const rollups = new Rollups(store.statements, () => NOW);
	const calls = new CallTable(store.statements, rollups);
	store.transaction(() => {
		for (const [index, functionId] of functionIds.entries()) {
			calls.note(call(`c${index}`, functionId, NOW - index * 1000 - earlier));
		}
		calls.flush();
		rollups.flush();
	});
}

function call(id: string, functionId: string, ts: number): CallRow {
	return {
		id,
		ts,
		session: SESSIONS[0] ?? "",
		client: "claude-code",
		v: 2,
		agent: null,
		functionId,
		tool: "Bash",
		rawTool: null,
		durationMs: 12,
		durationFrom: null,
		success: 0,
		errorClass: "exit_1",
		argsHash: null,
		source: "hook",
		cutOff: null,
	};
}
