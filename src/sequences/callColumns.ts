/**
 * Calls as columns, one place per call in the order in which they were recorded. Names are codes
 * from 0: a million calls then take 34 bytes each, and comparing two is comparing numbers.
 */
export interface CallColumns {
	readonly length: number;
	/** Code of the function called. */
	readonly functions: Int32Array;
	/** Code of the agent within its session; the orchestrator is one of them. */
	readonly agents: Int32Array;
	/** Code of the session of each agent. */
	readonly agentSessions: readonly number[];
	/** ms since the epoch */
	readonly times: Float64Array;
	/** {@link SUCCEEDED}, {@link FAILED} or {@link OPEN} */
	readonly outcomes: Int8Array;
	/** Whole microseconds, whose sums are the same in any order; NaN where unknown. */
	readonly durationsUs: Float64Array;
	/** 1 for a call that could be one with others, see `canBeJoined`. */
	readonly joined: Uint8Array;
}

export const SUCCEEDED = 1;
export const FAILED = 0;
export const OPEN = -1;

/**
 * The calls of one agent after the other, the agents of a session together; within an agent by time,
 * and calls of the same time as they were recorded. Linear where they were recorded in order.
 *
 * @returns places in the columns
 */
export function orderCalls(calls: CallColumns): Int32Array {
	const starts = startsOfAgents(calls);
	const order = new Int32Array(calls.length);
	const next = Int32Array.from(starts);
	for (let call = 0; call < calls.length; call++) {
		const agent = calls.agents[call] ?? 0;
		const place = next[agent] ?? 0;
		order[place] = call;
		next[agent] = place + 1;
	}
	for (const [agent, start] of starts.entries()) {
		sortByTime(order.subarray(start, next[agent]), calls.times);
	}
	return order;
}

function startsOfAgents({ agents, agentSessions, length }: CallColumns): Int32Array {
	const counts = new Int32Array(agentSessions.length);
	for (let call = 0; call < length; call++) {
		const agent = agents[call] ?? 0;
		counts[agent] = (counts[agent] ?? 0) + 1;
	}
	const bySession = Array.from(counts.keys()).sort(
		(a, b) => (agentSessions[a] ?? 0) - (agentSessions[b] ?? 0) || a - b,
	);
	const starts = new Int32Array(counts.length);
	let start = 0;
	for (const agent of bySession) {
		starts[agent] = start;
		start += counts[agent] ?? 0;
	}
	return starts;
}

function sortByTime(order: Int32Array, times: Float64Array): void {
	const timeAt = (place: number): number => times[order[place] ?? 0] ?? 0;
	for (let place = 1; place < order.length; place++) {
		if (timeAt(place - 1) <= timeAt(place)) continue;
		order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
		return;
	}
}
