import type { TelemetryStore } from "../storage/store.ts";
import { FAILED } from "../tables/callRow.ts";

/** How many values lie in one bucket of an exponential histogram of scale {@link SCALE}. */
export interface BucketRow {
	readonly client: string;
	/** Tool of calls, model of messages. */
	readonly subject: string;
	/** Class of a call's error, kind of tokens of a message; null where there is none. */
	readonly kind: string | null;
	/** Values above 2^(bucket / 2^SCALE) and up to 2^((bucket + 1) / 2^SCALE); null: 0. */
	readonly bucket: number | null;
	readonly count: number;
	readonly sum: number;
	readonly min: number;
	readonly max: number;
}

/** Sum of a kind of things by client. */
export interface SumRow {
	readonly client: string;
	readonly subject: string;
	readonly kind: string | null;
	readonly sum: number;
}

export interface SinceSums {
	/** Durations of calls by tool and class of error, in s. */
	readonly durations: readonly BucketRow[];
	/** Tokens of messages by model and kind, `input` or `output`. */
	readonly tokens: readonly BucketRow[];
	/** US dollars by model. */
	readonly costs: readonly SumRow[];
	/** Failed calls by tool and class of error. */
	readonly errors: readonly SumRow[];
	/** Agents that run now, by type. */
	readonly live: readonly SumRow[];
}

/** 16 buckets from one power of 2 to the next. */
export const SCALE = 4;

/**
 * What happened from then on, summed up.
 *
 * @param from ms since the epoch
 * @param now ms since the epoch
 * @param silenceMs an agent whose session was silent for longer does not count as live
 */
export function exportSums(
	store: TelemetryStore,
	from: number,
	now: number,
	silenceMs: number,
): SinceSums {
	return {
		durations: store.all<BucketRow>(DURATIONS, [from]),
		tokens: store.all<BucketRow>(TOKENS, [from]),
		costs: store.all<SumRow>(COSTS, [from]),
		errors: store.all<SumRow>(ERRORS, [from]),
		live: store.all<SumRow>(LIVE, [now - silenceMs]),
	};
}

/** Of rows with client, subject, kind and value. */
function bucketsOf(rows: string): string {
	// The ceiling, less one.
	const whole = "CAST(place AS INTEGER)";
	const bucket = `iif(value > 0, ${whole} + (place > ${whole}) - 1, NULL)`;
	const placed = `SELECT *, log2(value) * ${2 ** SCALE} AS place FROM (${rows})`;
	return `SELECT client, subject, kind, ${bucket} AS bucket, count(*) AS count,
		total(value) AS sum, min(value) AS min, max(value) AS max
		FROM (${placed}) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;
}

const FAILURE = `CASE WHEN ${FAILED} THEN ifnull(error_class, '') END`;
const DURATIONS = bucketsOf(`SELECT client, tool_used AS subject, ${FAILURE} AS kind,
	duration_ms / 1000.0 AS value
	FROM calls WHERE ts >= ? AND success IS NOT NULL AND duration_ms IS NOT NULL`);
const ERRORS = `SELECT client, tool_used AS subject, ifnull(error_class, '') AS kind, count(*) AS sum
	FROM calls WHERE ts >= ? AND ${FAILED} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;

const OF_CLIENT =
	"FROM messages AS m JOIN sessions AS s ON s.session_id = m.session_id WHERE ts >= ?1";
const TOKENS = bucketsOf(`SELECT client, m.model AS subject, 'input' AS kind,
		tokens_in + cache_read + cache_write_5m + cache_write_1h AS value ${OF_CLIENT}
	UNION ALL SELECT client, m.model, 'output', tokens_out ${OF_CLIENT}`);
const COSTS = `SELECT client, m.model AS subject, NULL AS kind, total(cost_usd) AS sum
	${OF_CLIENT} AND cost_usd IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`;

const LIVE = `SELECT client, ifnull(agent_type, '') AS subject, NULL AS kind, count(*) AS sum
	FROM agents AS a JOIN sessions AS s ON s.session_id = a.session_id
	WHERE a.ended_at IS NULL AND s.last_heard_at >= ? AND s.ended_by = 'last_heard'
	GROUP BY 1, 2 ORDER BY 1, 2`;
