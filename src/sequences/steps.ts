import { type CallColumns, FAILED, OPEN, orderCalls, SUCCEEDED } from "./callColumns.ts";

/** Time between two calls' starts after which the second does not follow from the first, in ms. */
const GAP_MS = 600_000;

/**
 * What sequences are made of: a step is a call, or several of the same function one after the other.
 * Steps of one agent without a gap between them are a run; no sequence leaves its run.
 */
export interface Steps {
	readonly length: number;
	readonly functions: Int32Array;
	readonly runs: Int32Array;
	readonly sessions: Int32Array;
	/** Failed if one of its calls did, else open if one of them is. */
	readonly outcomes: Int8Array;
	/** Sum over its calls; NaN where one is unknown. */
	readonly durationsUs: Float64Array;
	/** Place in {@link order} of the step's first call; one more entry than steps. */
	readonly firstCalls: Int32Array;
	/** The calls of one step after the other, as places in the columns. */
	readonly order: Int32Array;
	/** Of the columns, ms since the epoch. */
	readonly times: Float64Array;
}

/** When the first call of a step started, ms since the epoch. */
export function startOf({ times, order, firstCalls }: Steps, step: number): number {
	return times[order[firstCalls[step] ?? 0] ?? 0] ?? 0;
}

/** When the last call of a step started, ms since the epoch. */
export function endOf({ times, order, firstCalls }: Steps, step: number): number {
	return times[order[(firstCalls[step + 1] ?? 1) - 1] ?? 0] ?? 0;
}

/**
 * Cuts the calls into runs, then makes one step of direct repeats.
 *
 * @param onlyJoined a call that cannot be one with others is no step, and cuts a run as a gap does
 */
export function stepsOf(calls: CallColumns, onlyJoined = false): Steps {
	const order = orderCalls(calls);
	const steps = emptySteps(calls, order);
	let [step, run, before, place] = [-1, -1, -1, 0];
	for (const call of order) {
		if (onlyJoined && calls.joined[call] === 0) {
			before = -1;
			continue;
		}
		const isNewRun = before < 0 || isCut(calls, before, call);
		if (isNewRun) run++;
		if (isNewRun || calls.functions[before] !== calls.functions[call]) {
			step++;
			steps.functions[step] = calls.functions[call] ?? 0;
			steps.runs[step] = run;
			steps.sessions[step] = calls.agentSessions[calls.agents[call] ?? 0] ?? 0;
			steps.outcomes[step] = SUCCEEDED;
			steps.firstCalls[step] = place;
		}
		steps.outcomes[step] = worse(steps.outcomes[step] ?? OPEN, calls.outcomes[call] ?? OPEN);
		steps.durationsUs[step] = (steps.durationsUs[step] ?? 0) + (calls.durationsUs[call] ?? 0);
		// Those that are left out are closed up: what is behind has been read.
		order[place++] = call;
		before = call;
	}
	steps.firstCalls[step + 1] = place;
	return { ...steps, length: step + 1 };
}

export function worse(one: number, other: number): number {
	if (one === FAILED || other === FAILED) return FAILED;
	return one === OPEN || other === OPEN ? OPEN : SUCCEEDED;
}

function isCut({ agents, times }: CallColumns, before: number, call: number): boolean {
	if (agents[before] !== agents[call]) return true;
	return (times[call] ?? 0) - (times[before] ?? 0) > GAP_MS;
}

function emptySteps({ length, times }: CallColumns, order: Int32Array): Steps {
	return {
		length,
		functions: new Int32Array(length),
		runs: new Int32Array(length),
		sessions: new Int32Array(length),
		outcomes: new Int8Array(length),
		durationsUs: new Float64Array(length),
		firstCalls: new Int32Array(length + 1),
		order,
		times,
	};
}

/** The calls of a step and those after it, as places in the columns. */
export function callsAt({ order, firstCalls }: Steps, step: number, length: number): number[] {
	return Array.from(order.subarray(firstCalls[step], firstCalls[step + length]));
}
