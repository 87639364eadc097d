import type { Counters, NodeState, Outcome } from "../views/view.ts";
import type { GraphNode } from "./graphNode.ts";
import type { GraphSession } from "./graphSession.ts";
import { aliasesOf, idOf, viewOf } from "./nodeView.ts";
import { parentOf } from "./parents.ts";

/** One node of the graph by its ids rather than by keys, as the command line and tests need it. */
export interface NodeDescription {
	readonly id: string;
	/** Other ids that resolve to it, such as the tool_use_id of its spawn. */
	readonly aliases: readonly string[];
	readonly kind: "session" | "agent";
	readonly session: string;
	/** Id of the parent; null on a session. */
	readonly parent: string | null;
	readonly type: string;
	readonly description: string;
	readonly model: string;
	readonly state: NodeState;
	readonly outcome: Outcome | null;
	readonly stubs: number | null;
	readonly calls: number;
	readonly failures: number;
	/** Of its own messages, all kinds together; null where no transcript has told of any. */
	readonly tokens: number | null;
	/** US dollars for its own messages, as far as prices are known; null where none is. */
	readonly costUsd: number | null;
}

/** The whole graph in plain words. */
export interface GraphDescription {
	readonly nodes: readonly NodeDescription[];
	readonly counters: Counters;
}

export function describeGraph(
	sessions: Iterable<GraphSession>,
	counters: Counters,
): GraphDescription {
	const nodes: NodeDescription[] = [];
	for (const session of sessions) for (const node of session.nodes()) nodes.push(describe(node));
	return { nodes, counters };
}

function describe(node: GraphNode): NodeDescription {
	const view = viewOf(node);
	return {
		id: view.id,
		aliases: aliasesOf(node),
		kind: view.kind,
		session: view.session,
		parent: parentId(node),
		type: view.type,
		description: view.description,
		model: view.model,
		state: view.state,
		outcome: view.outcome,
		stubs: view.stubs,
		calls: view.calls,
		failures: view.failures,
		tokens: view.tokens,
		costUsd: view.costUsd,
	};
}

function parentId(node: GraphNode): string | null {
	const parent = parentOf(node);
	return parent === null ? null : idOf(parent);
}
