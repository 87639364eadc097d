import type { RecordedSession } from "../figures.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { SESSION_USAGE } from "./usageQueries.ts";

/** Sessions, newest first. @param limit at most so many */
export function recordedSessions(store: TelemetryStore, limit = 1000): RecordedSession[] {
	return store.all(
		`SELECT s.session_id AS id, s.cwd, s.model, s.started_at AS startedAt,
			s.ended_at AS endedAt, ifnull(a.agents, 0) AS agents,
			ifnull(a.failed, 0) AS failedAgents, ifnull(t.calls, 0) AS calls,
			ifnull(t.errors, 0) AS failedCalls, u.tokens, u.costUsd,
			ifnull(u.messagesWithoutPrice, 0) AS messagesWithoutPrice
			FROM sessions AS s LEFT JOIN session_totals AS t ON t.session_id = s.session_id
			LEFT JOIN (SELECT session_id, count(*) AS agents, sum(outcome = 'fail') AS failed
				FROM agents GROUP BY session_id) AS a ON a.session_id = s.session_id
			LEFT JOIN (${SESSION_USAGE}) AS u ON u.session_id = s.session_id
			WHERE s.started_at IS NOT NULL
			ORDER BY s.started_at DESC, s.session_id LIMIT ?`,
		[limit],
	);
}
