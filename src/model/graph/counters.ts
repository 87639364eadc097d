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
		for (const { ledger, usage } of node.parts) {
			toolCalls += ledger.calls;
			failedCalls += ledger.failures;
			if (usage.tokens === null) continue;
			tokens = (tokens ?? 0) + usage.tokens;
			isAnyUnpriced ||= node.costUsd === null || usage.isCostPartial;
		}
		const { costUsd } = node;
		if (costUsd !== null) nanoUsd = (nanoUsd ?? 0) + Math.round(costUsd * NANO);
		const { state, outcome } = node.life;
		if (node.waiting !== null) waiting++;
		if (node.kind === "session") continue;
		spawned++;
		if (state === "lost") lost++;
		else if (state !== "done") alive++;
		else {
			done++;
			if (outcome === "fail") failed++;
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
