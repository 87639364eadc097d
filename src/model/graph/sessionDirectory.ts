import { standIn } from "../agents/spawnBinding.ts";
import type { AgentEvent } from "../events/events.ts";
import type { Changes } from "./changes.ts";
import { GraphSession } from "./graphSession.ts";

/** Id of the session that v1 lines speak of as long as none has been named. */
const UNNAMED = "main";

/**
 * All sessions by id, and the answer to what v1 leaves open: which session a line belongs to that
 * names none. "main", null and the session id are one root; it is the session spoken of last.
 */
export class SessionDirectory {
	readonly #changes: Changes;
	readonly #byId = new Map<string, GraphSession>();
	/** Session of each launching call that a v1 line named. */
	readonly #v1Spawns = new Map<string, GraphSession>();
	#latest: GraphSession | null = null;

	constructor(changes: Changes) {
		this.#changes = changes;
	}

	get all(): Iterable<GraphSession> {
		return this.#byId.values();
	}

	get(id: string): GraphSession | undefined {
		return this.#byId.get(id);
	}

	forget(session: GraphSession): void {
		this.#byId.delete(session.root.id);
		for (const [id, owner] of this.#v1Spawns) {
			if (owner === session) this.#v1Spawns.delete(id);
		}
		if (this.#latest === session) this.#latest = null;
	}

	/** The session an event belongs to, made when the event is the first of it. */
	of(event: AgentEvent): GraphSession {
		// Lines of one session come in runs, and comparing a string costs less than hashing it.
		if (event.v === 2 && event.session === this.#latest?.root.id) return this.#latest;
		const session = event.session !== "" ? this.#named(event) : this.#unnamed(event);
		if (event.v === 1 && event.event === "agent_spawn") this.#v1Spawns.set(event.id, session);
		if (event.v === 1 && event.agent !== "" && !isKnown(session, event.agent)) {
			standIn(session, event.agent, event.ts);
			this.#v1Spawns.set(event.agent, session);
		}
		if (event.origin === "hook") this.#latest = session;
		return session;
	}

	#named(event: AgentEvent): GraphSession {
		const known = this.#byId.get(event.session);
		if (known !== undefined) return known;
		const unnamed = this.#byId.get(UNNAMED);
		return unnamed === undefined ? this.#make(event) : this.#name(unnamed, event.session);
	}

	#unnamed(event: AgentEvent): GraphSession {
		const byActor = event.agent === "" ? undefined : this.#whose(event.agent);
		const bySpawn = event.event === "agent_done" ? this.#v1Spawns.get(event.id) : undefined;
		return byActor ?? bySpawn ?? this.#latest ?? this.#make(event);
	}

	#whose(actor: string): GraphSession | undefined {
		return this.#byId.get(actor) ?? this.#v1Spawns.get(actor);
	}

	#make(event: AgentEvent): GraphSession {
		const id = event.session || UNNAMED;
		const session = new GraphSession(id, event.ts, this.#changes);
		this.#byId.set(id, session);
		return session;
	}

	/** The session spoken of as "main" so far turns out to have a name. */
	#name(session: GraphSession, id: string): GraphSession {
		this.#byId.delete(UNNAMED);
		this.#byId.set(id, session);
		session.root.id = id;
		session.root.addAlias(UNNAMED);
		this.#changes.touch(session.root);
		return session;
	}
}

function isKnown(session: GraphSession, actor: string): boolean {
	return session.root.id === actor || session.agents.has(actor) || session.spawns.has(actor);
}
