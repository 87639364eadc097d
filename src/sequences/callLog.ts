import { type CallColumns, FAILED, OPEN, SUCCEEDED } from "./callColumns.ts";

/** Takes calls in the order in which they were recorded, and codes their names. */
export class CallLog {
	readonly functionIds: string[] = [];
	readonly #functions = new Map<string, number>();
	/** Agents by name, of each session. */
	readonly #sessions = new Map<string, Map<string | null, number>>();
	readonly #agentSessions: number[] = [];
	readonly #columns: CallColumns;
	#length = 0;

	/** @param capacity most calls that can be taken */
	constructor(capacity: number) {
		this.#columns = {
			length: capacity,
			functions: new Int32Array(capacity),
			agents: new Int32Array(capacity),
			agentSessions: this.#agentSessions,
			times: new Float64Array(capacity),
			outcomes: new Int8Array(capacity),
			durationsUs: new Float64Array(capacity),
			joined: new Uint8Array(capacity),
		};
	}

	get columns(): CallColumns {
		return { ...this.#columns, length: this.#length };
	}

	/**
	 * Takes a call in its parts: an object for each would cost as much as the rest.
	 *
	 * @param agent, functionCode as {@link agentOf} and {@link functionOf} have them
	 * @param ts ms since the epoch
	 * @param success null while open, as is the duration
	 * @param isJoined whether it could be one with others
	 */
	add(
		agent: number,
		functionCode: number,
		ts: number,
		success: 0 | 1 | null,
		durationMs: number | null,
		isJoined = true,
	): void {
		const { functions, agents, times, outcomes, durationsUs, joined } = this.#columns;
		const place = this.#length++;
		functions[place] = functionCode;
		agents[place] = agent;
		times[place] = ts;
		joined[place] = Number(isJoined);
		outcomes[place] = success === null ? OPEN : success === 1 ? SUCCEEDED : FAILED;
		durationsUs[place] = durationMs === null ? Number.NaN : Math.round(durationMs * 1000);
	}

	/** The code of a function. */
	functionOf(id: string): number {
		const known = this.#functions.get(id);
		if (known !== undefined) return known;
		this.#functions.set(id, this.functionIds.length);
		return this.functionIds.push(id) - 1;
	}

	/** The code of an agent of a session; null is the orchestrator. */
	agentOf(session: string, agent: string | null): number {
		let agents = this.#sessions.get(session);
		if (agents === undefined) {
			agents = new Map();
			this.#sessions.set(session, agents);
		}
		const known = agents.get(agent);
		if (known !== undefined) return known;
		const code = this.#agentSessions.length;
		agents.set(agent, code);
		// Sessions are coded by the first of their agents.
		this.#agentSessions.push(agents.values().next().value ?? code);
		return code;
	}
}
