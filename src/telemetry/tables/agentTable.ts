import type { Database, SqlValue } from "sql.js";
import { bindLaunches } from "../../model/agents/bindLaunches.ts";
import { type Fact, failureIn, union } from "../../model/agents/facts.ts";
import {
	type AgentRow,
	agentRow,
	type LaunchRow,
	launchRow,
	lifeOfRows,
	mergeAgents,
	mergeLaunches,
	toldOf,
	toldText,
} from "./agentRow.ts";
import type { CallRow } from "./callRow.ts";
import type { CallTable } from "./callTable.ts";
import { agentFunctionId } from "./functionId.ts";
import { freeAll, prepareAll, type Statements } from "./statements.ts";

/** Longest chain of agents that depths are followed along: a chain that bites its tail ends. */
const MAX_DEPTH = 100;

/**
 * Agents and the calls that launched them. Every event adds facts to either; all other columns follow
 * from those by the functions that the live graph uses too. The launching calls stand in `calls` as
 * well, with the duration of the agent rather than that of the launch.
 */
export class AgentTable {
	readonly #calls: CallTable;
	readonly #agents = new Map<string, AgentRow>();
	readonly #launches = new Map<string, LaunchRow>();
	readonly #phantoms = new Map<string, { session: string; told: readonly Fact[] }>();
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

	noteLaunch(session: string, id: string, known: Partial<LaunchRow>): void {
		const row = launchRow(session, id, known);
		const key = keyOf(row);
		const pending = this.#launches.get(key);
		this.#launches.set(key, pending === undefined ? row : mergeLaunches(pending, row));
	}

