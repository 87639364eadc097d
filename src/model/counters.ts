import type { GraphNode } from "./graphNode.ts";
import type { Counters } from "./view.ts";

/** Adds up the nodes. Counting afresh costs little and cannot drift from what is shown. */
export function countNodes(nodes: Iterable<GraphNode>, lastEventAt: number | null): Counters {
	let [alive, waiting, spawned, toolCalls, failedCalls, done, failed, lost] = [
		0, 0, 0, 0, 0, 0, 0, 0,
	];
	let costUsd: number | null = null;
	for (const node of nodes) {
		toolCalls += node.ledger.calls;
		failedCalls += node.ledger.failures;
		if (node.state === "waiting") waiting++;
		if (node.kind === "session") continue;
		spawned++;
		if (node.isAlive) alive++;
		else if (node.phase === "lost") lost++;
		else {
			done++;
			if (node.outcome === "fail") failed++;
		}
		if (node.costUsd !== null) costUsd = (costUsd ?? 0) + node.costUsd;
	}
	// Hooks only know the tokens of an agent's last request, which is no total worth showing.
	const tokens = null;
	return {
		...{ alive, waiting, spawned, toolCalls, failedCalls, done, failed, lost },
		...{ tokens, costUsd, lastEventAt },
	};
}
