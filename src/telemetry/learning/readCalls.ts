import { setImmediate as nextTurn } from "node:timers/promises";
import { CallLog } from "../../sequences/callLog.ts";
import { canBeJoined } from "../../sequences/joining.ts";
import { SHORTEST_WAIT_MS } from "../rollups/callWaits.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { FAILED } from "../tables/callRow.ts";
import { TelemetryError } from "../telemetryError.ts";

/** Rows read before other requests get a turn, about 15 ms of work. */
const SLICE = 20_000;

export interface ReadCalls {
	readonly log: CallLog;
	/** The row of each call, by its place in the log. */
	readonly rows: Float64Array;
}

/**
 * Reads every call in the order in which they were recorded, which costs less than having SQLite
 * sort them. What is recorded meanwhile is left for the next time.
 *
 * @param onProgress told the share that has been read, 0 to 1
 * @throws TelemetryError `cancelled`
 */
export async function readCalls(
	store: TelemetryStore,
	onProgress: (share: number) => void,
	signal: AbortSignal,
): Promise<ReadCalls> {
	const [count, last] = store.first("SELECT count(*), ifnull(max(rowid), 0) FROM calls") ?? [0, 0];
	const log = new CallLog(Number(count));
	const rows = new Float64Array(Number(count));
	let [after, read, before] = [0, 0, -1];
	const take = (row: Row): void => {
		// Rows may have been deleted since they were counted, never added up to the last.
		if (read === rows.length) return;
		after = row[0];
		rows[read++] = after;
		log.add(row[1], row[2], row[3], row[4], row[5], row[6], canBeJoined(row[3], row[7]));
	};
	while (read > before && after < Number(last)) {
		before = read;
		readSlice(store, after, Number(last), take);
		onProgress(read / rows.length);
		await nextTurn();
		throwIfCancelled(signal);
	}
	return { log, rows };
}

export function throwIfCancelled(signal: AbortSignal): void {
	if (signal.aborted) throw new TelemetryError("cancelled", "Cancelled.");
}

type Row = [
	...[rowid: number, session: string, agent: string | null, functionId: string],
	...[ts: number, success: 0 | 1 | null, durationMs: number | null],
	tool: string,
];

function readSlice(
	store: TelemetryStore,
	after: number,
	last: number,
	take: (row: Row) => void,
): void {
	const statement = store.database.prepare(
		`SELECT rowid, session_id, agent_id, function_id, ts, iif(success = 0 AND NOT (${FAILED}), NULL, success), CASE
				WHEN duration_ms > ${SHORTEST_WAIT_MS} AND EXISTS
					(SELECT 1 FROM waits AS w WHERE w.tool_use_id = calls.tool_use_id) THEN NULL
				ELSE duration_ms END, tool_used
			FROM calls
			WHERE rowid > ? AND rowid <= ? ORDER BY rowid LIMIT ${SLICE}`,
		[after, last],
	);
	try {
		while (statement.step()) take(statement.get() as Row);
	} finally {
		statement.free();
	}
}
