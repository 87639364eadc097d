import type { GraphNode } from "./graphNode.ts";

/** How far up a chain of callers is looked at: one that bites its tail has no end. */
const MAX_DEPTH = 100;

/**
 * The node that a node hangs from: of an agent that of its first launch's caller, else its session's; of a
 * session whoever started it.
 */
export function parentOf(node: GraphNode): GraphNode | null {
	if (node.kind === "session") return node.startedBy;
	const caller = callerOf(node);
	return caller === null || closesCircle(node, caller) ? node.root : caller;
}

/** Whether a launch was asked for after another. */
export function isYounger(a: GraphNode | null, b: GraphNode | null): boolean {
	const [first, second] = [a?.request?.ts ?? 0, b?.request?.ts ?? 0];
	return first !== second ? first > second : (a?.id ?? "") > (b?.id ?? "");
}

function callerOf({ launch }: GraphNode): GraphNode | null {
	return launch?.request?.caller.shownBy ?? null;
}

/** Of agents that claim to have launched each other, the last claim is not believed. */
function closesCircle(node: GraphNode, caller: GraphNode): boolean {
	let last = node;
	let above: GraphNode | null = caller;
	for (let depth = 0; above !== null && depth < MAX_DEPTH; depth++) {
		if (above === node) return last === node;
		if (isYounger(above.launch, last.launch)) last = above;
		above = callerOf(above);
	}
	return false;
}
