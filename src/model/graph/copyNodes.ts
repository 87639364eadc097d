import type { GraphNode, OpenCall } from "./graphNode.ts";

/** Copies of the nodes and calls of a session, which refer to each other as the originals do. */
interface NodeCopies {
	/** In the order of appearance. */
	readonly all: GraphNode[];
	/** By tool_use_id. */
	readonly calls: Map<string, OpenCall>;
	of(node: GraphNode): GraphNode;
}

/**
 * @param originals of a session, each at the place of its number
 * @param calls all that any ledger of them shows, and others
 */
export function copyNodes(
	originals: readonly GraphNode[],
	calls: ReadonlyMap<string, OpenCall>,
): NodeCopies {
	const all = originals.map((node) => node.twin());
	const of = (node: GraphNode): GraphNode => all[node.number] ?? node;
	const copied = new Map<string, OpenCall>();
	for (const [id, call] of calls) copied.set(id, { ...call, owner: of(call.owner) });
	const callOf = (call: OpenCall): OpenCall => copied.get(call.id) ?? call;
	for (const node of all) refer(node, of, callOf);
	return { all, calls: copied, of };
}

/** Leads a twin from what the original refers to, to the copies of that. */
function refer(
	node: GraphNode,
	of: (node: GraphNode) => GraphNode,
	callOf: (call: OpenCall) => OpenCall,
): void {
	const listOf = (nodes: readonly GraphNode[]) => (nodes.length === 0 ? nodes : nodes.map(of));
	const { request } = node;
	node.root = of(node.root);
	node.request = request === null ? null : { ...request, caller: of(request.caller) };
	node.agent = node.agent === null ? null : of(node.agent);
	node.guess = node.guess === null ? null : of(node.guess);
	node.links = listOf(node.links);
	node.launched = listOf(node.launched);
	node.shownBy = of(node.shownBy);
	node.parts = listOf(node.parts);
	node.launches = listOf(node.launches);
	node.isDirty = false;
	node.isTold = false;
	node.copyOwn(callOf);
}
