import {
	type Actor,
	type ActorColumns,
	Codes,
	type InsightSession,
	ORCHESTRATOR,
} from "../../insights/columns.ts";
import { startedSessions } from "../queries/sessionStarts.ts";
import type { TelemetryStore } from "../storage/store.ts";

/** Nested deeper than any client lets them be. */
const MAX_DEPTH = 64;

interface AgentRow {
	readonly id: string;
	readonly session: string | null;
	readonly parent: string | null;
	readonly type: string | null;
	readonly model: string | null;
}

/** Sessions and agents by their ids, as places in columns. */
export class Actors {
	readonly columns: ActorColumns;
	readonly #sessions: InsightSession[] = [];
	readonly #actors: Actor[] = [];
	readonly #agents: ReadonlyMap<string, AgentRow>;
	readonly #sessionModels = new Map<string, string>();
	readonly #placesOfSessions = new Map<string, number>();
	readonly #orchestrators = new Map<string, number>();
	/** By agent id, which no two agents share. */
	readonly #placesOfAgents = new Map<string, number>();
	readonly #starters: ReadonlyMap<string, string>;
	readonly #projectOf: (cwd: string) => string;

	constructor(store: TelemetryStore, projectOf: (cwd: string) => string) {
		this.columns = {
			projects: new Codes(),
			clients: new Codes(),
			types: new Codes(),
			models: new Codes(),
			sessions: this.#sessions,
			actors: this.#actors,
		};
		this.#projectOf = projectOf;
		this.#starters = startedSessions(store);
		const rows = store.all<AgentRow>(
			`SELECT agent_id AS id, session_id AS session, parent_agent_id AS parent,
				agent_type AS type, model FROM agents`,
		);
		this.#agents = new Map(rows.map((row) => [row.id, row]));
		const sessions = store.all<SessionRow>(
			`SELECT session_id AS id, cwd, client, model, started_at AS startedAt FROM sessions`,
		);
		for (const row of sessions) this.#addSession(row);
	}

	/** The place of a session's orchestrator. */
	ofOrchestrator(session: string): number {
		return this.#orchestrators.get(session) ?? this.#addOrchestrator(session);
	}

	/** The place of an agent. @param sessionOf asked of one whose session no row of its own tells */
	ofAgent(agent: string, sessionOf: () => string): number {
		return this.#placesOfAgents.get(agent) ?? this.#addAgent(agent, sessionOf);
	}

	#addOrchestrator(session: string): number {
		const { types, models } = this.columns;
		const place = this.#add({
			session: this.#placeOfSession(session),
			type: types.of(ORCHESTRATOR),
			model: models.of(this.#sessionModels.get(session) ?? ""),
			agent: null,
			types: [],
		});
		this.#orchestrators.set(session, place);
		return place;
	}

	#addAgent(agent: string, sessionOf: () => string): number {
		const { types, models } = this.columns;
		const row = this.#agents.get(agent);
		const place = this.#add({
			session: this.#placeOfSession(row?.session ?? sessionOf()),
			type: types.of(row?.type ?? ""),
			model: models.of(row?.model ?? ""),
			agent,
			types: this.#typesOf(agent),
		});
		this.#placesOfAgents.set(agent, place);
		return place;
	}

	#add(actor: Actor): number {
		return this.#actors.push(actor) - 1;
	}

	#typesOf(agent: string): number[] {
		const found = new Set<number>();
		let id: string | null = agent;
		for (let depth = 0; id !== null && depth < MAX_DEPTH; depth++) {
			const row: AgentRow | undefined = this.#agents.get(id);
			found.add(this.columns.types.of(row?.type ?? ""));
			id = row?.parent ?? null;
		}
		return [...found];
	}

	#within(id: string): string[] {
		const within = [id];
		// They make no circles.
		for (
			let above = this.#starters.get(id);
			above !== undefined;
			above = this.#starters.get(above)
		) {
			within.push(above);
		}
		return within;
	}

	#placeOfSession(id: string): number {
		const known = this.#placesOfSessions.get(id);
		if (known !== undefined) return known;
		return this.#addSession({ id, cwd: null, client: "", model: null, startedAt: null });
	}

	#addSession({ id, cwd, client, model, startedAt }: SessionRow): number {
		const { projects, clients } = this.columns;
		if (model !== null) this.#sessionModels.set(id, model);
		const session = {
			id,
			project: projects.of(cwd === null || cwd === "" ? "" : this.#projectOf(cwd)),
			client: clients.of(client),
			startedAt,
			within: this.#within(id),
		};
		const place = this.#sessions.push(session) - 1;
		this.#placesOfSessions.set(id, place);
		return place;
	}
}

interface SessionRow {
	readonly id: string;
	readonly cwd: string | null;
	readonly client: string;
	readonly model: string | null;
	readonly startedAt: number | null;
}
