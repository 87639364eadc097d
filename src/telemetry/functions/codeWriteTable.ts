import type { WriteFact } from "../../facts/callFacts.ts";
import type { FunctionSums } from "../rollups/functionSums.ts";
import type { Statements } from "../tables/statements.ts";

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
export function writeCode(
	statements: Statements,
	sums: FunctionSums,
	write: CodeWrite,
	parts: readonly WriteFact[],
): void {
	const { id, ts, session, agent, filePath, linesAdded, linesRemoved } = write;
	const head = [id, ts, session, agent];
	if (parts.length === 0) {
		statements.run(SQL.whole, [...head, filePath, linesAdded, linesRemoved, id]);
		statements.run(SQL.place, [ts, filePath, filePath, id]);
		return;
	}
	const rest = { added: linesAdded, removed: linesRemoved };
	for (const part of parts) {
		const lines = [part.linesAdded, part.linesRemoved];
		const isNew = statements.run(SQL.part, [...head, part.functionId, filePath, ...lines]) > 0;
		if (isNew) sums.add(part.functionId, { writes: 1, last_write_at: ts });
		rest.added -= part.linesAdded;
		rest.removed -= part.linesRemoved;
	}
	const [added, removed] = [Math.max(0, rest.added), Math.max(0, rest.removed)];
	if (added + removed === 0) statements.run(SQL.noRest, [id]);
	else {
		statements.run(SQL.rest, [...head, filePath, added, removed]);
		statements.run(SQL.place, [ts, filePath, filePath, id]);
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
} as const;
