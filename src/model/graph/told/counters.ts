import { NANO } from "../../usage/usageTotals.ts";
import { EMPTY_COUNTERS } from "../../views/graphMirror.ts";
import type { Counters } from "../../views/view.ts";
import type { GraphNode } from "../graphNode.ts";

/** Adds up the nodes. Counting afresh costs little and cannot drift from what is shown. */
export function countNodes(nodes: Iterable<GraphNode>, lastEventAt: number | null): Counters {
	const counted: { -readonly [Name in keyof Counters]: Counters[Name] } = {
		...EMPTY_COUNTERS,
		lastEventAt,
	};
	let nanoUsd: number | null = null;
	let isAnyUnpriced = false;
	for (const node of nodes) {
		for (const { ledger, usage } of node.parts) {
			counted.toolCalls += ledger.calls;
			counted.failedCalls += ledger.failures;
			if (usage.tokens === null) continue;
			counted.tokens = (counted.tokens ?? 0) + usage.tokens;
			isAnyUnpriced ||= node.costUsd === null || usage.isCostPartial;
		}
		const { costUsd } = node;
		if (costUsd !== null) nanoUsd = (nanoUsd ?? 0) + Math.round(costUsd * NANO);
		const { state, outcome } = node.life;
		if (node.waiting !== null) counted.waiting++;
		if (node.kind === "session") continue;
		counted.spawned++;
		if (state === "lost") counted.lost++;
		else if (state !== "done") counted.alive++;
		else if (outcome === "fail") counted.failed++;
		else counted.done++;
	}
	if (nanoUsd === null) return counted;
	return { ...counted, costUsd: nanoUsd / NANO, isCostPartial: isAnyUnpriced };
}
