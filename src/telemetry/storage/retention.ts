import { FAILED } from "../tables/callRow.ts";
import { readMeta, writeMeta } from "./meta.ts";
import type { TelemetryStore } from "./store.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Days of the longest window of function_stats, and one that has begun. */
const WINDOW_DAYS = 92;

const LAST_OF_APP = `SELECT max(o.rowid) FROM e2e_runs_fn AS o
	WHERE o.function_id = own.function_id AND o.app_id = own.app_id`;

const LAST_OF_SESSION =
	"(SELECT s.last_heard_at FROM sessions AS s WHERE s.session_id = own.session_id)";

/** Tables of raw rows with their time; what is not here stays. */
const RAW: readonly (readonly [table: string, time: string])[] = [
	["calls", "ts"],
	// A message is told several times within minutes. While one of those lines may still be read, the
	// row has to be there, or the message would be counted again.
	["messages", `ts + ${HOUR_MS}`],
	["code_writes", "ts"],
	["test_runs", "ts"],
	// By the last run of an app, the next one knows that the app is counted as a consumer.
	["e2e_runs_fn", `iif(own.rowid = (${LAST_OF_APP}), 9e15, ts)`],
	["violations", "ts"],
	// The first uses of a pattern stay: by them the later ones are told.
	["script_uses", "iif(is_early, 9e15, ts)"],
	["skill_invocations", "ts"],
	["numeric_claims", "ts"],
	["session_turns", "ts"],
	["permission_waits", "ts"],
	// What has no end, or no time, is as old as its session was when it was last heard of.
	["agent_spawns", `coalesce(ts, ${LAST_OF_SESSION}, 9e15)`],
	["agents", `coalesce(ended_at, ${LAST_OF_SESSION}, started_at, 9e15)`],
];

/** When a function was last used stays, when the call itself does not. */
const KEEP_LATEST = `UPDATE function_totals SET
	pruned_used_at = max(ifnull(pruned_used_at, -1), pruned.used_at),
	pruned_error_at =
		nullif(max(ifnull(pruned_error_at, -1), ifnull(pruned.error_at, -1)), -1)
	FROM (
		SELECT function_id, max(ts) AS used_at, max(CASE WHEN ${FAILED} THEN ts END) AS error_at
		FROM calls WHERE ts < ? GROUP BY function_id
	) AS pruned
	WHERE pruned.function_id = function_totals.function_id`;

/** @returns ms since the epoch: what happened before was pruned, and counts as counted */
export function prunedBefore(store: TelemetryStore): number {
	return Number(readMeta(store, "pruned_before") ?? Number.NEGATIVE_INFINITY);
}

/**
 * Before when rows are not kept, ms since the epoch.
 *
 * @param now ms since the epoch
 */
export function keptSince(retentionDays: number, now: number): number {
	return now - retentionDays * DAY_MS;
}

/**
 * Deletes raw rows older than the days to be kept; the sums over them stay. The last day before the
 * newest row always stays, so that a log may be pruned while it is still being read.
 *
 * @param now ms since the epoch
 * @returns rows deleted
 */
export function prune(store: TelemetryStore, retentionDays: number, now: number): number {
	const newest = store.first("SELECT max(ts) FROM calls")?.[0];
	if (typeof newest !== "number") return 0;
	const before = Math.min(keptSince(retentionDays, now), newest - DAY_MS);
	let deleted = 0;
	const remove = (table: string, time: string, limit: number): void => {
		store.database.run(`DELETE FROM ${table} AS own WHERE ${time} < ?`, [limit]);
		deleted += store.database.getRowsModified();
	};
	store.transaction(() => {
		// Where all is kept every row would be looked at for nothing.
		if (before > Number.NEGATIVE_INFINITY) {
			store.database.run(KEEP_LATEST, [before]);
			for (const [table, time] of RAW) remove(table, time, before);
		}
		remove("function_hours", "hour", Math.floor((now - 2 * DAY_MS) / HOUR_MS));
		const keptDays = Math.max(WINDOW_DAYS, retentionDays);
		remove("function_days", "day", Math.floor(now / DAY_MS) - keptDays);
		if (before > prunedBefore(store)) writeMeta(store, "pruned_before", String(before));
	});
	return deleted;
}
