import { startersOf } from "../agents/startedSessions.ts";
import type { ToolResultEvent, ToolUseEvent } from "../events/events.ts";
import type { Changes } from "./changes.ts";
import type { GraphNode } from "./graphNode.ts";
import type { GraphSession } from "./graphSession.ts";

/** A call that runs a client. */
interface RunningClient {
	readonly session: string;
	/** Who called; empty for the session itself. */
	readonly agent: string;
	readonly client: string;
	startedAt: number;
	endedAt: number | null;
}

/** Finds the sessions that agents of other sessions started from a shell. */
export class Starters {
	readonly #clientsByProgram: ReadonlyMap<string, string>;
	/** By tool_use_id; few sessions have any. */
	readonly #calls = new Map<string, RunningClient>();
	/** Something may hang under something. */
	#isBound = false;

	constructor(clientsByProgram: ReadonlyMap<string, string>) {
		this.#clientsByProgram = clientsByProgram;
	}

	copy(): Starters {
		const copy = new Starters(this.#clientsByProgram);
		for (const [id, call] of this.#calls) copy.#calls.set(id, { ...call });
		return copy;
	}

	note(session: string, event: ToolUseEvent | ToolResultEvent): void {
		if (event.program === "") return;
		const client = this.#clientsByProgram.get(event.program);
		if (client === undefined) return;
		const isResult = event.event === "tool_result";
		const startedAt = isResult ? event.ts - (event.durationMs ?? 0) : event.ts;
		const known = this.#calls.get(event.id);
		const call = known ?? { session, agent: event.agent, client, startedAt, endedAt: null };
		call.startedAt = Math.min(call.startedAt, startedAt);
		if (isResult) call.endedAt = Math.max(call.endedAt ?? 0, event.ts);
		this.#calls.set(event.id, call);
	}

	forget(session: string): void {
		for (const [id, call] of this.#calls) if (call.session === session) this.#calls.delete(id);
	}

	/** Hangs each session that was started for certain under whoever started it. */
	bind(sessions: Iterable<GraphSession>, changes: Changes): void {
		if (this.#calls.size === 0 && !this.#isBound) return;
		this.#isBound = this.#calls.size > 0;
		const byId = new Map([...sessions].map((session) => [session.root.id, session] as const));
		const calls = [...this.#calls.values()].map((call) => ({
			...call,
			cwd: byId.get(call.session)?.state.cwd ?? "",
		}));
		const starters = startersOf(calls, [...byId.values()].map(spanOf));
		for (const { root } of byId.values()) {
			const call = starters.get(root.id);
			const caller = call && byId.get(call.session)?.actor(call.agent);
			hang(root, caller?.shownBy ?? null, changes);
		}
	}
}

function hang(root: GraphNode, caller: GraphNode | null, changes: Changes): void {
	if (root.startedBy === caller) return;
	const { startedBy } = root;
	if (startedBy !== null) startedBy.started = startedBy.started.filter((each) => each !== root);
	if (caller !== null) caller.started = caller.started.concat(root);
	root.startedBy = caller;
	changes.touch(root);
}

function spanOf({ root, state }: GraphSession) {
	const { id, firstHeardAt: startedAt, lastHeardAt: heardAt } = root;
	return { id, cwd: state.cwd, client: state.client, startedAt, heardAt };
}
