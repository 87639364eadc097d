/** Names by small numbers, in the order of their first use. */
export class Codes {
	readonly names: string[] = [];
	readonly #codes = new Map<string, number>();

	of(name: string): number {
		const known = this.#codes.get(name);
		if (known !== undefined) return known;
		this.#codes.set(name, this.names.length);
		return this.names.push(name) - 1;
	}

	/** -1 for a name that nothing goes by. */
	find(name: string): number {
		return this.#codes.get(name) ?? -1;
	}
}

/** A session as figures are told of it. */
export interface InsightSession {
	readonly id: string;
	/** Code of the project. */
	readonly project: number;
	/** Code of the client. */
	readonly client: number;
	/** ms since the epoch; null where unknown */
	readonly startedAt: number | null;
	/** Sessions that it is part of, itself first: those that started it, one above the other. */
	readonly within: readonly string[];
}

/** Whoever makes calls and sends messages: an orchestrator or an agent. */
export interface Actor {
	/** Place among the sessions. */
	readonly session: number;
	/** Code of the agent type. */
	readonly type: number;
	/** Code of the model that answered last. */
	readonly model: number;
	/** Agent id; null for the orchestrator. */
	readonly agent: string | null;
	/** Distinct codes of its type and those of its ancestors, the orchestrator left out. */
	readonly types: readonly number[];
}

/** Messages, one place each. */
export interface MessageColumns {
	readonly length: number;
	/** ms since the epoch */
	readonly times: Float64Array;
	/** Places among the actors. */
	readonly actors: Int32Array;
	/** Codes of the models. */
	readonly models: Int32Array;
	readonly tokensIn: Float64Array;
	readonly tokensOut: Float64Array;
	readonly cacheRead: Float64Array;
	readonly cacheWrite: Float64Array;
	/** Whole billionths of a US dollar; NaN for a message without a price. */
	readonly nanoUsd: Float64Array;
}

/** What became of a call. */
export const CALL_OPEN = 0;
export const CALL_SUCCEEDED = 1;
export const CALL_FAILED = 2;
/** It was open when its session or agent ended: no failure. */
export const CALL_INTERRUPTED = 3;

/** Place of durations that are not known, or hold the wait for a person. */
export const NO_BUCKET = -1;

/** Calls, one place each, in the order in which they were recorded. */
export interface MeasuredCalls {
	readonly length: number;
	/** Rows of the table, rising. */
	readonly rows: Float64Array;
	/** ms since the epoch */
	readonly times: Float64Array;
	readonly actors: Int32Array;
	/** Codes of the functions. */
	readonly functions: Int32Array;
	/** {@link CALL_OPEN} and the like. */
	readonly ends: Uint8Array;
	/** Codes of error classes; of failed calls only. */
	readonly errors: Int32Array;
	/** ms; NaN where unknown, or where it holds the wait for a person. */
	readonly durationsMs: Float64Array;
	/** Place of the duration in a dense histogram, or {@link NO_BUCKET}. */
	readonly buckets: Int16Array;
}

/** Who there is, by the names that figures go by. */
export interface ActorColumns {
	readonly projects: Codes;
	readonly clients: Codes;
	readonly types: Codes;
	readonly models: Codes;
	readonly sessions: readonly InsightSession[];
	readonly actors: readonly Actor[];
}

/** All that the figures of usage are made from. */
export interface UsageColumns extends ActorColumns {
	readonly messages: MessageColumns;
}

/** All that the figures of functions are made from. */
export interface FunctionColumns extends ActorColumns {
	readonly functions: Codes;
	readonly errors: Codes;
	readonly calls: MeasuredCalls;
}

/** Type of those that no agent is: what the session itself does. */
export const ORCHESTRATOR = "main";
