import { bindLaunches } from "../../../model/agents/bindLaunches.ts";
import { failureIn } from "../../../model/agents/facts.ts";
import type { AgentRow, LaunchRow } from "./agentRow.ts";
import type { AgentRows } from "./agentRows.ts";

/** Which call launched which agent, as far as it has to be guessed. */
export class LaunchGuesses {
	readonly #rows: AgentRows;
	/** Sessions of which every agent in the table has a link: there is nothing to guess of those. */
	readonly #linked = new Set<string>();

	constructor(rows: AgentRows) {
		this.#rows = rows;
	}

	/**
	 * Guesses which call launched which agent where no link says so, anew for each session of which
	 * something is written, and adds the agents of which the guess is another one than before, or of
	 * whose launch more is known.
	 *
	 * @returns the launch's tool_use_id by agent
	 */
	guess(agents: Map<string, AgentRow>, launches: readonly LaunchRow[]): Map<string, string> {
		const guesses = new Map<string, string>();
		const sessions = new Set([...agents.values(), ...launches].map((row) => row.session));
		const changed = new Set(launches.map(({ id }) => id));
		for (const session of sessions) {
			const free = this.#freeAgents(session, agents);
			if (free.length === 0) continue;
			const bound = bindLaunches(this.#freeLaunches(session), free);
			for (const { id, row } of free) {
				const launch = bound.get(id)?.id ?? null;
				if (launch !== null) guesses.set(id, launch);
				const isSame = this.launchBefore(id) === launch && !changed.has(launch ?? "");
				if (!isSame) agents.set(id, row);
			}
		}
		return guesses;
	}

	/** An agent of the session may have lost its link. */
	unlinked(session: string): void {
		this.#linked.delete(session);
	}

	/** What was written was undone. */
	forget(): void {
		this.#linked.clear();
	}

	/** The call that an agent was taken to be launched by, until now. */
	launchBefore(agent: string): string | null {
		return this.#rows.findAgent(agent)?.launch ?? null;
	}

	/** Agents whose start a hook told, and no link their launch. */
	#freeAgents(session: string, pending: ReadonlyMap<string, AgentRow>) {
		const rows = new Map<string, AgentRow>();
		for (const [id] of this.#linked.has(session) ? [] : this.#rows.all("unlinked", [session])) {
			const row = this.#rows.findAgent(String(id));
			if (row !== null) rows.set(row.id, row);
		}
		for (const row of pending.values()) {
			if (row.session === session && this.#rows.launchesOf(row.id).length === 0)
				rows.set(row.id, row);
		}
		if (rows.size === 0) this.#linked.add(session);
		else this.#linked.delete(session);
		return [...rows.values()].flatMap((row) => {
			const start = row.told.find(({ kind, by }) => kind === "start" && by !== "transcript");
			return start === undefined
				? []
				: [{ id: row.id, at: start.at, type: row.ownType ?? "", row }];
		});
	}

	#freeLaunches(session: string) {
		return this.#rows.freeLaunches(session).map(({ id, ts, type, parent, told }) => ({
			id,
			at: ts ?? 0,
			type: type ?? "",
			caller: parent ?? "",
			failedAt: failureIn(told)?.at ?? null,
		}));
	}
}
