import type { SqlValue } from "sql.js";
import { INTERRUPTED } from "../../model/calls/mergeCalls.ts";
import type { Origin } from "../../model/events/events.ts";
import type { Rollups } from "../rollups/rollups.ts";
import { type CallRow, type CallSource, isSameCall, mergeCalls } from "./callRow.ts";
import type { Statements } from "./statements.ts";

/**
 * The table of calls behind a buffer: the lines of one call mostly come close together, so that a
 * call is written once for all of them. A row that stands in the table already is refined.
 */
export class CallTable {
	readonly #statements: Statements;
	readonly #rollups: Rollups;
	readonly #pending = new Map<string, CallRow>();

	constructor(statements: Statements, rollups: Rollups) {
		this.#statements = statements;
		this.#rollups = rollups;
	}

	/** Adds what one line says of a call. */
	note(row: CallRow): void {
		const pending = this.#pending.get(row.id);
		this.#pending.set(row.id, pending === undefined ? row : mergeCalls(pending, row));
	}

	/** Writes what is pending, and adds it to the rollups. */
	flush(): void {
		for (const row of this.#pending.values()) this.#write(row);
		this.#pending.clear();
	}

	/** A session has ended: its calls up to then that have no result will get none. */
	interrupt(session: string, endedAt: number): void {
		for (const row of this.#rows(SELECT_OPEN, [session, endedAt])) {
			this.#replace(row, { ...row, success: 0, errorClass: INTERRUPTED });
		}
	}

	/** The row as it stands in the table; null when there is none. */
	find(id: string): CallRow | null {
		return this.#rows(SELECT, [id])[0] ?? null;
	}

	/** Puts a row exactly so, whatever stood there before. */
	put(row: CallRow): void {
		const before = this.find(row.id);
		if (before === null) this.#write(row);
		else this.#replace(before, row);
	}

	discard(): void {
		this.#pending.clear();
	}

	#write(row: CallRow): void {
		if (this.#statements.run(INSERT, [row.id, ...columns(row)]) > 0) {
			this.#rollups.callChanged(null, row);
			return;
		}
		const before = this.find(row.id);
		if (before !== null) this.#replace(before, mergeCalls(before, row));
	}

	#replace(before: CallRow, after: CallRow): void {
		if (isSameCall(before, after)) return;
		this.#statements.run(UPDATE, [...columns(after), after.id]);
		this.#rollups.callChanged(before, after);
	}

	#rows(sql: string, values: SqlValue[]): CallRow[] {
		return this.#statements.rows(sql, values).map(toRow);
	}
}

function columns(row: CallRow): (string | number | null)[] {
	return [
		row.ts,
		row.session,
		row.agent,
		row.functionId,
		row.tool,
		row.durationMs,
		row.success,
		row.errorClass,
		row.argsHash,
		row.source,
		row.durationFrom ?? null,
		row.v,
		row.client,
	];
}

function toRow(values: readonly unknown[]): CallRow {
	const [id, ts, session, agent, functionId, tool, ...rest] = values;
	const [durationMs, success, errorClass, argsHash, source, durationFrom, v, client] = rest;
	return {
		id: String(id),
		ts: Number(ts),
		session: String(session),
		agent: agent as string | null,
		functionId: String(functionId),
		tool: String(tool),
		durationMs: durationMs as number | null,
		success: success as 0 | 1 | null,
		errorClass: errorClass as string | null,
		argsHash: argsHash as string | null,
		source: source as CallSource,
		durationFrom: durationFrom as Origin | null,
		v: v as 1 | 2,
		client: String(client),
	};
}

const COLUMNS = `ts, session_id, agent_id, function_id, tool_used, duration_ms, success, error_class,
	args_hash, source, duration_from, v, client`;
const INSERT = `INSERT OR IGNORE INTO calls (tool_use_id, ${COLUMNS})
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const SELECT = `SELECT tool_use_id, ${COLUMNS} FROM calls WHERE tool_use_id = ?`;
const SELECT_OPEN = `SELECT tool_use_id, ${COLUMNS} FROM calls
	WHERE session_id = ? AND success IS NULL AND ts <= ?`;
const UPDATE = `UPDATE calls SET ts = ?, session_id = ?, agent_id = ?, function_id = ?,
	tool_used = ?, duration_ms = ?, success = ?, error_class = ?, args_hash = ?, source = ?,
	duration_from = ?, v = ?, client = ?
	WHERE tool_use_id = ?`;
