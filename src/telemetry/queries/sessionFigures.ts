import { INTERRUPTED } from "../../model/calls/mergeCalls.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { FAILED } from "../tables/callRow.ts";
import { SESSION_USAGE } from "./usageQueries.ts";

/** What a session is held against limits with. */
export interface SessionVerdictFigures {
	readonly sessionId: string;
	/** ms since the epoch */
	readonly startedAt: number | null;
	readonly calls: number;
	/** Those that were cut off with the session or an agent are none. */
	readonly failedCalls: number;
	readonly interruptedCalls: number;
	readonly violations: number;
	/** 0 to 100; null under five calls. */
	readonly health: number | null;
	/** US dollars, all agents included; null where no message has a price. */
	readonly costUsd: number | null;
	readonly messagesWithoutPrice: number;
}

/** @param session id; null for the one that began last @returns null when there is none */
export function sessionFigures(
	store: TelemetryStore,
	session: string | null,
): SessionVerdictFigures | null {
	const [figures = null] = store.all<SessionVerdictFigures>(
		`WITH wanted AS (
			SELECT * FROM sessions WHERE ?1 = '' OR session_id = ?1
				ORDER BY started_at DESC, session_id LIMIT 1
		)
		SELECT s.session_id AS sessionId, s.started_at AS startedAt,
			(SELECT count(*) FROM calls AS c WHERE c.session_id = s.session_id) AS calls,
			(SELECT count(*) FROM calls AS c WHERE c.session_id = s.session_id AND ${FAILED}) AS failedCalls,
			(SELECT count(*) FROM calls AS c WHERE c.session_id = s.session_id
				AND error_class = '${INTERRUPTED}') AS interruptedCalls,
			(SELECT count(*) FROM violations AS v WHERE v.session_id = s.session_id) AS violations,
			s.health_score AS health, u.costUsd, ifnull(u.messagesWithoutPrice, 0) AS messagesWithoutPrice
		FROM wanted AS s LEFT JOIN (${SESSION_USAGE}) AS u ON u.session_id = s.session_id`,
		[session ?? ""],
	);
	return figures;
}
