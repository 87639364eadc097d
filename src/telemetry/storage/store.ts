import type { Database, SqlJsStatic } from "sql.js";
import type { CallFacts } from "../../facts/callFacts.ts";
import type { AgentEvent } from "../../model/events/events.ts";
import { EventWriter } from "../tables/eventWriter.ts";
import { Statements } from "../tables/statements.ts";
import { TelemetryError } from "../telemetryError.ts";
import { setAside } from "./badLines.ts";
import { openChecked } from "./file/openChecked.ts";
import { writeByHalves } from "./halving.ts";
import { migrate, SCHEMA_VERSION, versionOf } from "./migrations.ts";

/** In a file's header: how it is written. 1 is with a journal to roll back, 2 with a log ahead. */
const FORMAT_BYTE = 18;
const ROLLBACK_FORMAT = 1;

/** How far a source has been read; stands in the same transaction as the rows it led to. */
export interface IngestCursor {
	readonly source: string;
	/** Device and inode of the file. */
	readonly fileIdentity: string;
	readonly byteOffset: number;
	/** When the last line before that happened, ms since the epoch; 0 or absent where nothing told. */
	readonly lastTs?: number;
}

/** What scripts/bundle/sqlMemory.mjs adds in a bundle. */
interface BundledDatabase {
	/**
	 * The file that the database is, without a copy; `export` makes one of all of it. null once the
	 * memory has run out for any database: SQLite was left in the middle of what it did.
	 */
	fileBytes?(): Uint8Array | null;
}

/**
 * - `write`: brought up to this version, and kept up to date
 * - `read`: only asked; may come from a newer version
 */
export type StoreMode = "write" | "read";

/** The database in memory. Every change goes through {@link ingest}, one transaction each. */
export class TelemetryStore {
	readonly database: Database;
	/** Run again and again; for what is asked once there are {@link first} and {@link all}. */
	readonly statements: Statements;
	readonly #now: () => number;
	/** null where it is only read. */
	#writer: EventWriter | null = null;
	/** Rows or cursors were changed since the last {@link export}. */
	#isDirty = false;

	/**
	 * @param bytes a database file; null for a new, empty one
	 * @param now ms since the epoch
	 * @throws TelemetryError `corrupt`, or in mode `write` `newer_schema`
	 */
	constructor(
		sql: SqlJsStatic,
		bytes: Uint8Array | null,
		now: () => number = Date.now,
		mode: StoreMode = "write",
	) {
		this.database = openChecked(sql, bytes);
		this.statements = new Statements(this.database);
		this.#now = now;
		const isNewer = versionOf(this.database) > SCHEMA_VERSION;
		if (isNewer && mode === "read") return;
		try {
			migrate(this.database);
		} catch (error) {
			this.database.close();
			throw error;
		}
		if (mode === "write") this.#prepareWriting();
	}

	get isDirty(): boolean {
		return this.#isDirty;
	}

	get isWritable(): boolean {
		return this.#writer !== null;
	}

	/**
	 * Writes events and the cursor behind them, all or nothing. Applying them again changes nothing. An
	 * event that the tables do not take is set aside, and keeps no other from being written.
	 *
	 * @param alongside more to write in the same transaction
	 * @param facts derived from the events' calls, by event
	 * @returns the functions whose figures changed
	 */
	ingest(
		events: readonly AgentEvent[],
		cursor: IngestCursor | null,
		alongside?: () => void,
		facts?: ReadonlyMap<AgentEvent, CallFacts>,
	): string[] {
		const writer = this.#writer;
		if (writer === null) throw new TelemetryError("not_writer", "The database is only read here.");
		const changed = new Set<string>();
		const write = (part: readonly AgentEvent[]): void => {
			for (const event of part) writer.write(event, facts?.get(event));
			for (const id of writer.flush()) changed.add(id);
		};
		const end = (): void => {
			if (cursor !== null) this.writeCursor(cursor);
			alongside?.();
		};
		try {
			this.transaction(() => {
				write(events);
				end();
			});
		} catch (error) {
			if (error instanceof TelemetryError) throw error;
			this.transaction(() => {
				end();
				const writePart = (part: readonly AgentEvent[]) =>
					this.#attempt(() => write(part), ...PART);
				writeByHalves(events, writePart, (event, why) => setAside(this, event, why));
			});
		}
		return [...changed];
	}

