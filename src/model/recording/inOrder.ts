import type { AgentEvent, AgentMetaEvent } from "../events/events.ts";

/**
 * Events by time, those of one time as they were told. What stands beside a transcript has no time of
 * its own: it is as old as the first thing that is told of its agent or of the call that launched it.
 */
export function inOrder(told: readonly AgentEvent[]): AgentEvent[] {
	const metas = told.filter(({ event }) => event === "agent_meta") as AgentMetaEvent[];
	const firsts = firstMentions(told, new Set(metas.flatMap(({ id, child }) => [id, child])));
	const timed = told.map((event) => {
		if (event.event !== "agent_meta") return event;
		const first = Math.min(firsts.get(event.child) ?? event.ts, firsts.get(event.id) ?? event.ts);
		return first === event.ts ? event : { ...event, ts: first };
	});
	return timed.sort((a, b) => a.ts - b.ts);
}

/** When each of some agents and calls was first told of, ms since the epoch. */
function firstMentions(
	told: readonly AgentEvent[],
	wanted: ReadonlySet<string>,
): ReadonlyMap<string, number> {
	const firsts = new Map<string, number>();
	const mention = (id: string, ts: number): void => {
		if (id === "" || !wanted.has(id)) return;
		firsts.set(id, Math.min(firsts.get(id) ?? ts, ts));
	};
	for (const event of told) {
		if (event.event === "agent_meta") continue;
		mention(event.agent, event.ts);
		if ("id" in event) mention(event.id, event.ts);
		if ("child" in event) mention(event.child, event.ts);
	}
	return firsts;
}
