import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { inProject } from "../../../../scripts/paths.ts";
import { LogHistogram } from "../../../../src/model/calls/logHistogram.ts";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import { BetweenLines } from "../../../../src/telemetry/rollups/callWaits.ts";
import { readMeta } from "../../../../src/telemetry/storage/meta.ts";
import { TelemetryStore } from "../../../../src/telemetry/storage/store.ts";
import { EventLog } from "../../../support/log/eventLog.ts";
import { eventsOf, NOW, sqlJs } from "../../../support/telemetry/telemetry.ts";

const OLD = [
	"001-initial",
	"002-usage",
	"003-two-sources",
	"004-facts",
	"005-functions",
	"006-lives",
];

const lives = (told: object): string => JSON.stringify(told);

/** Agents as version 6 kept them: id, when they began last, stopped and were reported, and the rest. */
const AGENTS: readonly (readonly (string | number | null)[])[] = [
	["stopped", 10, 50, null, lives({ starts: [10], stops: [50] }), "partial", 50, 2, 50],
	["runs", 10, null, null, lives({ starts: [10], stops: [] }), null, null, null, null],
	["resumed", 5000, 50, 60, lives({ starts: [10, 5000], stops: [50] }), null, null, null, null],
	[
		"killed",
		10,
		null,
		70,
		lives({ starts: [10], kills: { t: 70 }, reports: { t: 70 } }),
		null,
		null,
		null,
		70,
	],
	[
		"failed",
		10,
		null,
		80,
		lives({ starts: [10], reports: { t: 80 }, failedAt: 80 }),
		"fail",
		null,
		null,
		80,
	],
	["transcript", 10, 40, null, null, "functional", 40, 0, 40],
	["toolu_1", null, null, 90, null, "scaffolding", 90, null, 90],
];

async function oldDatabase(): Promise<Uint8Array> {
	const sql = await sqlJs();
	const database = new sql.Database();
	for (const name of OLD) {
		database.exec(readFileSync(inProject("src/telemetry/migrations", `${name}.sql`), "utf8"));
	}
	database.run("PRAGMA user_version = 6");
	for (const [id, began, stopped, reported, told, outcome, outcomeAt, stubs, ended] of AGENTS) {
		database.run(
			`INSERT INTO agents (agent_id, session_id, started_at, last_start_at, last_stop_at,
				reported_at, lives, outcome, outcome_at, stubs, ended_at)
				VALUES (?, 's1', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			[id, began, began, stopped, reported, told, outcome, outcomeAt, stubs, ended].map(
				(value) => value ?? null,
			),
		);
	}
	database.run(`INSERT INTO agent_spawns (session_id, tool_use_id, ts, agent_id)
		VALUES ('s1', 'toolu_1', 5, 'toolu_1')`);
	database.run(`INSERT INTO agent_spawns (session_id, tool_use_id, ts, failed_at, error_class)
		VALUES ('s1', 'toolu_2', 5, 8, 'denied')`);
	database.run(
		"INSERT INTO numeric_claims (ts, session_id, tier, value) VALUES (1, 's1', 'REAL', '3')",
	);
	for (const [id, success, error] of [
		["c1", 0, "unknown"],
		["c2", 0, "interrupted"],
		["c3", 1, null],
	] as const) {
		database.run(
			`INSERT INTO calls (tool_use_id, ts, session_id, function_id, tool_used, source, success, error_class, duration_ms)
				VALUES (?, 5, 's1', 'skill:review', 'Skill', 'hook', ?, ?, 2.5)`,
			[id, success, error],
		);
	}
	return database.export();
}

/** Something said of each agent, so that all that follows is told anew. */
function mentions(): AgentEvent[] {
	const log = new EventLog("s1");
	for (const [id] of AGENTS) log.add("agent_result", { child_id: "other", id: `x-${id}` });
	return eventsOf(log.events);
}

describe("A database of the version before", () => {
	it("has the same agents after it was brought over, also when they are written again", async () => {
		const store = new TelemetryStore(await sqlJs(), await oldDatabase(), () => NOW);
		const ask = () =>
			store.all<{ agent_id: string }>(
				"SELECT agent_id, ended_at, outcome, stubs FROM agents WHERE agent_id <> 'other' ORDER BY agent_id",
			);
		const expected = AGENTS.map(([agent_id, , , , , outcome, , stubs, ended_at]) => ({
			agent_id,
			ended_at,
			outcome,
			stubs,
		})).sort((a, b) => (String(a.agent_id) < String(b.agent_id) ? -1 : 1));
		assert.deepEqual(ask(), expected);
		const again = new EventLog("s1");
		for (const [id] of AGENTS.slice(0, -1)) again.link(`link-${id}`, String(id));
		again.v1("agent_done", { id: "toolu_1", outcome: "scaffolding" });
		const events = [...mentions(), ...eventsOf(again.events)];
		store.ingest(events.slice(0, -1), null);
		assert.deepEqual(ask(), expected);
	});

	it("keeps the waits for a person apart, of all the calls that it had", async () => {
		const database = new (await sqlJs()).Database();
		const folder = inProject("src/telemetry/migrations");
		for (const name of readdirSync(folder).sort().slice(0, 14)) {
			database.exec(readFileSync(path.join(folder, name), "utf8"));
		}
		database.run("PRAGMA user_version = 14");
		const durations = [0, 1, 1000, 1000, 1000, 1000, 7_200_000];
		const histogram = new LogHistogram();
		for (const [index, ms] of durations.entries()) {
			histogram.add(ms);
			database.run(
				`INSERT INTO calls (tool_use_id, ts, session_id, function_id, tool_used, source, success,
					duration_ms, duration_from) VALUES (?, 5, 's1', 'bash:ls', 'Bash', 'transcript', 1, ?, 'transcript')`,
				[`c${index}`, ms],
			);
		}
		database.run(
			`INSERT INTO function_totals (function_id, calls, timed_calls, duration_sum_us, histogram)
				VALUES ('bash:ls', 7, 7, 7204001000, ?)`,
			[String(histogram)],
		);
		const store = new TelemetryStore(await sqlJs(), database.export(), () => NOW);
		store.ingest(eventsOf(new EventLog("s1").use("d1").events), null);
		const [mean, p99] =
			store.first(
				"SELECT mean_duration_ms, p99_duration_ms FROM function_stats WHERE function_id = 'bash:ls'",
			) ?? [];
		assert.deepEqual([mean, Math.round(Number(p99) / 100)], [4001 / 6, 10]);
		assert.deepEqual(store.all("SELECT tool_use_id FROM waits"), [{ tool_use_id: "c6" }]);
		const told = new BetweenLines();
		for (const ms of durations) told.add(ms, 1);
		assert.equal(store.first("SELECT between_lines FROM function_totals")?.[0], String(told));
	});

	it("has the uses of skills that failed, which it had as calls alone", async () => {
		const store = new TelemetryStore(await sqlJs(), await oldDatabase(), () => NOW);
		assert.deepEqual(store.all("SELECT tool_use_id, skill, success, ts FROM skill_invocations"), [
			{ tool_use_id: "c1", skill: "review", success: 0, ts: 7 },
		]);
	});

	it("keeps what only it has, and says which version it was", async () => {
		const store = new TelemetryStore(await sqlJs(), await oldDatabase(), () => NOW);
		assert.deepEqual(store.first("SELECT value FROM numeric_claims"), ["3"]);
		assert.equal(readMeta(store, "migrated_from"), "6");
		const fresh = new TelemetryStore(await sqlJs(), null, () => NOW);
		assert.equal(readMeta(fresh, "migrated_from"), null);
	});
});
