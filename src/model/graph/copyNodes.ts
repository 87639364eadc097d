import type { SessionCalls } from "../calls/sessionCalls.ts";
import type { GraphNode, OpenCall } from "./graphNode.ts";
import type { SessionState } from "./sessionState.ts";

/** Copies of the nodes and calls of a session, which refer to each other as the originals do. */
interface NodeCopies {
	/** In the order of appearance. */
	readonly all: GraphNode[];
	readonly calls: SessionCalls<GraphNode>;
	of(node: GraphNode): GraphNode;
}

/**
 * @param originals of a session, each at the place of its number
 * @param calls all that any ledger of them shows, and others
 * @param session the copy of what is known of it
 */
export function copyNodes(
	originals: readonly GraphNode[],
	calls: SessionCalls<GraphNode>,
	session: SessionState,
): NodeCopies {
	const all = originals.map((node) => node.twin());
	const of = (node: GraphNode): GraphNode => all[node.number] ?? node;
	const copied = calls.copy(of);
	const callOf = ({ place }: OpenCall): OpenCall => copied.at(place);
	for (const node of all) refer(node, session, of, callOf);
	return { all, calls: copied, of };
}

/** Leads a twin from what the original refers to, to the copies of that. */
function refer(
	node: GraphNode,
	session: SessionState,
	of: (node: GraphNode) => GraphNode,
	callOf: (call: OpenCall) => OpenCall,
): void {
	const listOf = (nodes: readonly GraphNode[]) => (nodes.length === 0 ? nodes : nodes.map(of));
	const { request } = node;
	node.session = session;
	node.root = of(node.root);
	node.request = request === null ? null : { ...request, caller: of(request.caller) };
	node.agent = node.agent === null ? null : of(node.agent);
	node.guess = node.guess === null ? null : of(node.guess);
	node.launched = listOf(node.launched);
	node.shownBy = of(node.shownBy);
	node.parts = listOf(node.parts);
	// It refers to another session: the copy finds it anew.
	node.startedBy = null;
	node.isDirty = false;
	node.isTold = false;
	node.copyOwn(callOf);
}
