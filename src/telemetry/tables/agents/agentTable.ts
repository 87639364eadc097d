import { type Fact, union } from "../../../model/agents/facts.ts";
import { lifeOf, spansOf } from "../../../model/agents/lifeOf.ts";
import type { AgentEvent } from "../../../model/events/events.ts";
import type { CallTable } from "../callTable.ts";
import { modelIn } from "../messageRow.ts";
import type { Statements } from "../statements.ts";
import {
	AGENTS,
	type AgentRow,
	askedType,
	LAUNCHES,
	type LaunchRow,
	mergeLaunches,
	toldOf,
	toldOfRows,
	toldText,
} from "./agentRow.ts";
import { AgentRows } from "./agentRows.ts";
import { answerOf, openCall } from "./launchCall.ts";
import { LaunchGuesses } from "./launchGuesses.ts";

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
	readonly #callers = new Set<string>();
	readonly #rows: AgentRows;
	readonly #guesses: LaunchGuesses;

	constructor(statements: Statements, calls: CallTable) {
		this.#calls = calls;
		this.#rows = new AgentRows(statements);
		this.#guesses = new LaunchGuesses(this.#rows);
	}

	noteAgent(session: string, id: string, known: Partial<AgentRow>): void {
		const row = AGENTS.row({ ...known, session, id });
		const pending = this.#agents.get(id);
		this.#agents.set(id, pending === undefined ? row : AGENTS.merge(pending, row));
	}

	/** @param event that tells of the call with this tool_use_id */
	noteLaunch(
		session: string,
		{ client }: Pick<AgentEvent, "client">,
		id: string,
		known: Partial<LaunchRow>,
	): void {
		const row = LAUNCHES.row({ v: 0, ...known, client, session, id });
		const key = keyOf(row);
		const pending = this.#launches.get(key);
		this.#launches.set(key, pending === undefined ? row : mergeLaunches(pending, row));
		// Its place among the calls of the same millisecond is where it is told of, whatever the batch.
		if (row.ts !== null) this.#calls.note(openCall(row, row.ts));
	}

	/** Whoever does something is there, though no start is told; version 1 does not know for sure who. */
	noteActor(session: string, event: AgentEvent): void {
		if (event.v === 1) return;
		switch (event.event) {
			case "tool_use":
			case "tool_result":
			case "skill_use":
			case "permission_wait":
			case "usage":
				this.#heard(session, event.agent, event.ts);
				break;
			case "agent_spawn":
			case "agent_meta":
				this.#heard(session, event.parent, null);
		}
	}

	/** @param at ms since the epoch; null where nothing says when */
	#heard(session: string, id: string, at: number | null): void {
		const known = this.#agents.get(id);
		// Most of what an agent does comes behind what it did before.
		const isEarlier = at !== null && (known?.heardAt == null || at < known.heardAt);
		const isKnown = known?.session === session && !isEarlier;
		if (id !== "" && !isKnown) this.noteAgent(session, id, { heardAt: at });
	}

	/** An agent has begun a call, which ends with it at the latest. */
	noteCaller(id: string): void {
		this.#callers.add(id);
	}

	/** The stop of an agent that may be none: it counts if anything else is ever told of that agent. */
	notePhantom(session: string, id: string, told: readonly Fact[]): void {
		const known = this.#phantoms.get(id)?.told ?? [];
		this.#phantoms.set(id, { session, told: union(known, told) });
	}

	/**
	 * Writes what is pending; the calls that follow from it are for the table of calls to write, and then
	 * {@link interrupt} has to be called.
	 *
	 * @param cutOff sessions that have ended: what still ran in them ran no longer
	 * @returns the agents that were written, whose tokens and cost are to be filled in again
	 */
	flush(cutOff: readonly string[]): string[] {
		for (const session of cutOff) {
			for (const [id] of this.#rows.all("inSession", [session]))
				this.noteAgent(session, String(id), {});
		}
		const launches = new Map([...this.#launches.values()].map((row) => this.#mergeLaunch(row)));
		this.#flushPhantoms();
		const agents = new Map([...this.#agents.values()].flatMap((row) => this.#mergeAgent(row)));
		const guesses = this.#guesses.guess(agents, [...launches.values()]);
		for (const row of agents.values()) {
			for (const launch of this.#writeAgent(row, guesses.get(row.id))) {
				launches.set(keyOf(launch), launch);
			}
		}
		for (const launch of launches.values()) this.#writeCall(launch);
		for (const id of agents.keys()) this.#callers.add(id);
		return [...agents.keys()];
	}

	/** Looks at the calls of all agents that were written or have begun one, and forgets what was pending. */
	interrupt(): void {
		for (const id of this.#callers) this.#interrupt(id);
		this.#forgetPending();
	}

	discard(): void {
		this.#forgetPending();
		this.#guesses.forget();
	}

	#forgetPending(): void {
		this.#agents.clear();
		this.#launches.clear();
		this.#phantoms.clear();
		this.#callers.clear();
		this.#rows.forget();
	}

	/** What an agent ran when it ended will get no result. */
	#interrupt(id: string): void {
		const agent = this.#rows.findAgent(id);
		if (agent === null) return;
		this.#calls.interruptAgent(agent.session, id, () => {
			const launches = this.#launchesOf(agent, agent.launch);
			const told = toldOfRows(agent, launches, this.#rows.cutsOf(agent.session));
			return Math.max(
				...spansOf(...told).map(({ endedAt }) => endedAt ?? Number.NEGATIVE_INFINITY),
			);
		});
	}

	/** Those that links name; where none does, the one that it is taken for. */
	#launchesOf({ id, session }: AgentRow, guess: string | null): readonly LaunchRow[] {
		const linked = this.#rows.launchesOf(id);
		if (linked.length > 0 || guess === null) return linked;
		return [this.#rows.findLaunch(session, guess) ?? []].flat();
	}

	#mergeLaunch(row: LaunchRow): [key: string, LaunchRow] {
		const before = this.#rows.findLaunch(row.session, row.id);
		const after = before === null ? row : mergeLaunches(before, row);
		const { id, agent } = after;
		this.#rows.putLaunch(after);
		if (agent !== null) this.noteAgent(after.session, agent, {});
		if (before !== null && before.agent !== agent) this.#guesses.unlinked(after.session);
		if (agent !== id) {
			this.#agents.delete(id);
			this.#rows.dropStandIn(id);
		}
		return [keyOf(after), after];
	}

	#flushPhantoms(): void {
		for (const [id, { session, told }] of this.#phantoms) {
			if (this.#agents.has(id) || this.#rows.findAgent(id) !== null) {
				this.noteAgent(session, id, { told });
				continue;
			}
			const text = toldText(union(this.#phantom(id), told));
			this.#rows.run("writePhantom", [id, session, text]);
		}
	}

	#phantom(id: string): readonly Fact[] {
		return toldOf(this.#rows.all("phantom", [id])[0]?.[0]);
	}

	/** The row as it will be; none for a launching call whose agent is known by its own id. */
	#mergeAgent(row: AgentRow): [id: string, AgentRow][] {
		if (this.#rows.all("standIn", [row.id]).length > 0) return [];
		const before = this.#rows.findAgent(row.id);
		if (before !== null) return [[row.id, AGENTS.merge(before, row)]];
		const told = this.#phantom(row.id);
		if (told.length > 0) this.#rows.run("dropPhantom", [row.id]);
		return [[row.id, { ...row, told: union(row.told, told) }]];
	}

	/** @returns the launches of the agent, and the one that it is no longer taken for */
	#writeAgent(row: AgentRow, guess: string | undefined): LaunchRow[] {
		const launches = this.#launchesOf(row, guess ?? null);
		const before = this.#guesses.launchBefore(row.id);
		const isLeft = before !== null && !launches.some(({ id }) => id === before);
		const left = isLeft ? (this.#rows.findLaunch(row.session, before) ?? []) : [];
		const launch = launches[0] ?? null;
		const parent = launch?.parent ?? null;
		const depth = this.#depthBelow(parent);
		const told = toldOfRows(row, launches, this.#rows.cutsOf(row.session));
		const { endedAt, outcome, stubs } = lifeOf(...told);
		this.#rows.putAgent({
			...row,
			parent,
			launch: launch?.id ?? null,
			type: row.ownType ?? (launch && askedType(launch)),
			model: modelIn(row.answered) ?? row.ownModel ?? launch?.model ?? null,
			description: launch?.description ?? null,
			depth,
			endedAt,
			outcome,
			stubs,
		});
		this.#deepen(row.id, depth, MAX_DEPTH);
		return launches.concat(left);
	}

	/** Agents that were known before the one above them was learn how deep they are. */
	#deepen(id: string, depth: number | null, left: number): void {
		if (left === 0) return;
		const below = depth === null ? null : depth + 1;
		for (const [child, known] of this.#rows.all("children", [id])) {
			if (known === below) continue;
			this.#rows.deepen(child as string, below);
			this.#deepen(child as string, below, left - 1);
		}
	}

	#depthBelow(parent: string | null): number | null {
		if (parent === null) return 1;
		const above = this.#rows.findAgent(parent)?.depth ?? null;
		return above !== null && above < MAX_DEPTH ? above + 1 : null;
	}

	/** The launch as a call: open while the agent runs, as long as the agent, failed as it failed. */
	#writeCall(launch: LaunchRow): void {
		if (launch.ts === null) return;
		const agent = this.#agentOf(launch);
		const linked = agent === null ? [] : this.#rows.launchesOf(agent.id);
		const launches = linked.some(({ id }) => id === launch.id) ? linked : [launch];
		const told = toldOfRows(agent, launches, this.#rows.cutsOf(launch.session));
		const [life, spans] = [lifeOf(...told), spansOf(...told)];
		this.#calls.put({
			...openCall(launch, launch.ts, agent?.ownType),
			...answerOf(launch, launch.ts, agent, life, spans),
		});
	}

	#agentOf({ session, id, agent }: LaunchRow): AgentRow | null {
		if (agent !== null) return this.#rows.findAgent(agent);
		const [guessed] = this.#rows.all("launchedFor", [session, id])[0] ?? [];
		return typeof guessed === "string" ? this.#rows.findAgent(guessed) : null;
	}
}

function keyOf({ session, id }: LaunchRow): string {
	return `${session} ${id}`;
}
