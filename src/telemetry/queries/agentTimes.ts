import type { UsualDuration, UsualSilence, UsualTimes } from "../../model/views/usualTimes.ts";
import type { TelemetryStore } from "../storage/store.ts";

/** Calls and agents that are looked at, the newest: what is usual changes. */
const CALLS = 50_000;
const AGENTS = 10_000;
/** Fewer silences of a type say nothing of what is usual, and so do fewer agents. */
const LEAST_SILENCES = 20;
const LEAST_AGENTS = 5;

/** What is usual of agents of each type, as far as enough of them are known. */
export function usualTimes(store: TelemetryStore): UsualTimes {
	return {
		silences: store.all<UsualSilence>(SILENCES, [CALLS, LEAST_SILENCES]),
		durations: store.all<UsualDuration>(DURATIONS, [AGENTS, LEAST_AGENTS]),
	};
}

/**
 * How long nothing is heard of them: the 95th percentile of the times between two events next to each
 * other, which are the starts and ends of calls.
 */
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

/** How long they live: median and 95th percentile from start to end. */
const DURATIONS = `
	WITH latest AS (
		SELECT agent_type AS type, ended_at - started_at AS ms FROM agents
		WHERE ended_at > started_at AND agent_type <> '' ORDER BY ended_at DESC LIMIT ?1
	),
	ranked AS (
		SELECT type, ms, cume_dist() OVER (PARTITION BY type ORDER BY ms) AS share FROM latest
	)
	SELECT type, min(ms) FILTER (WHERE share >= 0.5) AS median,
		min(ms) FILTER (WHERE share >= 0.95) AS p95
	FROM ranked GROUP BY type HAVING count(*) >= ?2 ORDER BY type
`;
