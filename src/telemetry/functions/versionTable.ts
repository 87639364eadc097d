import type { FunctionSums } from "../rollups/functionSums.ts";
import type { Statements } from "../tables/statements.ts";

/** A row of function_versions. */
export interface FunctionVersion {
	readonly functionId: string;
	readonly hash: string;
	/** ms since the epoch */
	readonly ts: number;
	readonly source: "index" | "edit_hook" | "copy_detected";
	/** Absolute where it is known. */
	readonly filePath: string | null;
	/** First and last line, counted from 1. */
	readonly lines: readonly [number, number] | null;
	/** Id of the file's content in git, whether git has it or not. */
	readonly blob: string | null;
	/** The function that a copy equals. */
	readonly copyOf?: string | null;
}

/**
 * Adds a version. One that is told again stays one row, with the time and the place of the earliest,
 * whichever is told first. The caller holds the transaction, and writes the sums.
 *
 * @returns whether the row is new
 */
export function addVersion(
	statements: Statements,
	sums: FunctionSums,
	{ functionId, hash, ts, source, filePath, lines, blob, copyOf = null }: FunctionVersion,
): boolean {
	const isKnown = statements.rows(SQL.has, [functionId, hash]).length > 0;
	const place = [filePath, lines?.join("-") ?? null, blob, copyOf];
	if (statements.run(SQL.insert, [functionId, hash, source, ts, ...place]) === 0) {
		statements.run(SQL.earlier, [ts, ...place, functionId, hash, source, ts]);
		return false;
	}
	if (!isKnown) sums.add(functionId, { versions: 1 });
	return true;
}

const SQL = {
	has: "SELECT 1 FROM function_versions WHERE function_id = ? AND version_hash = ?",
	insert: `INSERT OR IGNORE INTO function_versions
		(function_id, version_hash, source, ts, file_path, lines, git_blob, copy_of)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
	earlier: `UPDATE function_versions SET ts = ?, file_path = ?, lines = ?, git_blob = ?, copy_of = ?
		WHERE function_id = ? AND version_hash = ? AND source = ? AND ts > ?`,
} as const;
