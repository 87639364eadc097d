import { isAlive, type NodeView } from "../../model/views/view.ts";
import type { NoticeClock } from "./waitNotices.ts";

/** A session that goes on by itself, as one does whose background agent has ended, does so by then. */
const QUIET_MS = 3000;
/** What ended longer ago is history that is only now read, ms. */
const FRESH_MS = 60_000;

/** What the user wants to be told of. */
export interface DoneWishes {
	readonly agents: boolean;
	readonly sessions: boolean;
}

/**
 * When to tell the user that something is done: a background agent that ended, and a session that was
 * at work and has come to rest with all its agents.
 */
export class DoneNotices {
	readonly #tell: (node: NodeView) => void;
	readonly #clock: NoticeClock;
	#wishes: DoneWishes = { agents: false, sessions: false };
	readonly #nodes = new Map<string, NodeView>();
	/** Ids of the sessions that were at work when they were last looked at. */
	readonly #busy = new Set<string>();
	/** Takes back what is due, by session id. */
	readonly #due = new Map<string, () => void>();

	/** @param tell told the agent that is done, or the session that is at rest */
	constructor(tell: (node: NodeView) => void, clock: NoticeClock) {
		this.#tell = tell;
		this.#clock = clock;
	}

	configure(wishes: DoneWishes): void {
		this.#wishes = wishes;
	}

	/** What is so from the start is no news. */
	startOver(nodes: Iterable<NodeView>): void {
		this.clear();
		for (const node of nodes) this.#nodes.set(node.key, node);
		for (const session of this.#sessions()) if (this.#isAtWork(session)) this.#busy.add(session.id);
	}

	/** Takes in what has changed. */
	note(upserts: readonly NodeView[], removes: readonly string[]): void {
		for (const key of removes) this.#nodes.delete(key);
		for (const node of upserts) {
			const before = this.#nodes.get(node.key);
			this.#nodes.set(node.key, node);
			if (before !== undefined && this.#isDone(before, node)) this.#tell(node);
		}
		const touched = new Set(upserts.map(({ session }) => session));
		for (const session of this.#sessions()) if (touched.has(session.id)) this.#look(session);
	}

	clear(): void {
		for (const cancel of this.#due.values()) cancel();
		this.#due.clear();
		this.#busy.clear();
		this.#nodes.clear();
	}

	#isDone(before: NodeView, after: NodeView): boolean {
		if (!this.#wishes.agents || after.kind !== "agent" || !after.background) return false;
		return isAlive(before) && after.state === "done" && this.#isFresh(after.endedAt);
	}

	#look(session: NodeView): void {
		const { id } = session;
		if (this.#isAtWork(session)) {
			this.#busy.add(id);
			this.#due.get(id)?.();
			this.#due.delete(id);
			return;
		}
		if (!this.#busy.delete(id) || !this.#wishes.sessions) return;
		if (session.state === "lost" || !this.#isFresh(session.heardAt)) return;
		this.#due.set(
			id,
			this.#clock.after(QUIET_MS, () => {
				this.#due.delete(id);
				this.#tell(this.#nodes.get(session.key) ?? session);
			}),
		);
	}

	#isAtWork(session: NodeView): boolean {
		if (isAlive(session) && session.state !== "idle") return true;
		for (const node of this.#nodes.values()) {
			if (node.kind === "agent" && node.session === session.id && isAlive(node)) return true;
		}
		return false;
	}

	#isFresh(at: number | null): boolean {
		return at !== null && this.#clock.now() - at < FRESH_MS;
	}

	*#sessions(): Generator<NodeView> {
		for (const node of this.#nodes.values()) if (node.kind === "session") yield node;
	}
}
