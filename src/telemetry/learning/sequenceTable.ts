import { createHash } from "node:crypto";
import type { SqlValue } from "sql.js";
import type { Found, FoundSequence } from "../../sequences/detector.ts";
import type { Sequence } from "../../sequences/learned.ts";
import type { MergedFound } from "../../sequences/merge/mergeWords.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { writeWanted } from "./upsert.ts";

const KEY_COLUMNS = ["sequence_hash", "function_ids", "length"];
const MEASURES = [
	"occurrences",
	"sessions",
	"success_rate",
	"mean_duration_ms",
	"lift",
	"first_ts",
	"last_ts",
];
const MERGED = ["is_loop", "merged"];

/** SHA-256, in hex, of the names as JSON. */
export function hashOf(names: readonly string[]): string {
	return sha256(JSON.stringify(names));
}

function sha256(text: string): string {
	return createHash("sha256").update(text).digest("hex");
}

/** Both tables become what was found, and nothing else. Must run inside a transaction. */
export function writeSequences(
	store: TelemetryStore,
	{ sequences, merged }: Found,
	functionIds: readonly string[],
): number {
	const none = (): SqlValue[] => [];
	const how = ({ isLoop, merged: others }: MergedFound) => [Number(isLoop), others];
	return (
		writeTable(store, "sequences", MEASURES, rowsOf(sequences, functionIds, none)) +
		writeTable(
			store,
			"merged_sequences",
			[...MEASURES, ...MERGED],
			rowsOf(merged, functionIds, how),
		)
	);
}

function writeTable(
	store: TelemetryStore,
	table: string,
	updated: readonly string[],
	rows: Iterable<SqlValue[]>,
): number {
	const columns = [...KEY_COLUMNS, ...updated];
	return writeWanted(store, { table, columns, updated, where: "true", rows }).changed;
}

function* rowsOf<One extends FoundSequence>(
	found: readonly One[],
	functionIds: readonly string[],
	more: (one: One) => SqlValue[],
): Generator<SqlValue[]> {
	const named = found.map((one) => {
		const names = JSON.stringify(namesOf(one, functionIds));
		return { one, names, hash: sha256(names) };
	});
	// In the order of their keys rows are put one behind the other, which is faster and takes less.
	named.sort((a, b) => (a.hash < b.hash ? -1 : 1));
	for (const { one, names, hash } of named) {
		yield [
			hash,
			names,
			one.functions.length,
			one.occurrences,
			one.sessions,
			one.successRate,
			one.meanDurationMs,
			one.lift,
			one.firstTs,
			one.lastTs,
			...more(one),
		];
	}
}

export function namesOf({ functions }: FoundSequence, functionIds: readonly string[]): string[] {
	return functions.map((code) => functionIds[code] ?? "");
}

/** Those first that would save most time if they were one step; at most `limit`. */
export function readSequences(store: TelemetryStore, limit: number): Sequence[] {
	return select(
		store,
		`ORDER BY occurrences * ifnull(mean_duration_ms, 0) * ifnull(success_rate, 0) DESC,
			occurrences DESC, sequence_hash LIMIT ?`,
		limit,
	);
}

/** @returns null when the last run did not find it */
export function readSequence(store: TelemetryStore, hash: string): Sequence | null {
	return select(store, "WHERE sequence_hash = ?", hash)[0] ?? null;
}

function select(store: TelemetryStore, clause: string, value: string | number): Sequence[] {
	const rows = store.all<
		Omit<Sequence, "functionIds" | "isLoop"> & { functionIds: string; isLoop: number }
	>(
		`SELECT sequence_hash AS hash, function_ids AS functionIds, is_loop AS isLoop, merged,
			occurrences, sessions, success_rate AS successRate, mean_duration_ms AS meanDurationMs,
			lift, first_ts AS firstTs, last_ts AS lastTs FROM merged_sequences ${clause}`,
		[value],
	);
	return rows.map((row) => ({
		...row,
		functionIds: JSON.parse(row.functionIds) as string[],
		isLoop: row.isLoop === 1,
	}));
}
