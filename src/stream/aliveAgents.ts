import type { LiveGraph } from "../model/graph/liveGraph.ts";
import { nodeDetail } from "../model/graph/told/nodeDetail.ts";

/** An agent at work, in the words of the stream that this one stands in for. */
interface AliveAgent {
	/** tool_use_id of its launch, which its later `agent_done` names too; else its agent id. */
	readonly id: string;
	readonly subagent_type: string;
	readonly model: string;
	/** Its start, ISO-8601 in UTC. */
	readonly ts: string;
	readonly session_id: string;
	readonly agent_id: string;
	readonly description: string;
}

/** The agents at work, those that started last first. */
export function aliveAgents(graph: LiveGraph): AliveAgent[] {
	return graph
		.snapshot()
		.nodes.filter(({ kind, state }) => kind === "agent" && state !== "done" && state !== "lost")
		.sort((a, b) => b.startedAt - a.startedAt)
		.map((node) => ({
			id: nodeDetail(graph, node.key)?.aliases[0] ?? node.id,
			subagent_type: node.type,
			model: node.model,
			ts: new Date(node.startedAt).toISOString(),
			session_id: node.session,
			agent_id: node.id,
			description: node.description,
		}));
}
