import type { SqlValue } from "sql.js";
import { INTERRUPTED } from "../../model/calls/mergeCalls.ts";
import type { Rollups } from "../rollups/rollups.ts";
import { CALLS, type CallRow, mergeCalls } from "./callRow.ts";
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
		this.#interrupt(this.#statements.rows(SELECT_OPEN, [session, endedAt]));
	}

	/** The same of an agent. Launches end with the agents that came of them; version 1 tells no results. */
	interruptAgent(session: string, agent: string, endedAt: number): void {
		this.#interrupt(this.#statements.rows(SELECT_OPEN_OF_AGENT, [session, endedAt, agent]));
	}

	#interrupt(open: readonly SqlValue[][]): void {
		for (const values of open) {
			const row = CALLS.read(values);
			this.#replace(row, { ...row, success: 0, errorClass: INTERRUPTED });
		}
	}

	/** The row as it stands in the table; null when there is none. */
	find(id: string): CallRow | null {
		return CALLS.find(this.#statements, id);
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
		if (this.#statements.run(INSERT, CALLS.values(row)) > 0) {
			this.#rollups.callChanged(null, row);
			return;
		}
		const before = this.find(row.id);
		if (before !== null) this.#replace(before, mergeCalls(before, row));
	}

	#replace(before: CallRow, after: CallRow): void {
		if (CALLS.isSame(before, after)) return;
		CALLS.put(this.#statements, after);
		this.#rollups.callChanged(before, after);
	}
}

const INSERT = `INSERT OR IGNORE INTO calls (${CALLS.list})
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const SELECT_OPEN = `SELECT ${CALLS.list} FROM calls
	WHERE session_id = ? AND success IS NULL AND ts <= ?`;
const SELECT_OPEN_OF_AGENT = `${SELECT_OPEN} AND agent_id = ? AND tool_used <> 'Agent' AND v = 2`;
