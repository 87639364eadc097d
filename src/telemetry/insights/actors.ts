import {
	type Actor,
	type ActorColumns,
	Codes,
	type InsightSession,
	ORCHESTRATOR,
} from "../../insights/columns.ts";
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

	/** The place of whoever did something. @param agent null for the orchestrator */
	of(session: string, agent: string | null): number {
		const places = agent === null ? this.#orchestrators : this.#placesOfAgents;
		const known = places.get(agent ?? session);
		if (known !== undefined) return known;
		const place = this.#actors.push(this.#actorOf(session, agent)) - 1;
		places.set(agent ?? session, place);
		return place;
	}

	#actorOf(session: string, agent: string | null): Actor {
		const { types, models } = this.columns;
		const row = agent === null ? undefined : this.#agents.get(agent);
		const model = (agent === null ? this.#sessionModels.get(session) : row?.model) ?? "";
		return {
			session: this.#placeOfSession(session),
			type: types.of(agent === null ? ORCHESTRATOR : (row?.type ?? "")),
			model: models.of(model),
			agent,
			types: this.#typesOf(agent),
		};
	}

	#typesOf(agent: string | null): number[] {
		const found = new Set<number>();
		let id = agent;
		for (let depth = 0; id !== null && depth < MAX_DEPTH; depth++) {
			const row = this.#agents.get(id);
			found.add(this.columns.types.of(row?.type ?? ""));
			id = row?.parent ?? null;
		}
		return [...found];
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