	/**
	 * Runs in one transaction; undone as a whole when it throws.
	 *
	 * @throws TelemetryError `out_of_memory` when nothing that is in memory can be relied on any more
	 */
	transaction(change: () => void): void {
		this.#attempt(change, "BEGIN", "COMMIT", "ROLLBACK");
		this.#isDirty = true;
	}

	/** All of it or nothing. */
	#attempt(change: () => void, begin: string, end: string, undo: string): void {
		this.database.run(begin);
		try {
			change();
			this.database.run(end);
		} catch (error) {
			this.#fileBytes();
			this.database.run(undo);
			this.#writer?.discard();
			throw error;
		}
	}

	cursor(source: string): IngestCursor | null {
		const [row] = this.statements.rows(CURSOR, [source]);
		if (row === undefined) return null;
		const [fileIdentity, byteOffset, lastTs] = row;
		return {
			source,
			fileIdentity: String(fileIdentity),
			byteOffset: Number(byteOffset),
			lastTs: Number(lastTs),
		};
	}

	/** How far every source has been read. */
	cursors(): IngestCursor[] {
		return this.all(CURSORS);
	}

	/** The values of the first row; null when there is none. */
	first(sql: string, values: (string | number)[] = []): unknown[] | null {
		const statement = this.database.prepare(sql, values);
		try {
			return statement.step() ? statement.get() : null;
		} finally {
			statement.free();
		}
	}

	/** All rows as objects by column name. */
	all<Row>(sql: string, values: (string | number)[] = []): Row[] {
		const statement = this.database.prepare(sql, values);
		const rows: Row[] = [];
		try {
			// Asked once: the package would read them anew for every row.
			const names = statement.getColumnNames();
			while (statement.step()) rows.push(objectOf(names, statement.get()) as Row);
		} finally {
			statement.free();
		}
		return rows;
	}

	/**
	 * The database as the bytes of a file, to be used before anything is changed: they are the memory
	 * that it lives in.
	 *
	 * @throws TelemetryError `out_of_memory` when it may be damaged
	 * @throws Error inside a transaction
	 */
	export(): Uint8Array {
		const bytes = this.#fileBytes();
		this.database.run("BEGIN; COMMIT");
		this.#isDirty = false;
		// Only a copy holds what a log ahead would hold, with which another program may have written.
		return bytes?.[FORMAT_BYTE] === ROLLBACK_FORMAT ? bytes : this.database.export();
	}

	close(): void {
		this.database.close();
	}

	/** Must run inside a transaction. */
	writeCursor({ source, fileIdentity, byteOffset, lastTs = 0 }: IngestCursor): void {
		this.database.run(
			`INSERT OR REPLACE INTO ingest_cursors (source, file_identity, byte_offset, last_ts)
				VALUES (?, ?, ?, ?)`,
			[source, fileIdentity, byteOffset, lastTs],
		);
	}

	/** @returns null where sql.js is as published */
	#fileBytes(): Uint8Array | null {
		const database: Database & BundledDatabase = this.database;
		const bytes = database.fileBytes?.();
		if (bytes === undefined) return null;
		if (bytes !== null) return bytes;
		throw new TelemetryError(
			"out_of_memory",
			"The memory for the telemetry has run out: what came since it was saved last is read again.",
		);
	}

	#prepareWriting(): void {
		// Rolling back needs a journal; the file system below it is memory anyway.
		this.database.run("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF");
		this.#writer = new EventWriter(this.statements, this.#now);
	}
}

/** How a part of a transaction begins, ends, and is undone by itself. */
const PART = ["SAVEPOINT part", "RELEASE part", "ROLLBACK TO part; RELEASE part"] as const;

const CURSOR = "SELECT file_identity, byte_offset, last_ts FROM ingest_cursors WHERE source = ?";
const CURSORS = `SELECT source, file_identity AS fileIdentity, byte_offset AS byteOffset,
	last_ts AS lastTs FROM ingest_cursors`;

function objectOf(names: readonly string[], values: readonly unknown[]): object {
	const made: Record<string, unknown> = {};
	for (let at = 0; at < names.length; at++) made[names[at] ?? ""] = values[at];
	return made;
}
