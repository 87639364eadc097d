import type { SqlValue } from "sql.js";
import type { Statements } from "../statements.ts";
import { AGENTS, type AgentRow, LAUNCHES, type LaunchRow } from "./agentRow.ts";

/** The rows of agents and of the calls that launched them, as they stand in the database. */
export class AgentRows {
	readonly #statements: Statements;
	/** Asked for again and again in one batch. */
	readonly #agents = new Map<string, AgentRow | null>();
	readonly #launches = new Map<string, readonly LaunchRow[]>();
	readonly #cuts = new Map<string, readonly number[]>();

	constructor(statements: Statements) {
		this.#statements = statements;
	}

	/** When the session ended, each time. */
	cutsOf(session: string): readonly number[] {
		return known(this.#cuts, session, () => this.all("cuts", [session]).map(([ts]) => Number(ts)));
	}

	findLaunch(session: string, id: string): LaunchRow | null {
		return LAUNCHES.find(this.#statements, session, id);
	}

	putLaunch(row: LaunchRow): void {
		LAUNCHES.put(this.#statements, row);
		this.#launches.clear();
	}

	/** The calls that launched the agent, the first one first: later ones resumed it. */
	launchesOf(agent: string): readonly LaunchRow[] {
		return known(this.#launches, agent, () =>
			this.all("launches", [agent])
				.map((values) => LAUNCHES.read(values))
				.sort(byTime),
		);
	}

	/** Launches that no link names an agent of. */
	freeLaunches(session: string): LaunchRow[] {
		return this.all("freeLaunches", [session]).map((values) => LAUNCHES.read(values));
	}

	findAgent(id: string): AgentRow | null {
		return known(this.#agents, id, () => AGENTS.find(this.#statements, id));
	}

	putAgent(row: AgentRow): void {
		AGENTS.put(this.#statements, row);
		this.#agents.set(row.id, row);
	}

	/** @param depth how many are above it; null where that is not known */
	deepen(id: string, depth: number | null): void {
		this.#statements.run(SQL.deepen, [depth, id]);
		this.#agents.delete(id);
	}

	/** A launching call that stood for its agent is no agent of its own. */
	dropStandIn(id: string): void {
		this.#statements.run(SQL.dropStandIn, [id]);
		this.#agents.delete(id);
	}

	/** Others may change the rows from now on. */
	forget(): void {
		this.#agents.clear();
		this.#launches.clear();
		this.#cuts.clear();
	}

	all(name: keyof typeof SQL, values: SqlValue[]): SqlValue[][] {
		return this.#statements.rows(SQL[name], values);
	}

	run(name: keyof typeof SQL, values: SqlValue[]): void {
		this.#statements.run(SQL[name], values);
	}
}

function known<Value>(found: Map<string, Value>, key: string, find: () => Value): Value {
	const before = found.get(key);
	if (before !== undefined) return before;
	const value = find();
	found.set(key, value);
	return value;
}

/** SQLite would set up a sorter for what is mostly one row. */
function byTime(a: LaunchRow, b: LaunchRow): number {
	return (a.ts ?? 0) - (b.ts ?? 0) || (a.id < b.id ? -1 : 1);
}

const SQL = {
	launches: `SELECT ${LAUNCHES.list} FROM agent_spawns WHERE agent_id = ? AND v > 0`,
	freeLaunches: `SELECT ${LAUNCHES.list} FROM agent_spawns
		WHERE session_id = ? AND agent_id IS NULL AND ts IS NOT NULL`,
	unlinked: `SELECT agent_id FROM agents WHERE session_id = ? AND NOT EXISTS (
		SELECT 1 FROM agent_spawns WHERE agent_spawns.agent_id = agents.agent_id AND v > 0)`,
	launchedFor: "SELECT agent_id FROM agents WHERE session_id = ? AND tool_use_id = ?",
	standIn: `SELECT 1 FROM agent_spawns
		WHERE tool_use_id = ?
			AND CASE v WHEN 2 THEN agent_id IS NOT tool_use_id ELSE agent_id <> tool_use_id END LIMIT 1`,
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
