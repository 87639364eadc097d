import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { inProject } from "../../../../scripts/paths.ts";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import { TelemetryStore } from "../../../../src/telemetry/storage/store.ts";
import { EventLog, graphOf, nodeOf } from "../../../support/log/eventLog.ts";
import { eventsOf, NOW, newStore, sqlJs, storeOf } from "../../../support/telemetry/telemetry.ts";

const log = (session: string): EventLog =>
	new EventLog(session)
		.use(`${session}-call`)
		.result(`${session}-call`)
		.spawn(`${session}-launch`, "Explore");

const toy = (events: readonly AgentEvent[]): AgentEvent[] =>
	events.map((event) => ({ ...event, client: "toy" }));

function clientsIn(store: TelemetryStore): unknown[] {
	return [
		store.all("SELECT session_id, client FROM sessions ORDER BY 1"),
		store.all("SELECT tool_use_id, client FROM calls ORDER BY 1"),
	];
}

describe("Sessions and calls", () => {
	it("say whose agents they are, also when they are told in parts", async () => {
		const events = [...eventsOf(log("s1").events), ...toy(eventsOf(log("s2").events))];
		const whole = await newStore();
		whole.ingest(events, null);
		const parts = await newStore();
		for (const event of events) parts.ingest([event], null);
		const expected = [
			[
				{ session_id: "s1", client: "claude-code" },
				{ session_id: "s2", client: "toy" },
			],
			[
				{ tool_use_id: "s1-call", client: "claude-code" },
				{ tool_use_id: "s1-launch", client: "claude-code" },
				{ tool_use_id: "s2-call", client: "toy" },
				{ tool_use_id: "s2-launch", client: "toy" },
			],
		];
		assert.deepEqual(clientsIn(whole), expected);
		assert.deepEqual(clientsIn(parts), expected);
	});

	it("name the client of a launch of which only its end or its agent was told", async () => {
		const failed = { id: "failed", tool: "Agent", success: false, error_class: "denied" };
		const told = new EventLog("s1")
			.add("tool_result", failed)
			.link("linked", "a1")
			.add("agent_result", { id: "ended", child_id: "a2", status: "completed" });
		const store = await newStore();
		for (const event of toy(eventsOf(told.events))) store.ingest([event], null);
		assert.deepEqual(store.all("SELECT tool_use_id, client FROM agent_spawns ORDER BY 1"), [
			{ tool_use_id: "ended", client: "toy" },
			{ tool_use_id: "failed", client: "toy" },
			{ tool_use_id: "linked", client: "toy" },
		]);
	});

	it("have agents of the type that their client takes where a launch leaves it open", async () => {
		const log = (client: string) =>
			new EventLog(client)
				.spawn(`${client}-launch`, "", { client })
				.link(`${client}-launch`, `${client}-agent`, { client });
		const lines = ["claude-code", "codex", "qwen-code", "toy"].flatMap(
			(client) => log(client).events,
		);
		const store = await storeOf([eventsOf(lines)]);
		const graph = graphOf(lines);
		const types = [
			["claude-code", "general-purpose"],
			["codex", "default"],
			["qwen-code", "general-purpose"],
			["toy", ""],
		] as const;
		for (const [client, type] of types) {
			const inGraph = nodeOf(graph, `${client}-launch`).type;
			const inRow = store.first("SELECT agent_type FROM agents WHERE session_id = ?", [client]);
			assert.deepEqual([client, inGraph, inRow], [client, type, [type || null]]);
		}
	});

	it("of an earlier version are Claude Code's, and its transcripts are read on where they were", async () => {
		const sql = await sqlJs();
		const old = new sql.Database();
		const steps = globSync("00[1-7]-*.sql", { cwd: inProject("src/telemetry/migrations") }).sort();
		for (const step of steps) {
			old.exec(readFileSync(inProject("src/telemetry/migrations", step), "utf8"));
		}
		old.exec(`PRAGMA user_version = ${steps.length};
			INSERT INTO sessions (session_id, started_at) VALUES ('s1', 1);
			INSERT INTO calls (tool_use_id, ts, session_id, function_id, tool_used, source)
				VALUES ('c1', 1, 's1', 'tool:Read', 'Read', 'hook');
			INSERT INTO ingest_cursors (source, file_identity, byte_offset)
				VALUES ('transcript:claude-code:/p/a.jsonl', '1:2:x', 7), ('/log', '1:3:y', 8)`);
		const store = new TelemetryStore(sql, old.export(), () => NOW);
		assert.deepEqual(clientsIn(store), [
			[{ session_id: "s1", client: "claude-code" }],
			[{ tool_use_id: "c1", client: "claude-code" }],
		]);
		assert.equal(store.cursor("transcript:/p/a.jsonl")?.byteOffset, 7);
		assert.equal(store.cursor("/log")?.byteOffset, 8);
	});
});
