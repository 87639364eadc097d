import type { CallRecords } from "../calls/callRecords.ts";
import { type GraphNode, NONE, type OpenCall } from "./graphNode.ts";
import type { SessionState } from "./sessionState.ts";

/** Copies of the nodes of a session, which refer to each other as the originals do. */
interface NodeCopies {
	/** In the order of appearance. */
	readonly all: GraphNode[];
	of(node: GraphNode): GraphNode;
}

/**
 * @param originals of a session, each at the place of its number
 * @param session the copy of what is known of it
 * @param records the copy of those of the graph
 */
export function copyNodes(
	originals: readonly GraphNode[],
	session: SessionState,
	records: CallRecords<GraphNode>,
): NodeCopies {
	const all = originals.map((node) => node.twin());
	const of = (node: GraphNode): GraphNode => all[node.number] ?? node;
	const callOf = ({ place }: OpenCall): OpenCall => records.at(place);
	for (const node of all) refer(node, session, of, callOf);
	return { all, of };
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
	node.started = NONE;
	node.isDirty = false;
	node.isTold = false;
	node.copyOwn(callOf);
}
