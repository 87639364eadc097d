import {
	agentDone,
	agentLinked,
	agentNoted,
	agentReported,
	agentSpawned,
	agentStarted,
	agentStopped,
} from "../agents/agentEvents.ts";
import { reapSession } from "../agents/reaping.ts";
import { sessionEnded, sessionStarted, turnBegan, turnEnded } from "../agents/sessionEvents.ts";
import {
	permissionAsked,
	skillUsed,
	toolReturned,
	toolUsed,
	userReminded,
} from "../calls/callEvents.ts";
import { EventStats, type GraphNote } from "../events/eventStats.ts";
import type { AgentEvent, LineProblem } from "../events/events.ts";
import { parseLine } from "../events/parseEvent.ts";
import { tokensUsed } from "../usage/usage.ts";
import type { Counters, GraphPatch, GraphSnapshot, NodeDetail } from "../views/view.ts";
import { Changes } from "./changes.ts";
import { countNodes } from "./counters.ts";
import { describeGraph, type GraphDescription } from "./graphDescription.ts";
import type { GraphNode } from "./graphNode.ts";
import type { GraphSession } from "./graphSession.ts";
import { SessionDirectory } from "./sessionDirectory.ts";
import { snapshotNodes } from "./snapshot.ts";

/**
 * The live graph that an event log implies: sessions, their agents and calls. Events are applied in
 * the order of the log; what they change can be taken as patches, or seen whole as a snapshot.
 * Deterministic: the same lines give the same graph, keys included.
 */
export class LiveGraph {
	readonly stats = new EventStats();
	readonly #changes: Changes;
	readonly #sessions: SessionDirectory;
	#lastEventAt: number | null = null;

	/**
	 * @param keyPrefix what the keys of its nodes begin with; graphs that one page is shown one after
	 * the other need different ones, or a node of the second is taken for one of the first
	 */
	constructor(keyPrefix = "n") {
		this.#changes = new Changes(keyPrefix);
		this.#sessions = new SessionDirectory(this.#changes);
	}

	/** Applies one line of the log, without its newline; a line that cannot be used is counted. */
	applyLine(line: string): void {
		const parsed = parseLine(line);
		if (typeof parsed === "string") this.countProblem(parsed);
		else this.apply(parsed);
	}

	/** Counts a line that was lost before it could be parsed. */
	countProblem(problem: LineProblem): void {
		this.stats.problem(problem, this.#lastEventAt ?? 0);
	}

	apply(event: AgentEvent): void {
		this.stats.event(event);
		if (event.event === "hook_error") return;
		// Without a time of its own an event happened when the one before it did.
		const isTimeless = event.event === "agent_meta";
		const timed = event.ts === 0 && !isTimeless ? { ...event, ts: this.#lastEventAt ?? 0 } : event;
		// Transcripts are read file by file, and beside the log.
		if (timed.ts !== 0) {
			this.#lastEventAt =
				timed.origin === "hook" ? timed.ts : Math.max(timed.ts, this.#lastEventAt ?? 0);
		}
		const session = this.#sessions.of(timed);
		session.eventCount++;
		if (timed.cwd !== "" && session.root.cwd === "") session.root.cwd = timed.cwd;
		if (timed.origin === "transcript") this.stats.transcriptIn(session.root.cwd, timed.ts);
		// Files of its agents may be read before its own.
		const { root } = session;
		if (timed.ts !== 0 && (root.startedAt === 0 || timed.ts < root.startedAt)) {
			root.startedAt = timed.ts;
		}
		session.root.lastHeardAt = Math.max(session.root.lastHeardAt, timed.ts);
		// Every event is news of its session, if only of when it was last heard of.
		session.changes.touch(session.root);
		const phantoms = session.phantoms.size;
		const note = dispatch(session, timed);
		if (session.phantoms.size < phantoms) this.stats.takeBack("phantom_stop");
		if (note !== null) this.stats.note(note, timed.ts);
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
		return { ...this.#changes.take(), counters: this.counters };
	}

	/** Everything worth showing now: what lives, and what ended last. */
	snapshot(): GraphSnapshot {
		return { nodes: snapshotNodes(this.#sessions.all), counters: this.counters };
	}

	/** What the inspector shows of one node; null when there is no node of that key. */
	detail(key: string): NodeDetail | null {
		return this.#find(key)?.detail() ?? null;
	}

	/** Everything the log implied, ended agents included, in the order of appearance. */
	describe(): GraphDescription {
		return describeGraph(this.#sessions.all, this.counters);
	}

	/**
	 * Gives up on whatever was silent for too long.
	 *
	 * @param now ms since the epoch
	 * @param silenceMs silence after which a node counts as lost
	 * @param forgetMs age after which a session with nothing alive is dropped altogether
	 */
	reap(now: number, silenceMs: number, forgetMs = Number.POSITIVE_INFINITY): void {
		for (const session of [...this.#sessions.all]) {
			if (!reapSession(session, now, silenceMs)) continue;
			if (now - session.root.lastHeardAt <= forgetMs) continue;
			for (const node of session.nodes()) this.#changes.remove(node);
			this.#sessions.forget(session);
		}
	}

	*#nodes(): Generator<GraphNode> {
		for (const session of this.#sessions.all) yield* session.nodes();
	}

	#find(key: string): GraphNode | null {
		for (const node of this.#nodes()) if (node.key === key) return node;
		return null;
	}
}

function dispatch(session: GraphSession, event: AgentEvent): GraphNote | null {
	switch (event.event) {
		case "session_start":
			sessionStarted(session, event);
			break;
		case "session_end":
			sessionEnded(session, event);
			break;
		case "prompt":
			turnBegan(session, event);
			break;
		case "turn_end":
			turnEnded(session, event);
			break;
		case "agent_spawn":
			agentSpawned(session, event);
			break;
		case "agent_start":
			agentStarted(session, event);
			break;
		case "agent_link":
			agentLinked(session, event);
			break;
		case "agent_meta":
			agentNoted(session, event);
			break;
		case "agent_done":
			agentDone(session, event);
			break;
		case "agent_stop":
			return agentStopped(session, event) === "phantom" ? "phantom_stop" : null;
		case "agent_result":
			// The report is given to it, and it goes on.
			if (session.root.lives.begins(event.origin, event.ts) && session.root.isAlive) {
				session.root.live();
			}
			agentReported(session, event);
			break;
		case "tool_use":
			return toolUsed(session, event) === "late" ? "late_event" : null;
		case "tool_result":
			return toolReturned(session, event) === "late" ? "late_event" : null;
		case "skill_use":
			return skillUsed(session, event) === "late" ? "late_event" : null;
		case "permission_wait":
			permissionAsked(session, event);
			break;
		case "usage":
			tokensUsed(session, event);
			break;
		case "notification":
			userReminded(session, event);
			break;
		case "compact":
		case "numeric_claim":
		case "hook_error":
			return null;
	}
	return null;
}
