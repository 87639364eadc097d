import type { SqlValue } from "sql.js";
import { type AgentRow, agentRow, type LaunchRow, launchRow, toldOf } from "./agentRow.ts";
import type { Statements } from "./statements.ts";

/** The rows of agents and of the calls that launched them, as they stand in the database. */
export class AgentRows {
	readonly #statements: Statements;

	constructor(statements: Statements) {
		this.#statements = statements;
	}

	/** When the session ended, each time. */
	cutsOf(session: string): number[] {
		return this.all("cuts", [session]).map(([ts]) => Number(ts));
	}

	findLaunch(session: string, id: string): LaunchRow | null {
		const values = this.all("launch", [session, id])[0];
		if (values === undefined) return null;
		const [v, ts, parent, type, model, description, agent, told, ...rest] = values;
		const [source, argsHash, client] = rest;
		const known = { v, ts, parent, type, model, description, agent, source, argsHash, client };
		return launchRow(session, id, { ...(known as Partial<LaunchRow>), told: toldOf(told) });
	}

	/** The calls that launched the agent, the first one first: later ones resumed it. */
	launchesOf(agent: string): LaunchRow[] {
		return this.all("launches", [agent]).flatMap(
			([session, id]) => this.findLaunch(String(session), String(id)) ?? [],
		);
	}

	findAgent(id: string): AgentRow | null {
		const values = this.all("agent", [id])[0];
		if (values === undefined) return null;
		const [session, ownType, ownModel, startedAt, told, ...reported] = values;
		const [durationMs, toolUseCount, reportedCostUsd, toolStats] = reported;
		const known = { ownType, ownModel, startedAt, durationMs, toolUseCount };
		return agentRow(String(session), id, {
			...(known as Partial<AgentRow>),
			reportedCostUsd: reportedCostUsd as number | null,
			toolStats: toolStats as string | null,
			told: toldOf(told),
		});
	}

	all(name: keyof typeof SQL, values: SqlValue[]): SqlValue[][] {
		return this.#statements.rows(SQL[name], values);
	}

	run(name: keyof typeof SQL, values: SqlValue[]): void {
		this.#statements.run(SQL[name], values);
	}
}

const SQL = {
	launch: `SELECT v, ts, parent_agent_id, agent_type, model, description, agent_id, told, source,
		args_hash, client FROM agent_spawns WHERE session_id = ? AND tool_use_id = ?`,
	writeLaunch: `INSERT OR REPLACE INTO agent_spawns (session_id, tool_use_id, v, ts,
		parent_agent_id, agent_type, model, description, agent_id, told, source, args_hash, client)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
	launches: `SELECT session_id, tool_use_id FROM agent_spawns WHERE agent_id = ? AND v > 0
		ORDER BY ts, tool_use_id`,
	freeLaunches: `SELECT tool_use_id, ts, agent_type, parent_agent_id, told FROM agent_spawns
		WHERE session_id = ? AND agent_id IS NULL AND ts IS NOT NULL`,
	agent: `SELECT session_id, own_type, own_model, started_at, told, duration_ms, tool_use_count,
		reported_cost_usd, tool_stats FROM agents WHERE agent_id = ?`,
	writeAgent: `INSERT OR REPLACE INTO agents (agent_id, session_id, parent_agent_id, tool_use_id,
		agent_type, model, description, depth, started_at, ended_at, outcome, stubs, duration_ms,
		tool_use_count, tool_stats, own_type, own_model, reported_cost_usd, told)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
	unlinked: `SELECT agent_id FROM agents WHERE session_id = ? AND NOT EXISTS (
		SELECT 1 FROM agent_spawns WHERE agent_spawns.agent_id = agents.agent_id AND v > 0)`,
	launchedBy: "SELECT tool_use_id FROM agents WHERE agent_id = ?",
	launchedFor: "SELECT agent_id FROM agents WHERE session_id = ? AND tool_use_id = ?",
	standIn: `SELECT 1 FROM agent_spawns
		WHERE tool_use_id = ? AND (v = 2 OR agent_id <> tool_use_id) LIMIT 1`,
	depth: "SELECT depth FROM agents WHERE agent_id = ?",
	children: "SELECT agent_id, depth FROM agents WHERE parent_agent_id = ?",
	deepen: "UPDATE agents SET depth = ? WHERE agent_id = ?",
	dropStandIn: "DELETE FROM agents WHERE agent_id = ?",
	inSession: "SELECT agent_id FROM agents WHERE session_id = ?",
	cuts: "SELECT ts FROM session_ends WHERE session_id = ? ORDER BY ts",
	phantom: "SELECT told FROM phantom_stops WHERE agent_id = ?",
	writePhantom:
		"INSERT OR REPLACE INTO phantom_stops (agent_id, session_id, told) VALUES (?, ?, ?)",
	dropPhantom: "DELETE FROM phantom_stops WHERE agent_id = ?",
} as const;