	/** The stop of an agent that may be none: it counts if anything else is ever told of that agent. */
	notePhantom(session: string, id: string, told: readonly Fact[]): void {
		const known = this.#phantoms.get(id)?.told ?? [];
		this.#phantoms.set(id, { session, told: union(known, told) });
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
		const launches = new Map([...this.#launches.values()].map((row) => this.#mergeLaunch(row)));
		this.#flushPhantoms();
		const agents = new Map([...this.#agents.values()].flatMap((row) => this.#mergeAgent(row)));
		const guesses = this.#guess(agents, launches.values());
		for (const row of agents.values()) {
			for (const launch of this.#writeAgent(row, guesses.get(row.id))) {
				launches.set(keyOf(launch), launch);
			}
		}
		for (const launch of launches.values()) this.#writeCall(launch);
		this.discard();
		return [...agents.keys()];
	}

	discard(): void {
		this.#agents.clear();
		this.#launches.clear();
		this.#phantoms.clear();
	}

	dispose(): void {
		freeAll(this.#statements);
	}

	#mergeLaunch(row: LaunchRow): [key: string, LaunchRow] {
		const before = this.#findLaunch(row.session, row.id);
		const after = before === null ? row : mergeLaunches(before, row);
		const { session, id, agent } = after;
		this.#statements.writeLaunch.run([
			session,
			id,
			after.v,
			after.ts,
			after.parent,
			after.type,
			after.model,
			after.description,
			agent,
			toldText(after.told),
			after.source,
			after.argsHash,
			after.client,
		]);
		if (agent !== null) this.noteAgent(session, agent, {});
		if (agent !== id) {
			this.#agents.delete(id);
			this.#statements.dropStandIn.run([id]);
		}
		return [keyOf(after), after];
	}

	#flushPhantoms(): void {
		for (const [id, { session, told }] of this.#phantoms) {
			if (this.#agents.has(id) || this.#findAgent(id) !== null) {
				this.noteAgent(session, id, { told });
				continue;
			}
			const text = toldText(union(this.#phantom(id), told));
			this.#statements.writePhantom.run([id, session, text]);
		}
	}

	#phantom(id: string): readonly Fact[] {
		return toldOf(this.#all("phantom", [id])[0]?.[0]);
	}

	/** The row as it will be; none for a launching call whose agent is known by its own id. */
	#mergeAgent(row: AgentRow): [id: string, AgentRow][] {
		if (this.#all("standIn", [row.id]).length > 0) return [];
		const before = this.#findAgent(row.id);
		if (before !== null) return [[row.id, mergeAgents(before, row)]];
		const told = this.#phantom(row.id);
		if (told.length > 0) this.#statements.dropPhantom.run([row.id]);
		return [[row.id, mergeAgents(row, agentRow(row.session, row.id, { told }))]];
	}

	/**
	 * Guesses which call launched which agent where no link says so, anew for each session of which
	 * something is written, and adds the agents of which the guess is another one than before.
	 *
	 * @returns the launch's tool_use_id by agent
	 */
	#guess(agents: Map<string, AgentRow>, launches: Iterable<LaunchRow>): Map<string, string> {
		const guesses = new Map<string, string>();
		const sessions = new Set([...agents.values(), ...launches].map((row) => row.session));
		for (const session of sessions) {
			const free = this.#freeAgents(session, agents);
			if (free.length === 0) continue;
			const bound = bindLaunches(this.#freeLaunches(session), free);
			for (const { id, row } of free) {
				const launch = bound.get(id)?.id ?? null;
				if (launch !== null) guesses.set(id, launch);
				if (this.#launchBefore(id) !== launch) agents.set(id, row);
			}
		}
		return guesses;
	}

	/** The call that an agent was taken to be launched by, until now. */
	#launchBefore(agent: string): string | null {
		const [launch] = this.#all("launchedBy", [agent])[0] ?? [];
		return typeof launch === "string" ? launch : null;
	}

	/** Agents whose start a hook told, and no link their launch. */
	#freeAgents(session: string, pending: ReadonlyMap<string, AgentRow>) {
		const rows = new Map<string, AgentRow>();
		for (const [id] of this.#all("unlinked", [session])) {
			const row = this.#findAgent(String(id));
			if (row !== null) rows.set(row.id, row);
		}
		for (const row of pending.values()) {
			if (row.session === session && this.#launchesOf(row.id).length === 0) rows.set(row.id, row);
		}
		return [...rows.values()].flatMap((row) => {
			const start = row.told.find(({ kind, by }) => kind === "start" && by === "hook");
			return start === undefined
				? []
				: [{ id: row.id, at: start.at, type: row.ownType ?? "", row }];
		});
	}

	#freeLaunches(session: string) {
		return this.#all("freeLaunches", [session]).map(([id, ts, type, parent, told]) => ({
			id: String(id),
			at: Number(ts),
			type: String(type ?? ""),
			caller: String(parent ?? ""),
			failedAt: failureIn(toldOf(told))?.at ?? null,
		}));
	}

	/** @returns the launches of the agent, and the one that it is no longer taken for */
	#writeAgent(row: AgentRow, guess: string | undefined): LaunchRow[] {
		const launches = this.#launchesOf(row.id);
		const find = (id: string) => this.#findLaunch(row.session, id) ?? [];
		if (launches.length === 0 && guess !== undefined) launches.push(...[find(guess)].flat());
		const before = this.#launchBefore(row.id);
		const left = before === null || launches.some(({ id }) => id === before) ? [] : find(before);
		const launch = launches[0] ?? null;
		const parent = launch?.parent ?? null;
		const depth = this.#depthBelow(parent);
		const life = lifeOfRows(row, launches, this.#cutsOf(row.session));
		this.#statements.writeAgent.run([
			row.id,
			row.session,
			parent,
			launch?.id ?? null,
			row.ownType ?? launch?.type ?? null,
			row.ownModel ?? launch?.model ?? null,
			launch?.description ?? null,
			depth,
			row.startedAt,
			life.endedAt,
			life.outcome,
			life.stubs,
			row.durationMs,
			row.toolUseCount,
			row.toolStats,
			row.ownType,
			row.ownModel,
			row.reportedCostUsd,
			toldText(row.told),
		]);
		this.#deepen(row.id, depth, MAX_DEPTH);
		return launches.concat(left);
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
	#writeCall(launch: LaunchRow): void {
		if (launch.ts === null) return;
		const agent = this.#agentOf(launch);
		const life = lifeOfRows(agent, [launch], this.#cutsOf(launch.session));
		const call: CallRow = {
			id: launch.id,
			ts: launch.ts,
			session: launch.session,
			client: launch.client,
			v: launch.v === 1 ? 1 : 2,
			agent: launch.parent,
			functionId: agentFunctionId(agent?.ownType ?? launch.type ?? ""),
			tool: "Agent",
			argsHash: launch.argsHash,
			source: launch.source ?? "hook",
			durationMs: null,
			success: null,
			errorClass: null,
		};
		const failure = failureIn(launch.told);
		if (failure !== undefined) {
			call.success = 0;
			call.errorClass = failure.status.slice("launch:".length) || "unknown";
			call.durationMs = Math.max(0, failure.at - launch.ts);
		} else if (life.state === "done" && life.endedAt !== null) {
			const hasFailed = life.outcome === "fail";
			call.success = hasFailed ? 0 : 1;
			call.errorClass = hasFailed ? "outcome_fail" : null;
			const began = agent?.startedAt ?? launch.ts;
			call.durationMs = agent?.durationMs ?? Math.max(0, life.endedAt - began);
		}
		this.#calls.put(call);
	}

	#agentOf({ session, id, agent }: LaunchRow): AgentRow | null {
		if (agent !== null) return this.#findAgent(agent);
		const [guessed] = this.#all("launchedFor", [session, id])[0] ?? [];
		return typeof guessed === "string" ? this.#findAgent(guessed) : null;
	}

	/** When the session ended, each time. */
	#cutsOf(session: string): number[] {
		return this.#all("cuts", [session]).map(([ts]) => Number(ts));
	}

	#findLaunch(session: string, id: string): LaunchRow | null {
		const values = this.#all("launch", [session, id])[0];
		if (values === undefined) return null;
		const [v, ts, parent, type, model, description, agent, told, ...rest] = values;
		const [source, argsHash, client] = rest;
		const known = { v, ts, parent, type, model, description, agent, source, argsHash, client };
		return launchRow(session, id, { ...(known as Partial<LaunchRow>), told: toldOf(told) });
	}

	/** The calls that launched the agent, the first one first: later ones resumed it. */
	#launchesOf(agent: string): LaunchRow[] {
		return this.#all("launches", [agent]).flatMap(
			([session, id]) => this.#findLaunch(String(session), String(id)) ?? [],
		);
	}

	#findAgent(id: string): AgentRow | null {
		const values = this.#all("agent", [id])[0];
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

	#all(name: keyof typeof SQL, values: SqlValue[]): SqlValue[][] {
		const statement = this.#statements[name];
		statement.bind(values);
		const rows: SqlValue[][] = [];
		while (statement.step()) rows.push(statement.get());
		statement.reset();
		return rows;
	}
}

function keyOf({ session, id }: LaunchRow): string {
	return `${session} ${id}`;
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
