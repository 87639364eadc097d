import { EventStats } from "../events/eventStats.ts";
import type { AgentEvent } from "../events/events.ts";
import type { LineProblem } from "../events/lineProblem.ts";
import type { Counters, GraphPatch, GraphSnapshot } from "../views/view.ts";
import { applyEvent } from "./apply/applyEvent.ts";
import { applyToSession } from "./apply/applySessions.ts";
import { Changes } from "./changes.ts";
import type { GraphNode } from "./graphNode.ts";
import type { GraphSession } from "./graphSession.ts";
import { lastHeard, reapSession } from "./reaping.ts";
import { SessionDirectory } from "./sessionDirectory.ts";
import { Starters } from "./starters.ts";
import { countNodes } from "./told/counters.ts";
import { historyOf, type NodeHistory } from "./told/nodeHistory.ts";
import { viewOf } from "./told/nodeView.ts";
import { snapshotNodes } from "./told/snapshot.ts";

interface LiveGraphOptions {
	/**
	 * What the keys of its nodes begin with; graphs that one page is shown one after the other need
	 * different ones, or a node of the second is taken for one of the first.
	 */
	readonly keyPrefix?: string | undefined;
	/**
	 * ms since the epoch: what happened later is left out, so that this is the graph as it was then,
	 * however much is known by now.
	 */
	readonly until?: number;
	/** Clients by their programs' names, so that what agents start from a shell hangs under them. */
	readonly clientsByProgram?: ReadonlyMap<string, string>;
	/** Every call can be had of every node, and not only the latest of those that were seen last. */
	readonly keepsAllCalls?: boolean;
}

/**
 * The live graph that an event log and transcripts imply: sessions, their agents and calls. What
 * changes can be taken as patches, or seen whole as a snapshot. The same events give the same nodes,
 * in whatever order they are applied; in the same order the same keys as well.
 */
export class LiveGraph {
	readonly stats = new EventStats();
	#changes: Changes;
	#sessions: SessionDirectory;
	#starters: Starters;
	#until: number;
	#lastEventAt: number | null = null;

	constructor(options: LiveGraphOptions = {}) {
		const {
			keyPrefix = "n",
			until,
			keepsAllCalls = false,
			clientsByProgram = NO_PROGRAMS,
		} = options;
		this.#changes = new Changes(keyPrefix, keepsAllCalls);
		this.#sessions = new SessionDirectory(this.#changes);
		this.#starters = new Starters(clientsByProgram);
		this.#until = until ?? Number.POSITIVE_INFINITY;
	}

	/** Another graph of the same state, which goes on by itself and has told nobody of anything yet. */
	copy(): LiveGraph {
		const copy = new LiveGraph();
		copy.#changes = this.#changes.copy();
		copy.#sessions = this.#sessions.copy(copy.#changes);
		copy.#starters = this.#starters.copy();
		copy.#until = this.#until;
		copy.#lastEventAt = this.#lastEventAt;
		return copy;
	}

	/** Counts a line that was lost before it could be parsed. */
	countProblem(problem: LineProblem): void {
		this.stats.problem(problem, this.#lastEventAt ?? 0);
	}

	apply(event: AgentEvent): void {
		// What stands beside a transcript has no time of its own, and only says which agent is which.
		if (event.ts > this.#until && event.event !== "agent_meta") return;
		this.stats.event(event);
		if (event.event === "hook_error") return;
		const timed = this.#timed(event);
		const { client, cwd, origin, ts } = timed;
		const session = this.#sessions.of(timed);
		const { root, state, phantoms } = session;
		if (state.cwd === "") state.cwd = cwd;
		// As in the database: the same in any order.
		if (client > state.client) state.client = client;
		if (origin === "transcript") this.stats.transcriptIn(client, state.cwd, ts);
		// Every event is news of its session, if only of when it was last heard of.
		root.hear(timed);
		session.changes.touch(root);
		const phantomsBefore = phantoms.size;
		const note = applyEvent(session, timed, this.#starters);
		applyToSession(session, timed);
		if (phantoms.size < phantomsBefore) this.stats.takeBack("phantom_stop");
		if (note !== null) this.stats.note(note, ts);
	}

	get lastEventAt(): number | null {
		return this.#lastEventAt;
	}

	get counters(): Counters {
		return countNodes(this.#nodes(), this.#lastEventAt);
	}

	/** What changed since the last patch was taken; null when nothing did. */
	takePatch(): GraphPatch | null {
		if (this.#changes.isEmpty) return null;
		this.#bind();
		const { nodes, removes, pulses } = this.#changes.take();
		return { upserts: nodes.map(viewOf), removes, pulses, counters: this.counters };
	}

	/**
	 * In place of a patch: everything that the nodes that changed did, parents before children, and
	 * the keys of those that are gone. Whoever draws it counts nothing, which takes time for thousands.
	 */
	takeHistories(): { readonly histories: NodeHistory[]; readonly removes: readonly string[] } {
		this.#bind();
		const { nodes, removes } = this.#changes.take();
		return { histories: nodes.map(historyOf), removes };
	}

	/** Everything worth showing now: what lives, and what ended last. */
	snapshot(): GraphSnapshot {
		this.#bind();
		return { nodes: snapshotNodes(this.#sessions.all), counters: this.counters };
	}

	/** Id of the session that a node belongs to; null when there is no node of that key. */
	sessionOf(key: string): string | null {
		for (const node of this.#nodes()) if (node.key === key) return node.root.id;
		return null;
	}

	/** Everything that is known, ended agents included, in the order of appearance. */
	get sessions(): Iterable<GraphSession> {
		this.#bind();
		return this.#sessions.all;
	}

	/**
	 * Gives up on whatever was silent for too long.
	 *
	 * @param now ms since the epoch
	 * @param silenceMs silence after which a node counts as lost
	 * @param forgetMs age after which a session with nothing alive is dropped altogether
	 */
	reap(now: number, silenceMs: number, forgetMs = Number.POSITIVE_INFINITY): void {
		this.#bind();
		const sessions = [...this.#sessions.all];
		const heardAt = lastHeard(sessions, now);
		for (const session of sessions) {
			if (!reapSession(session, now, silenceMs, heardAt)) continue;
			if (now - session.root.lastHeardAt <= forgetMs) continue;
			for (const node of session.nodes()) this.#changes.remove(node);
			this.#sessions.forget(session);
			this.#starters.forget(session.root.id);
		}
	}

	#timed(event: AgentEvent): AgentEvent {
		if (event.event === "agent_meta") return event.ts > this.#until ? { ...event, ts: 0 } : event;
		// Transcripts are read file by file, and beside the log.
		const isLater = event.origin === "hook" || event.ts > (this.#lastEventAt ?? 0);
		if (isLater) this.#lastEventAt = event.ts;
		return event;
	}

	#bind(): void {
		for (const session of this.#sessions.all) session.partners.bind();
		this.#starters.bind(this.#sessions.all, this.#changes);
	}

	*#nodes(): Generator<GraphNode> {
		for (const session of this.#sessions.all) yield* session.nodes();
	}
}

const NO_PROGRAMS: ReadonlyMap<string, string> = new Map();
