import { readFileSync } from "node:fs";
import initSqlJs, { type Database, type SqlJsStatic } from "sql.js";
import type { CallFacts } from "../../facts/callFacts.ts";
import type { AgentEvent } from "../../model/events/events.ts";
import { EventWriter } from "../tables/eventWriter.ts";
import { Statements } from "../tables/statements.ts";
import { TelemetryError } from "../telemetryError.ts";
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
}

/** @param wasmFile path of sql-wasm.wasm */
export async function loadSqlJs(wasmFile: string): Promise<SqlJsStatic> {
	const wasm = readFileSync(wasmFile);
	// A copy, because a small file lies in a pool that other buffers share.
	const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength);
	return initSqlJs({ wasmBinary: wasmBinary as ArrayBuffer });
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
	 * Writes events and the cursor behind them, all or nothing. Applying them again changes nothing.
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
		let changed: string[] = [];
		this.transaction(() => {
			for (const event of events) writer.write(event, facts?.get(event));
			changed = writer.flush();
			if (cursor !== null) this.writeCursor(cursor);
			alongside?.();
		});
		return changed;
	}

	/**
	 * Runs in one transaction; undone as a whole when it throws.
	 *
	 * @throws TelemetryError `out_of_memory` when nothing that is in memory can be relied on any more
	 */
	transaction(change: () => void): void {
		this.database.run("BEGIN");
		try {
			change();
			this.database.run("COMMIT");
			this.#isDirty = true;
		} catch (error) {
			this.#fileBytes();
			this.database.run("ROLLBACK");
			this.#writer?.discard();
			throw error;
		}
	}

	cursor(source: string): IngestCursor | null {
		const row = this.first(
			"SELECT file_identity, byte_offset FROM ingest_cursors WHERE source = ?",
			[source],
		);
		if (row === null) return null;
		return { source, fileIdentity: String(row[0]), byteOffset: Number(row[1]) };
	}

	/** How far every source has been read. */
	cursors(): IngestCursor[] {
		return this.all(
			`SELECT source, file_identity AS fileIdentity, byte_offset AS byteOffset
				FROM ingest_cursors`,
		);
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
			while (statement.step()) rows.push(statement.getAsObject() as Row);
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
	writeCursor({ source, fileIdentity, byteOffset }: IngestCursor): void {
		this.database.run(
			`INSERT INTO ingest_cursors (source, file_identity, byte_offset) VALUES (?, ?, ?)
				ON CONFLICT (source) DO UPDATE SET file_identity = excluded.file_identity,
					byte_offset = excluded.byte_offset`,
			[source, fileIdentity, byteOffset],
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

function openChecked(sql: SqlJsStatic, bytes: Uint8Array | null): Database {
	if (bytes === null) return new sql.Database();
	let database: Database | null = null;
	try {
		if (bytes.length === 0) throw new Error("The file is empty.");
		database = new sql.Database(bytes);
		const verdict = database.exec("PRAGMA quick_check")[0]?.values[0]?.[0];
		if (verdict === "ok") return database;
		throw new Error(String(verdict));
	} catch (error) {
		database?.close();
		throw new TelemetryError("corrupt", "The database is damaged.", { cause: error });
	}
}
