import type { Database } from "sql.js";
import { freeAll, prepareAll, type Statements } from "../tables/statements.ts";

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
 * Versions of functions. A version that is told again stays one row, with the time and the place
 * of the earliest, whichever is told first.
 */
export class VersionTable {
	readonly #database: Database;
	readonly #statements: Statements<keyof typeof SQL>;
	/** New versions by function: hashes that it had not had before. */
	readonly #added = new Map<string, number>();

	constructor(database: Database) {
		this.#database = database;
		this.#statements = prepareAll(database, SQL);
	}

	/** @returns whether the row is new; the caller holds the transaction */
	add(version: FunctionVersion): boolean {
		const { functionId, hash, ts, source, filePath, lines, blob, copyOf = null } = version;
		const { has, insert, earlier } = this.#statements;
		has.bind([functionId, hash]);
		const isKnown = has.step();
		has.reset();
		const place = [filePath, lines?.join("-") ?? null, blob, copyOf];
		insert.run([functionId, hash, source, ts, ...place]);
		if (this.#database.getRowsModified() === 0) {
			earlier.run([ts, ...place, functionId, hash, source, ts]);
			return false;
		}
		if (!isKnown) this.#added.set(functionId, (this.#added.get(functionId) ?? 0) + 1);
		return true;
	}

	/** Writes the sums, in the transaction of their rows; returns the functions that changed. */
	flush(): string[] {
		for (const [id, versions] of this.#added) this.#statements.count.run([id, versions]);
		const changed = [...this.#added.keys()];
		this.discard();
		return changed;
	}

	discard(): void {
		this.#added.clear();
	}

	dispose(): void {
		freeAll(this.#statements);
	}
}

const SQL = {
	has: "SELECT 1 FROM function_versions WHERE function_id = ? AND version_hash = ?",
	insert: `INSERT OR IGNORE INTO function_versions
		(function_id, version_hash, source, ts, file_path, lines, git_blob, copy_of)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
	earlier: `UPDATE function_versions SET ts = ?, file_path = ?, lines = ?, git_blob = ?, copy_of = ?
		WHERE function_id = ? AND version_hash = ? AND source = ? AND ts > ?`,
	count: `INSERT INTO function_totals (function_id, versions) VALUES (?, ?)
		ON CONFLICT (function_id) DO UPDATE SET versions = versions + excluded.versions`,
} as const;
