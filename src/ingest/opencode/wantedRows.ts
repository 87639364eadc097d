import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { WantedLines } from "../transcripts/port.ts";
import type { SessionTree } from "./sessionTree.ts";

/** Rows that are asked for at a time: no lock is held between two questions, and each may be long. */
const ROWS = 16;

/** An event as it is stored. */
interface EventRow {
	readonly row: number;
	readonly session: string;
	readonly type: string;
	readonly data: string;
}

/** What is asked of a database while it is open. */
interface Questions {
	readonly sessions: SessionTree;
	readonly recent: StatementSync;
	readonly lastRow: StatementSync;
	readonly behind: StatementSync;
	readonly at: StatementSync;
	readonly ofSession: StatementSync;
}

/**
 * Events row by row, in the order in which they were written. Where only some sessions are wanted, what there
 * is of those comes first, and then whatever is written anew: of a session that goes on, all of it.
 */
export class WantedRows {
	readonly #wanted: WantedLines | null;
	#questions: Questions | null = null;
	/** Sessions of which everything up to {@link row} was read or waits. */
	readonly #known = new Set<string>();
	/** Rows that wait, the last first. */
	#waiting: number[] = [];
	#row = 0;

	/** @param wanted null for all */
	constructor(wanted: WantedLines | null) {
		this.#wanted = wanted;
	}

	/** Behind which nothing was read; it stands still while older rows wait. */
	get row(): number {
		return this.#row;
	}

	/** Whether all up to {@link row} was read. */
	get isWhole(): boolean {
		return this.#waiting.length === 0;
	}

	get isOpen(): boolean {
		return this.#questions !== null;
	}

	/** Newest row there is; only while it is open. */
	get lastRow(): number {
		return Number(this.#questions?.lastRow.get()?.row ?? 0);
	}

	open(database: DatabaseSync, sessions: SessionTree): void {
		if (database.prepare(HAS_EVENTS).get() === undefined) return;
		this.#questions = {
			sessions,
			recent: database.prepare(RECENT),
			lastRow: database.prepare("SELECT max(rowid) AS row FROM event"),
			behind: database.prepare(`${SELECT} WHERE rowid > ? ORDER BY rowid LIMIT ?`),
			at: database.prepare(`${SELECT} WHERE rowid = ?`),
			ofSession: database.prepare(OF_SESSION),
		};
	}

	close(): void {
		this.#questions = null;
	}

	/** @param row behind which to begin */
	begin(row: number): void {
		this.#known.clear();
		this.#waiting = [];
		this.#row = row;
		if (this.#wanted === null || row > 0 || this.#questions === null) return;
		this.#row = this.lastRow;
		const { since, session } = this.#wanted;
		const { recent, sessions } = this.#questions;
		for (const { id } of recent.all(session, since)) {
			this.#take(sessions.placeOf(String(id)).session);
		}
		this.#waiting.sort((a, b) => b - a);
	}

	/** The next ones as lines of JSON; none when all were read. */
	next(): { readonly row: number; readonly line: string }[] {
		const questions = this.#questions;
		if (questions === null) return [];
		let rows: EventRow[] = [];
		while (rows.length === 0) {
			if (this.#waiting.length > 0) {
				const places = this.#waiting.splice(-ROWS).reverse();
				rows = places.flatMap((place) => questions.at.all(place)).map(rowOf);
				continue;
			}
			const found = questions.behind.all(this.#row, ROWS).map(rowOf);
			if (found.length === 0) return [];
			rows = this.#wantedOf(found, questions.sessions);
		}
		return rows.map((row) => ({ row: row.row, line: lineOf(row, questions.sessions) }));
	}

	/** What there is of a session and its agents waits to be read. */
	#take(root: string): void {
		if (this.#known.has(root)) return;
		this.#known.add(root);
		const found = this.#questions?.ofSession.all(root, this.#row) ?? [];
		for (const { row } of found) this.#waiting.push(Number(row));
	}

	/** Those of new rows that are wanted, up to the first of a session of which more is to be read before. */
	#wantedOf(rows: readonly EventRow[], sessions: SessionTree): EventRow[] {
		const wanted: EventRow[] = [];
		for (const row of rows) {
			this.#row = row.row;
			if (this.#wanted === null) {
				wanted.push(row);
				continue;
			}
			const root = sessions.placeOf(row.session).session;
			if (this.#wanted.session !== "" && root !== this.#wanted.session) continue;
			if (!this.#known.has(root)) {
				this.#take(root);
				this.#waiting.sort((a, b) => b - a);
				break;
			}
			wanted.push(row);
		}
		return wanted;
	}
}

function rowOf({ row, session, type, data }: Record<string, unknown>): EventRow {
	return {
		row: Number(row),
		session: String(session),
		type: String(type),
		data: String(data),
	};
}

function lineOf({ session, type, data }: EventRow, sessions: SessionTree): string {
	const head = JSON.stringify({ ...sessions.placeOf(session), type });
	return `${head.slice(0, -1)},"data":${data.replaceAll("\n", " ")}}`;
}

/** Older databases have none. */
const HAS_EVENTS = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'event'";
const SELECT = "SELECT rowid AS row, aggregate_id AS session, type, data FROM event";
const RECENT =
	"SELECT id FROM session WHERE CASE ?1 WHEN '' THEN time_updated >= ?2 ELSE id = ?1 END";
/** Of a session and its agents, up to a row: out of an index, for the rows themselves are long. */
const OF_SESSION = `WITH RECURSIVE below(id) AS (
	SELECT ?1 UNION SELECT s.id FROM session AS s JOIN below ON s.parent_id = below.id
) SELECT e.rowid AS row FROM below CROSS JOIN event AS e ON e.aggregate_id = below.id WHERE e.rowid <= ?2`;
