import { NANO } from "../usage/usageTotals.ts";
import type { Counters } from "../views/view.ts";
import type { GraphNode } from "./graphNode.ts";

/** Adds up the nodes. Counting afresh costs little and cannot drift from what is shown. */
export function countNodes(nodes: Iterable<GraphNode>, lastEventAt: number | null): Counters {
	let [alive, waiting, spawned, toolCalls, failedCalls, done, failed, lost] = [
		0, 0, 0, 0, 0, 0, 0, 0,
	];
	let tokens: number | null = null;
	let nanoUsd: number | null = null;
	let isAnyUnpriced = false;
	for (const node of nodes) {
		toolCalls += node.ledger.calls;
		failedCalls += node.ledger.failures;
		if (node.usage.tokens !== null) {
			tokens = (tokens ?? 0) + node.usage.tokens;
			isAnyUnpriced ||= node.costUsd === null || node.usage.isCostPartial;
		}
		if (node.costUsd !== null) nanoUsd = (nanoUsd ?? 0) + Math.round(node.costUsd * NANO);
		if (node.state === "waiting") waiting++;
		if (node.kind === "session") continue;
		spawned++;
		if (node.isAlive) alive++;
		else if (node.phase === "lost") lost++;
		else {
			done++;
			if (node.outcome === "fail") failed++;
		}
	}
	return {
		alive,
		waiting,
		spawned,
		toolCalls,
		failedCalls,
		done,
		failed,
		lost,
		tokens,
		costUsd: nanoUsd === null ? null : nanoUsd / NANO,
		isCostPartial: nanoUsd !== null && isAnyUnpriced,
		lastEventAt,
	};
}
