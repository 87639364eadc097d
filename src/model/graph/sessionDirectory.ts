import type { AgentEvent, SkillUseEvent, ToolResultEvent, ToolUseEvent } from "../events/events.ts";
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
	/** Session of each call that a v1 line named, which knows no session. */
	readonly #v1Calls = new Map<string, GraphSession>();
	#latest: GraphSession | null = null;

	constructor(changes: Changes) {
		this.#changes = changes;
	}

	/** @param changes of the graph that it becomes part of */
	copy(changes: Changes): SessionDirectory {
		const copy = new SessionDirectory(changes);
		for (const [id, session] of this.#byId) copy.#byId.set(id, session.copy(changes));
		const of = ({ root }: GraphSession) => copy.#byId.get(root.id);
		copyTo(copy.#v1Spawns, this.#v1Spawns, of);
		copyTo(copy.#v1Calls, this.#v1Calls, of);
		copy.#latest = this.#latest === null ? null : (of(this.#latest) ?? null);
		for (const { root, number } of this.#changes.finished.all) {
			const session = copy.#byId.get(root.id);
			const node = session?.parts[number];
			if (session !== undefined && node !== undefined) changes.finished.add(node, session);
		}
		return copy;
	}

	get all(): Iterable<GraphSession> {
		return this.#byId.values();
	}

	get(id: string): GraphSession | undefined {
		return this.#byId.get(id);
	}

	forget(session: GraphSession): void {
		this.#byId.delete(session.root.id);
		session.calls.end();
		for (const [id, owner] of this.#v1Spawns) {
			if (owner === session) this.#v1Spawns.delete(id);
		}
		for (const [id, owner] of this.#v1Calls) if (owner === session) this.#v1Calls.delete(id);
		if (this.#latest === session) this.#latest = null;
	}

	/** The session an event belongs to, made when the event is the first of it. */
	of(event: AgentEvent): GraphSession {
		// Lines of one session come in runs, and comparing a string costs less than hashing it.
		const isLatest = event.v === 2 && event.session === this.#latest?.root.id;
		const session = isLatest && this.#latest !== null ? this.#latest : this.#find(event);
		if ((event.v === 1 || this.#v1Calls.size > 0) && isCall(event)) this.#noteCall(session, event);
		if (isLatest) return session;
		if (event.v === 1 && event.event === "agent_spawn") this.#v1Spawns.set(event.id, session);
		const isNew = event.v === 1 && event.agent !== "" && !this.#v1Spawns.has(event.agent);
		if (isNew && !session.hasActor(event.agent)) {
			session.launch(event.agent).hear(event);
			this.#v1Spawns.set(event.agent, session);
		}
		if (event.origin === "hook") this.#latest = session;
		return session;
	}

	#find(event: AgentEvent): GraphSession {
		return event.session !== "" ? this.#named(event) : this.#unnamed(event);
	}

	/** What v1 was wrongly taken for another session's call is that no longer. */
	#noteCall(session: GraphSession, { id, v }: CallEvent): void {
		const guessed = this.#v1Calls.get(id);
		if (v === 1) this.#v1Calls.set(id, session);
		else this.#v1Calls.delete(id);
		if (v === 2 && guessed !== session) guessed?.dropCall(id, ({ version }) => version === 1);
	}

	#named(event: AgentEvent): GraphSession {
		const known = this.#byId.get(event.session);
		if (known !== undefined) return known;
		const unnamed = this.#byId.get(UNNAMED);
		return unnamed === undefined ? this.#make(event) : this.#name(unnamed, event.session);
	}

	#unnamed(event: AgentEvent): GraphSession {
		const byActor = event.agent === "" ? undefined : this.#whose(event.agent);
		const byCall = isCall(event) ? this.#whoseCall(event.id) : undefined;
		const bySpawn = event.event === "agent_done" ? this.#v1Spawns.get(event.id) : undefined;
		return byCall ?? byActor ?? bySpawn ?? this.#latest ?? this.#make(event);
	}

	#whose(actor: string): GraphSession | undefined {
		return this.#byId.get(actor) ?? this.#v1Spawns.get(actor);
	}

	#whoseCall(id: string): GraphSession | undefined {
		for (const session of this.#byId.values()) if (session.calls.has(id)) return session;
		return undefined;
	}

	#make(event: AgentEvent): GraphSession {
		const id = event.session || UNNAMED;
		const session = GraphSession.begin(id, this.#changes);
		this.#byId.set(id, session);
		return session;
	}

	/** The session spoken of as "main" so far turns out to have a name. */
	#name(session: GraphSession, id: string): GraphSession {
		this.#byId.delete(UNNAMED);
		this.#byId.set(id, session);
		session.root.id = id;
		session.state.aliases = [UNNAMED];
		this.#changes.touch(session.root);
		return session;
	}
}

type CallEvent = ToolUseEvent | ToolResultEvent | SkillUseEvent;

function isCall(event: AgentEvent): event is CallEvent {
	const { event: name } = event;
	return name === "tool_use" || name === "tool_result" || name === "skill_use";
}

function copyTo(
	copy: Map<string, GraphSession>,
	original: ReadonlyMap<string, GraphSession>,
	of: (session: GraphSession) => GraphSession | undefined,
): void {
	for (const [id, session] of original) {
		const copied = of(session);
		if (copied !== undefined) copy.set(id, copied);
	}
}
