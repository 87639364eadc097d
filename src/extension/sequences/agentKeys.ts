import type { NodeView } from "../../model/views/view.ts";
import type { SequenceDetail } from "../../sequences/learned.ts";

/** Keys of those agents that are in the graph; where there is no agent, of their session. */
export function agentKeys(
	agents: SequenceDetail["agents"],
	views: Iterable<Pick<NodeView, "key" | "id" | "kind" | "session">>,
): string[] {
	const name = (session: string, agent: string | null): string => JSON.stringify([session, agent]);
	const wanted = new Set(agents.map(({ sessionId, agentId }) => name(sessionId, agentId)));
	return [...views]
		.filter(({ id, kind, session }) => wanted.has(name(session, kind === "session" ? null : id)))
		.map(({ key }) => key);
}
