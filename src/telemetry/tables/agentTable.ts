import type { Database, SqlValue } from "sql.js";
import {
	type AgentRow,
	agentRow,
	cutOffAt,
	endOf,
	mergeAgents,
	mergeSpawns,
	type SpawnRow,
	spawnRow,
	verdictOf,
} from "./agentRow.ts";
import type { CallRow } from "./callRow.ts";
import type { CallTable } from "./callTable.ts";
import { agentFunctionId } from "./functionId.ts";
import { freeAll, prepareAll, type Statements } from "./statements.ts";

/** Longest chain of agents that depths are followed along: a chain that bites its tail ends. */
const MAX_DEPTH = 100;

/**
 * Agents and the calls that launched them. Every event adds a fact to either; which agent a launch
 * led to is taken from links alone, never guessed. The launching calls stand in `calls` too, with
 * the duration of the agent rather than that of the launch.
 */
export class AgentTable {
	readonly #calls: CallTable;
	readonly #agents = new Map<string, AgentRow>();
	readonly #spawns = new Map<string, SpawnRow>();
	readonly #statements: Statements<keyof typeof SQL>;

	constructor(database: Database, calls: CallTable) {
		this.#calls = calls;
		this.#statements = prepareAll(database, SQL);
	}

	noteAgent(session: string, id: string, known: Partial<AgentRow>): void {
		const row = agentRow(session, id, known);
		const pending = this.#agents.get(id);
		this.#agents.set(id, pending === undefined ? row : mergeAgents(pending, row));
	}

	noteSpawn(session: string, id: string, known: Partial<SpawnRow>): void {
		const row = spawnRow(session, id, known);
		const key = `${session} ${id}`;
		const pending = this.#spawns.get(key);
		this.#spawns.set(key, pending === undefined ? row : mergeSpawns(pending, row));
	}

	/** True for an agent that any earlier event has spoken of. */
	has(id: string): boolean {
		return this.#agents.has(id) || this.#findAgent(id) !== null;
	}

	/**
	 * Writes what is pending, and the calls that follow from it.
	 *
	 * @param cutOff sessions that have ended: what still ran in them ran no longer
	 * @returns the agents that were written, whose tokens and cost are to be filled in again
	 */
	flush(cutOff: readonly string[]): string[] {
		for (const session of cutOff) {
			for (const [id] of this.#all("inSession", [session])) this.noteAgent(session, String(id), {});
		}
		const launches = new Map<string, SpawnRow>();
		for (const row of this.#spawns.values()) {
			const spawn = this.#writeSpawn(row);
			launches.set(`${spawn.session} ${spawn.id}`, spawn);
			if (spawn.agent !== null) this.noteAgent(spawn.session, spawn.agent, {});
		}
		for (const row of this.#agents.values()) {
			// A launching call whose agent is known by its own id stands for nobody any more.
			if (this.#all("standIn", [row.id, row.id]).length > 0) {
				this.#agents.delete(row.id);
				continue;
			}
			for (const spawn of this.#writeAgent(row)) {
				launches.set(`${spawn.session} ${spawn.id}`, spawn);
			}
		}
		for (const spawn of launches.values()) this.#writeLaunch(spawn);
		const written = [...this.#agents.keys()];
		this.discard();
		return written;
	}

	discard(): void {
		this.#agents.clear();
		this.#spawns.clear();
	}

	dispose(): void {
		freeAll(this.#statements);
	}

	#writeSpawn(row: SpawnRow): SpawnRow {
		const before = this.#findSpawn(row.session, row.id);
		const after = before === null ? row : mergeSpawns(before, row);
		const { session, id, ts, parent, type, model, description, agent } = after;
		this.#statements.writeSpawn.run([
			session,
			id,
			ts,
			parent,
			type,
			model,
			description,
			agent,
			after.failedAt,
			after.errorClass,
			after.source,
			after.argsHash,
		]);
		if (agent !== null && agent !== id) {
			this.#agents.delete(id);
			this.#statements.dropStandIn.run([id]);
		}
		return after;
	}

