import type { TelemetryStore } from "../../../../src/telemetry/storage/store.ts";
import { newStore } from "../../telemetry/telemetry.ts";
import { Random } from "../simulation/random.ts";
import type { TrueAgent, Truth } from "../truth.ts";
import { Differences } from "./differences.ts";
import type { Reading } from "./orders.ts";
import { type CallRow, trueRows } from "./trueRows.ts";

/** Session of lines of version 1 that name none. */
const UNNAMED = "main";

/** The database after everything was read, in batches as the seed chooses. */
export async function databaseOf({ events }: Reading, seed: number): Promise<TelemetryStore> {
	const random = new Random(seed);
	const most = random.pick([1, 5, 40, 400]);
	const store = await newStore();
	for (let at = 0; at < events.length; ) {
		const next = at + random.whole(1, most);
		store.ingest(events.slice(at, next), null);
		at = next;
	}
	return store;
}

/** What the tables say otherwise than the truth, a line for each difference. */
export function compareDatabase(store: TelemetryStore, truth: Truth): readonly string[] {
	const differences = new Differences();
	compareSessions(differences, store, truth);
	compareAgents(differences, store, truth);
	compareCalls(differences, store, truth);
	return differences.lines;
}

function compareSessions(differences: Differences, store: TelemetryStore, truth: Truth): void {
	const rows = store.all<{ session_id: string; ended_by: string | null }>(
		"SELECT session_id, ended_by FROM sessions",
	);
	const seen = new Map(rows.map((row) => [row.session_id, row.ended_by === "session_end"]));
	seen.delete(UNNAMED);
	const expected = new Map(truth.sessions.map(({ id, hasEnded }) => [id, hasEnded]));
	differences.sets("sessions", new Set(seen.keys()), new Set(expected.keys()));
	for (const [id, hasEnded] of expected) {
		if (!seen.has(id)) continue;
		differences.of(`session ${id}`, { hasEnded: seen.get(id) }, { hasEnded });
	}
}

interface AgentRow {
	readonly agent_id: string;
	readonly session_id: string;
	readonly parent_agent_id: string | null;
	readonly agent_type: string | null;
	readonly ended_at: number | null;
	readonly outcome: string | null;
	readonly stubs: number | null;
}

function compareAgents(differences: Differences, store: TelemetryStore, truth: Truth): void {
	const rows = store.all<AgentRow>(
		"SELECT agent_id, session_id, parent_agent_id, agent_type, ended_at, outcome, stubs FROM agents",
	);
	const launches = new Set(truth.agents.flatMap((agent) => agent.launches));
	// An agent without an id has no row; version 1 lets its launch stand for it.
	const isNamed = ({ id, launches: own }: TrueAgent) => !own.includes(id);
	const expected = new Map(truth.agents.filter(isNamed).map((agent) => [agent.id, agent]));
	const seen = rows.filter(({ agent_id }) => !launches.has(agent_id));
	differences.sets(
		"agents",
		new Set(seen.map(({ agent_id }) => agent_id)),
		new Set(expected.keys()),
	);
	for (const row of seen) {
		const agent = expected.get(row.agent_id);
		if (agent === undefined) continue;
		const isEndKnown = !agent.doubts.has("end");
		const isOver = agent.state === "done" || agent.state === "lost";
		differences.of(
			`agent ${agent.id}`,
			{ ...row, has_ended: row.ended_at !== null },
			{
				session_id: agent.session,
				agent_type: agent.type === "" ? null : agent.type,
				parent_agent_id: agent.isLinked ? agent.parent : undefined,
				has_ended: isEndKnown ? isOver : undefined,
				outcome: isEndKnown ? agent.outcome : undefined,
				stubs: isEndKnown ? agent.stubs : undefined,
			},
		);
	}
}

function compareCalls(differences: Differences, store: TelemetryStore, truth: Truth): void {
	const rows = store.all<CallRow & { readonly tool_use_id: string }>(
		"SELECT tool_use_id, session_id, agent_id, success, error_class FROM calls",
	);
	const { known, unsure } = trueRows(truth);
	const seen = new Map(rows.map((row) => [row.tool_use_id, row]));
	differences.sets("calls", new Set(seen.keys()), new Set([...known.keys(), ...unsure]));
	for (const [id, row] of known) {
		const found = seen.get(id);
		if (found !== undefined) differences.of(`call ${id}`, { ...found }, { ...row });
	}
}
