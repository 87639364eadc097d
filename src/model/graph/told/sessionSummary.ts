import type { SessionSummary } from "../../views/view.ts";
import type { GraphNode } from "../graphNode.ts";
import type { GraphSession } from "../graphSession.ts";
import type { LiveGraph } from "../liveGraph.ts";
import { countNodes } from "./counters.ts";

/**
 * What a session with all its agents came to, and with the sessions that those started, as far as it is known by
 * now; null when there is no session whose node has that key.
 */
export function sessionSummary(graph: LiveGraph, key: string): SessionSummary | null {
	const all = [...graph.sessions];
	const session = all.find(({ root }) => root.key === key);
	return session === undefined ? null : summaryOf(session, all);
}

function summaryOf(session: GraphSession, all: readonly GraphSession[]): SessionSummary {
	const { root } = session;
	const sessions = all.filter((each) => isWithin(each, session));
	const nodes = sessions.flatMap((each) => [...each.nodes()]);
	const totals = countNodes(nodes, null);
	const outcomes = { functional: 0, partial: 0, scaffolding: 0, fail: 0, none: 0, lost: 0 };
	for (const { kind, life } of nodes) {
		if (kind === "session") continue;
		if (life.state === "lost") outcomes.lost++;
		else if (life.state === "done") outcomes[life.outcome ?? "none"]++;
	}
	return {
		key: root.key,
		startedAt: root.startedAt,
		endedAt: root.life.endedAt,
		agents: totals.spawned,
		outcomes,
		calls: totals.toolCalls,
		failures: totals.failedCalls,
		tokens: totals.tokens,
		costUsd: totals.costUsd,
		isCostPartial: totals.isCostPartial,
		files: sessions.reduce((sum, { changedFiles }) => sum + changedFiles.size, 0),
	};
}

/** Whether a session is another one, or was started by something in it. */
function isWithin({ root }: GraphSession, other: GraphSession): boolean {
	for (let at: GraphNode | undefined = root; at !== undefined; at = at.startedBy?.root) {
		if (at === other.root) return true;
	}
	return false;
}