	/** @returns the launches of the agent, as far as they are known */
	#writeAgent(row: AgentRow): SpawnRow[] {
		const before = this.#findAgent(row.id);
		const after = before === null ? row : mergeAgents(before, row);
		const spawns = this.#launchesOf(after.id);
		const spawn = spawns[0] ?? null;
		const parent = spawn?.parent ?? null;
		const depth = this.#depthBelow(parent);
		const { outcome, stubs } = verdictOf(after);
		const cuts = this.#cutsOf(after.session);
		const endedAt = endOf(after, cuts) ?? cutOffAt(after, cuts);
		this.#statements.writeAgent.run([
			after.id,
			after.session,
			parent,
			spawn?.id ?? null,
			after.ownType ?? spawn?.type ?? null,
			after.ownModel ?? spawn?.model ?? null,
			spawn?.description ?? null,
			depth,
			after.startedAt,
			endedAt,
			outcome,
			stubs,
			after.durationMs,
			after.toolUseCount,
			after.toolStats,
			after.ownType,
			after.ownModel,
			after.lastStartAt,
			after.lastStopAt,
			after.reportedAt,
			after.outcomeAt,
			after.reportedCostUsd,
			after.lives,
		]);
		this.#deepen(after.id, depth, MAX_DEPTH);
		return spawns;
	}

	/** Agents that were known before the one above them was learn how deep they are. */
	#deepen(id: string, depth: number | null, left: number): void {
		if (left === 0) return;
		const below = depth === null ? null : depth + 1;
		for (const [child, known] of this.#all("children", [id])) {
			if (known === below) continue;
			this.#statements.deepen.run([below, child as string]);
			this.#deepen(child as string, below, left - 1);
		}
	}

	#depthBelow(parent: string | null): number | null {
		if (parent === null) return 1;
		const above = this.#all("depth", [parent])[0]?.[0];
		return typeof above === "number" && above < MAX_DEPTH ? above + 1 : null;
	}

	/** The launch as a call: open while the agent runs, as long as the agent, failed as it failed. */
	#writeLaunch(spawn: SpawnRow): void {
		if (spawn.ts === null) return;
		const agent = spawn.agent === null ? null : this.#findAgent(spawn.agent);
		const end = agent === null ? null : endOf(agent, this.#cutsOf(agent.session));
		const type = agent?.ownType ?? spawn.type ?? "";
		const call: CallRow = {
			id: spawn.id,
			ts: spawn.ts,
			session: spawn.session,
			agent: spawn.parent,
			functionId: agentFunctionId(type),
			tool: "Agent",
			argsHash: spawn.argsHash,
			source: spawn.source ?? "hook",
			durationMs: null,
			success: null,
			errorClass: null,
		};
		if (spawn.failedAt !== null) {
			call.success = 0;
			call.errorClass = spawn.errorClass;
			call.durationMs = Math.max(0, spawn.failedAt - spawn.ts);
		} else if (agent !== null && end !== null) {
			const hasFailed = verdictOf(agent).outcome === "fail";
			call.success = hasFailed ? 0 : 1;
			call.errorClass = hasFailed ? "outcome_fail" : null;
			call.durationMs = agent.durationMs ?? Math.max(0, end - (agent.startedAt ?? spawn.ts));
		}
		this.#calls.put(call);
	}

	/** When the session ended, each time. */
	#cutsOf(session: string): number[] {
		return this.#all("cuts", [session]).map(([ts]) => Number(ts));
	}

	#findSpawn(session: string, id: string): SpawnRow | null {
		const values = this.#all("spawn", [session, id])[0];
		if (values === undefined) return null;
		const [ts, parent, type, model, description, agent, failedAt, errorClass, ...call] = values;
		const [source, argsHash] = call;
		const known = {
			ts,
			parent,
			type,
			model,
			description,
			agent,
			failedAt,
			errorClass,
			source,
			argsHash,
		};
		return spawnRow(session, id, known as Partial<SpawnRow>);
	}

	/** The calls that launched the agent, the first one first: later ones resumed it. */
	#launchesOf(agent: string): SpawnRow[] {
		return this.#all("launches", [agent]).flatMap(
			([session, id]) => this.#findSpawn(String(session), String(id)) ?? [],
		);
	}

	#findAgent(id: string): AgentRow | null {
		const values = this.#all("agent", [id])[0];
		if (values === undefined) return null;
		const [session, ownType, ownModel, startedAt, lastStartAt, lastStopAt, ...rest] = values;
		const [reportedAt, outcome, outcomeAt, stubs, durationMs, ...reported] = rest;
		const [toolUseCount, reportedCostUsd, toolStats, lives] = reported;
		const known = {
			ownType,
			ownModel,
			startedAt,
			lastStartAt,
			lastStopAt,
			reportedAt,
			outcome,
			outcomeAt,
			stubs,
			durationMs,
			toolUseCount,
			reportedCostUsd,
			toolStats,
			lives,
		};
		return agentRow(String(session), id, known as Partial<AgentRow>);
	}

	#all(name: keyof typeof SQL, values: SqlValue[]): SqlValue[][] {
		const statement = this.#statements[name];
		statement.bind(values);
		const rows: SqlValue[][] = [];
		while (statement.step()) rows.push(statement.get());
		statement.reset();
		return rows;
	}
}

const SQL = {
	spawn: `SELECT ts, parent_agent_id, agent_type, model, description, agent_id, failed_at,
		error_class, source, args_hash FROM agent_spawns WHERE session_id = ? AND tool_use_id = ?`,
	writeSpawn: `INSERT OR REPLACE INTO agent_spawns (session_id, tool_use_id, ts, parent_agent_id,
		agent_type, model, description, agent_id, failed_at, error_class, source, args_hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
	launches: `SELECT session_id, tool_use_id FROM agent_spawns WHERE agent_id = ? AND ts IS NOT NULL
		ORDER BY ts, tool_use_id`,
	agent: `SELECT session_id, own_type, own_model, started_at, last_start_at,
		last_stop_at, reported_at, outcome, outcome_at, stubs, duration_ms, tool_use_count,
		reported_cost_usd, tool_stats, lives
		FROM agents WHERE agent_id = ?`,
	writeAgent: `INSERT OR REPLACE INTO agents (agent_id, session_id, parent_agent_id, tool_use_id,
		agent_type, model, description, depth, started_at, ended_at, outcome, stubs, duration_ms,
		tool_use_count, tool_stats, own_type, own_model, last_start_at, last_stop_at,
		reported_at, outcome_at, reported_cost_usd, lives)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
	standIn: "SELECT 1 FROM agent_spawns WHERE tool_use_id = ? AND agent_id <> ? LIMIT 1",
	depth: "SELECT depth FROM agents WHERE agent_id = ?",
	children: "SELECT agent_id, depth FROM agents WHERE parent_agent_id = ?",
	deepen: "UPDATE agents SET depth = ? WHERE agent_id = ?",
	dropStandIn: "DELETE FROM agents WHERE agent_id = ?",
	inSession: "SELECT agent_id FROM agents WHERE session_id = ?",
	cuts: "SELECT ts FROM session_ends WHERE session_id = ? ORDER BY ts",
} as const;
