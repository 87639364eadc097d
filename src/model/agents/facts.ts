import type { AgentEvent, Origin } from "../events/events.ts";
import type { Outcome } from "../views/view.ts";

/** Who tells of an agent's life. */
export type Teller = Origin | "otlp";

/**
 * One thing that was told of an agent. All that is told is a set of these, so it does not matter in
 * which order, how often and by whom; what follows from it, `lifeOf` says.
 */
export interface Fact {
	/** ms since the epoch */
	readonly at: number;
	readonly by: Teller;
	/** Version of the line. */
	readonly v: 1 | 2;
	/**
	 * - `start`: it begins, or goes on after an end
	 * - `stop`: it said its last word, or was stopped
	 * - `report`: whoever launched or resumed it was told of an end, or that its launch failed
	 */
	readonly kind: "start" | "stop" | "report";
	/** Of a report the call that it answers: the launch, or the message that resumed the agent. */
	readonly call: string;
	/** Of a report how it ended, in the client's word; of a failed launch the class of its error. */
	readonly status: string;
	readonly outcome: Outcome | null;
	readonly stubs: number | null;
}

/** How many of a kind are kept of one agent: the latest, of which no more than a few still matter. */
const KEPT = 64;

const ORDER: Readonly<Record<Fact["kind"], number>> = { start: 0, stop: 1, report: 2 };

/** What an event says of an agent's life; null for an event that says nothing of it. */
export function factOf(event: AgentEvent): Fact | null {
	switch (event.event) {
		case "agent_start":
			return newFact(event, "start", {});
		case "agent_stop":
			return newFact(event, "stop", { outcome: event.outcome, stubs: event.stubs });
		case "agent_done":
			return newFact(event, "report", {
				call: event.id,
				status: "completed",
				outcome: event.outcome,
				stubs: event.stubs,
			});
		case "agent_result":
			// Only the numbers tell two reports apart where no call is named.
			return newFact(event, "report", {
				call: event.id || event.fingerprint,
				status: event.status,
			});
		case "tool_result":
			// Of a call that launches agents.
			return newFact(event, "report", { call: event.id, status: `launch:${event.errorClass}` });
		default:
			return null;
	}
}

/** That a launching call itself failed; undefined where it did not. */
export function failureIn(told: readonly Fact[]): Fact | undefined {
	return told.find(({ status }) => status.startsWith("launch:"));
}

function newFact(
	{ ts, origin, via, v }: AgentEvent,
	kind: Fact["kind"],
	more: Partial<Pick<Fact, "call" | "status" | "outcome" | "stubs">>,
): Fact {
	return {
		at: ts,
		by: via ?? origin,
		v,
		kind,
		call: more.call ?? "",
		status: more.status ?? "",
		outcome: more.outcome ?? null,
		stubs: more.stubs ?? null,
	};
}

/**
 * Everything that is told in either of two sets, sorted by time: the same in any order and with any
 * repetition. Of lives that are long over the oldest facts go, whichever way the union is put together.
 *
 * @param told sorted, as are `more` and what is returned; returned itself where it holds all of `more`
 */
export function union(told: readonly Fact[], more: readonly Fact[]): readonly Fact[] {
	const added = more.filter((fact) => !told.some((known) => compare(known, fact) === 0));
	return added.length === 0 ? told : latest(told.concat(added).sort(compare));
}

/** All that is told of several ids that are one agent. */
export function unionOf(parts: readonly { readonly told: readonly Fact[] }[]): readonly Fact[] {
	let all: readonly Fact[] = [];
	for (const { told } of parts) all = all.length === 0 ? told : union(all, told);
	return all;
}

/** Cuts off what lies before the oldest moment up to which all kinds are known in full. */
function latest(facts: readonly Fact[]): readonly Fact[] {
	if (facts.length <= KEPT) return facts;
	const from = cutBefore(facts);
	return facts.filter(({ at }) => at >= from);
}

/** When the oldest of as many facts of one kind as are kept was told, ms since the epoch. */
function cutBefore(facts: readonly Fact[]): number {
	const counts = { start: 0, stop: 0, report: 0 };
	let from = Number.NEGATIVE_INFINITY;
	for (let index = facts.length - 1; index >= 0; index--) {
		const fact = facts[index];
		if (fact !== undefined && ++counts[fact.kind] === KEPT) from = Math.max(from, fact.at);
	}
	return from;
}

/** Whether nothing was cut off: the facts go back to the first life. */
export function isWhole(told: readonly Fact[]): boolean {
	return told.length < KEPT || cutBefore(told) === Number.NEGATIVE_INFINITY;
}

function compare(a: Fact, b: Fact): number {
	return (
		a.at - b.at ||
		ORDER[a.kind] - ORDER[b.kind] ||
		a.v - b.v ||
		order(a.by, b.by) ||
		order(a.call, b.call) ||
		order(a.status, b.status) ||
		order(a.outcome ?? "", b.outcome ?? "") ||
		(a.stubs ?? -1) - (b.stubs ?? -1)
	);
}

function order(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}
