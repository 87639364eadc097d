import { setImmediate as nextTurn } from "node:timers/promises";
import { CallLog } from "../../sequences/callLog.ts";
import type { TelemetryStore } from "../store.ts";
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
	for (let [after, read] = [0, 0]; after < Number(last); ) {
		const before = read;
		for (const row of slice(store, after, Number(last))) {
			// Rows that end a slice may have been deleted between two of them, never added.
			if (read === rows.length) break;
			rows[read++] = after = row[0];
			log.add({
				...{ session: row[1], agent: row[2], functionId: row[3] },
				...{ ts: row[4], success: row[5], durationMs: row[6] },
			});
		}
		if (read === before) break;
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
];

function* slice(store: TelemetryStore, after: number, last: number): Generator<Row> {
	const statement = store.database.prepare(
		`SELECT rowid, session_id, agent_id, function_id, ts, success, duration_ms FROM calls
			WHERE rowid > ? AND rowid <= ? ORDER BY rowid LIMIT ${SLICE}`,
		[after, last],
	);
	try {
		while (statement.step()) yield statement.get() as Row;
	} finally {
		statement.free();
	}
}
