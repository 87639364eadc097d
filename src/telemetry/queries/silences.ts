import type { UsualSilence } from "../../model/views/doing.ts";
import type { TelemetryStore } from "../storage/store.ts";

/** Calls that are looked at, the newest: what is usual changes. */
const CALLS = 50_000;
/** Fewer silences of a type say nothing of what is usual. */
const LEAST = 20;

/**
 * How long nothing is heard of agents of each type: the 95th percentile of the times between two
 * events next to each other, which are the starts and ends of calls.
 */
export function usualSilences(store: TelemetryStore): UsualSilence[] {
	return store.all<UsualSilence>(SILENCES, [CALLS, LEAST]);
}

const SILENCES = `
	WITH latest AS (
		SELECT agent_id, ts, duration_ms FROM calls
		WHERE agent_id IS NOT NULL ORDER BY rowid DESC LIMIT ?1
	),
	heard AS (
		SELECT agent_id, ts AS at FROM latest
		UNION ALL SELECT agent_id, ts + duration_ms FROM latest WHERE duration_ms > 0
	),
	silences AS (
		SELECT agent_type AS type,
			at - lag(at) OVER (PARTITION BY heard.agent_id ORDER BY at) AS ms
		FROM heard JOIN agents USING (agent_id)
	),
	ranked AS (
		SELECT type, ms, cume_dist() OVER (PARTITION BY type ORDER BY ms) AS share
		FROM silences WHERE ms IS NOT NULL AND type <> ''
	)
	SELECT type, min(ms) FILTER (WHERE share >= 0.95) AS ms
	FROM ranked GROUP BY type HAVING count(*) >= ?2 ORDER BY type
`;
