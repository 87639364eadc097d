import { createHash } from "node:crypto";
import type { SqlValue } from "sql.js";
import type { FoundSequence } from "../../sequences/detector.ts";
import type { Sequence } from "../../sequences/learned.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { type WrittenRows, writeWanted } from "./upsert.ts";

const COLUMNS = [
	"sequence_hash",
	"function_ids",
	"length",
	"occurrences",
	"sessions",
	"success_rate",
	"mean_duration_ms",
	"lift",
	"first_ts",
	"last_ts",
];

/** SHA-256, in hex, of the names as JSON. */
export function hashOf(names: readonly string[]): string {
	return createHash("sha256").update(JSON.stringify(names)).digest("hex");
}

/** The table becomes what was found, and nothing else. Must run inside a transaction. */
export function writeSequences(
	store: TelemetryStore,
	found: readonly FoundSequence[],
	functionIds: readonly string[],
): WrittenRows {
	return writeWanted(store, {
		table: "sequences",
		columns: COLUMNS,
		updated: COLUMNS.slice(3),
		where: "true",
		rows: rowsOf(found, functionIds),
	});
}

function* rowsOf(
	found: readonly FoundSequence[],
	functionIds: readonly string[],
): Generator<SqlValue[]> {
	const hashed = found.map((one) => ({ one, hash: hashOf(namesOf(one, functionIds)) }));
	// In the order of their keys rows are put one behind the other, which is faster and takes less.
	hashed.sort((a, b) => (a.hash < b.hash ? -1 : 1));
	for (const { one, hash } of hashed) {
		const names = namesOf(one, functionIds);
		yield [
			hash,
			JSON.stringify(names),
			names.length,
			one.occurrences,
			one.sessions,
			one.successRate,
			one.meanDurationMs,
			one.lift,
			one.firstTs,
			one.lastTs,
		];
	}
}

export function namesOf({ functions }: FoundSequence, functionIds: readonly string[]): string[] {
	return functions.map((code) => functionIds[code] ?? "");
}

/** Most occurrences first, of as many the longer; at most `limit`. */
export function readSequences(store: TelemetryStore, limit: number): Sequence[] {
	return select(store, "ORDER BY occurrences DESC, length DESC, sequence_hash LIMIT ?", limit);
}

/** @returns null when the last run did not find it */
export function readSequence(store: TelemetryStore, hash: string): Sequence | null {
	return select(store, "WHERE sequence_hash = ?", hash)[0] ?? null;
}

function select(store: TelemetryStore, clause: string, value: string | number): Sequence[] {
	const rows = store.all<Omit<Sequence, "functionIds"> & { functionIds: string }>(
		`SELECT sequence_hash AS hash, function_ids AS functionIds, occurrences, sessions,
			success_rate AS successRate, mean_duration_ms AS meanDurationMs, lift,
			first_ts AS firstTs, last_ts AS lastTs FROM sequences ${clause}`,
		[value],
	);
	return rows.map((row) => ({ ...row, functionIds: JSON.parse(row.functionIds) as string[] }));
}
