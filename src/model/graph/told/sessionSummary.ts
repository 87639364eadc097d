import type { SessionSummary } from "../../views/view.ts";
import type { GraphSession } from "../graphSession.ts";
import { countNodes } from "./counters.ts";

/** What a session with all its agents came to, as far as it is known by now. */
export function summaryOf(session: GraphSession): SessionSummary {
	const { root } = session;
	const totals = countNodes(session.nodes(), null);
	const outcomes = { functional: 0, partial: 0, scaffolding: 0, fail: 0, none: 0, lost: 0 };
	for (const { kind, life } of session.nodes()) {
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
		files: session.changedFiles.size,
	};
}
