import type { Database } from "sql.js";
import type { WriteFact } from "../../facts/callFacts.ts";
import { freeAll, prepareAll, type Statements } from "../tables/statements.ts";

/** A call that changed a file. */
interface CodeWrite {
	readonly id: string;
	/** ms since the epoch */
	readonly ts: number;
	readonly session: string;
	readonly agent: string | null;
	readonly filePath: string | null;
	/** Of the whole file. */
	readonly linesAdded: number;
	readonly linesRemoved: number;
}

/**
 * Lines that agents wrote. A call has one row per function that it changed, and one without a
 * function for the lines outside of all: the rows of a call add up to all its lines. As long as
 * only its event is known, which says nothing of functions, that one row has all of them.
 */
export class CodeWriteTable {
	readonly #database: Database;
	readonly #statements: Statements<keyof typeof SQL>;
	readonly #sums = new Map<string, { writes: number; lastAt: number }>();

	constructor(database: Database) {
		this.#database = database;
		this.#statements = prepareAll(database, SQL);
	}

	/** The caller holds the transaction. */
	write(write: CodeWrite, parts: readonly WriteFact[]): void {
		const { id, ts, session, agent, filePath, linesAdded, linesRemoved } = write;
		const head = [id, ts, session, agent];
		if (parts.length === 0) {
			this.#statements.whole.run([...head, filePath, linesAdded, linesRemoved, id]);
			this.#statements.place.run([ts, filePath, filePath, id]);
			return;
		}
		const rest = { added: linesAdded, removed: linesRemoved };
		for (const part of parts) {
			const lines = [part.linesAdded, part.linesRemoved];
			this.#statements.part.run([...head, part.functionId, filePath, ...lines]);
			if (this.#database.getRowsModified() > 0) this.#count(part.functionId, ts);
			rest.added -= part.linesAdded;
			rest.removed -= part.linesRemoved;
		}
		const [added, removed] = [Math.max(0, rest.added), Math.max(0, rest.removed)];
		if (added + removed === 0) this.#statements.noRest.run([id]);
		else {
			this.#statements.rest.run([...head, filePath, added, removed]);
			this.#statements.place.run([ts, filePath, filePath, id]);
		}
	}

	/** Writes the sums, in the transaction of their rows; returns the functions that changed. */
	flush(): string[] {
		for (const [id, { writes, lastAt }] of this.#sums) {
			this.#statements.count.run([id, writes, lastAt]);
		}
		const changed = [...this.#sums.keys()];
		this.discard();
		return changed;
	}

	discard(): void {
		this.#sums.clear();
	}

	dispose(): void {
		freeAll(this.#statements);
	}

	#count(functionId: string, ts: number): void {
		const sum = this.#sums.get(functionId) ?? { writes: 0, lastAt: ts };
		sum.writes++;
		sum.lastAt = Math.max(sum.lastAt, ts);
		this.#sums.set(functionId, sum);
	}
}

const COLUMNS = "tool_use_id, ts, session_id, agent_id";
const SQL = {
	whole: `INSERT INTO code_writes (${COLUMNS}, file_path, lines_added, lines_removed)
		SELECT ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM code_writes WHERE tool_use_id = ?)`,
	part: `INSERT OR IGNORE INTO code_writes
		(${COLUMNS}, function_id, file_path, lines_added, lines_removed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
	rest: `INSERT INTO code_writes (${COLUMNS}, file_path, lines_added, lines_removed)
		VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (tool_use_id, ifnull(function_id, '')) DO UPDATE SET
			lines_added = excluded.lines_added, lines_removed = excluded.lines_removed`,
	/** Of two sources the earlier time, and the path that says more. */
	place: `UPDATE code_writes SET ts = min(ts, ?), file_path = CASE
		WHEN file_path IS NULL OR length(?) > length(file_path) THEN ? ELSE file_path END
		WHERE tool_use_id = ? AND function_id IS NULL`,
	noRest: "DELETE FROM code_writes WHERE tool_use_id = ? AND function_id IS NULL",
	count: `INSERT INTO function_totals (function_id, writes, last_write_at) VALUES (?, ?, ?)
		ON CONFLICT (function_id) DO UPDATE SET writes = writes + excluded.writes,
			last_write_at = max(ifnull(last_write_at, 0), excluded.last_write_at)`,
} as const;
