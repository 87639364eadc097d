import { INTERRUPTED } from "../../model/calls/mergeCalls.ts";
import type { Rollups } from "../rollups/rollups.ts";
import { CALLS, type CallRow, mergeCalls } from "./callRow.ts";
import type { Statements } from "./statements.ts";

/** Rows that go into one statement: to run it costs as much as to write a row. */
const ROWS_AT_ONCE = 32;

/**
 * The table of calls behind a buffer: the lines of one call mostly come close together, so that a
 * call is written once for all of them. A row that stands in the table already is refined.
 */
export class CallTable {
	readonly #statements: Statements;
	readonly #rollups: Rollups;
	readonly #pending = new Map<string, CallRow>();
	/** Those that are written exactly so. */
	readonly #exact = new Set<string>();

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
		const rows = [...this.#pending.values()];
		const single = rows.length % ROWS_AT_ONCE;
		for (let from = 0; from < rows.length - single; from += ROWS_AT_ONCE) {
			this.#write(rows.slice(from, from + ROWS_AT_ONCE));
		}
		for (const row of rows.slice(rows.length - single)) this.#write([row]);
		this.discard();
	}

	/**
	 * A session has ended, for the last time then: its calls up to then that have no result will get none,
	 * and what answered one after an end, when the session was resumed, says nothing of how long it ran.
	 */
	interrupt(session: string, endedAt: number): void {
		for (const [end, ...values] of this.#statements.rows(SELECT_CUT_OFF, [session, endedAt])) {
			const row = CALLS.read(values);
			const isOpen = row.durationFrom === null || row.cutOff === "open";
			// When a launch or an agent's call was over the agent says, and version 1 does not know whose it is.
			const isOwn = row.agent === null && row.v === 2 && row.tool !== "Agent";
			const until: Partial<CallRow> = {
				durationMs: Math.max(0, Number(end) - row.ts),
				durationFrom: "transcript",
				cutOff: isOpen ? "open" : "answered",
			};
			this.#replace(row, {
				...row,
				...(row.success === null ? CUT_OFF : {}),
				...(isOpen && !isOwn ? {} : until),
			});
		}
	}

	/**
	 * What an agent ran when it ended. Launches end with the agents that came of them; version 1 tells
	 * no results.
	 *
	 * @param endOf when it ended last, ms since the epoch; -Infinity for never
	 */
	interruptAgent(session: string, agent: string, endOf: () => number): void {
		const open = this.#statements.rows(SELECT_OPEN_OF_AGENT, [session, agent]);
		if (open.length === 0) return;
		const endedAt = endOf();
		for (const values of open) {
			const row = CALLS.read(values);
			if (row.ts <= endedAt) this.#replace(row, { ...row, ...CUT_OFF });
		}
	}

	/** The row as it stands in the table; null when there is none. */
	find(id: string): CallRow | null {
		return CALLS.find(this.#statements, id);
	}

	/** Puts a row exactly so with the next flush, whatever stands there or is pending. */
	put(row: CallRow): void {
		this.#pending.set(row.id, row);
		this.#exact.add(row.id);
	}

	discard(): void {
		this.#pending.clear();
		this.#exact.clear();
	}

	#write(rows: readonly CallRow[]): void {
		const added = this.#insert(rows);
		for (const row of rows) {
			if (added === "all" || added.has(row.id)) this.#rollups.callChanged(null, row);
			else this.#refine(row);
		}
	}

	/** @returns the ids of the rows that were not in the table */
	#insert(rows: readonly CallRow[]): ReadonlySet<string> | "all" {
		const values = rows.flatMap((row) => CALLS.values(row));
		const added = this.#statements.run(rows.length === 1 ? INSERT_ONE : INSERT_MANY, values);
		if (added === rows.length) return "all";
		if (added === 0) return new Set();
		// Each has the number behind the last one's.
		const last = this.#statements.rows(LAST_ADDED, [added]);
		return new Set(last.map(([id]) => String(id)));
	}

	#refine(row: CallRow): void {
		const before = this.find(row.id);
		if (before === null) return;
		this.#replace(before, this.#exact.has(row.id) ? row : mergeCalls(before, row));
	}

	#replace(before: CallRow, after: CallRow): void {
		if (CALLS.isSame(before, after)) return;
		CALLS.put(this.#statements, after);
		this.#rollups.callChanged(before, after);
	}
}

const CUT_OFF = { success: 0, errorClass: INTERRUPTED } as const;

const INSERT_ONE = insertOf(1);
const INSERT_MANY = insertOf(ROWS_AT_ONCE);
const LAST_ADDED = "SELECT tool_use_id FROM calls ORDER BY rowid DESC LIMIT ?";
const SELECT_OPEN_OF_AGENT = `SELECT ${CALLS.list} FROM calls
	WHERE session_id = ? AND success IS NULL AND agent_id = ? AND tool_used <> 'Agent' AND v = 2`;
/** The first end from its beginning on is the one that a call is cut off by. */
const SELECT_CUT_OFF = `SELECT * FROM (
		SELECT (SELECT min(e.ts) FROM session_ends AS e
			WHERE e.session_id = calls.session_id AND e.ts >= calls.ts) AS end, ${CALLS.list}
		FROM calls WHERE session_id = ?1 AND ts <= ?2 AND (success IS NULL OR cut_off IS NOT NULL
			OR duration_from = 'transcript' OR error_class = '${INTERRUPTED}')
	) WHERE success IS NULL
		OR (duration_from IS NULL AND tool_used <> 'Agent' AND error_class = '${INTERRUPTED}')
		OR (duration_from = 'transcript' AND (cut_off IS NOT NULL OR ts + duration_ms > end))`;

function insertOf(rows: number): string {
	const marks = Array.from({ length: rows }, () => `(${CALLS.marks})`);
	return `INSERT OR IGNORE INTO calls (${CALLS.list}) VALUES ${marks.join(", ")}`;
}
