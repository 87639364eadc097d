import { readFileSync } from "node:fs";
import initSqlJs, { type Database, type SqlJsStatic } from "sql.js";
import type { AgentEvent } from "../model/events.ts";
import { EventWriter } from "./eventWriter.ts";
import { migrate } from "./migrations.ts";
import { TelemetryError } from "./telemetryError.ts";

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

/** The database in memory. Every change goes through {@link ingest}, one transaction each. */
export class TelemetryStore {
	readonly database: Database;
	readonly #writer: EventWriter;
	/** Rows or cursors were changed since the last {@link export}. */
	#isDirty = false;

	/**
	 * @param bytes a database file; null for a new, empty one
	 * @param now ms since the epoch
	 * @throws TelemetryError `corrupt` or `newer_schema`
	 */
	constructor(sql: SqlJsStatic, bytes: Uint8Array | null, now: () => number = Date.now) {
		this.database = openChecked(sql, bytes);
		// Rolling back needs a journal; the file system below it is memory anyway.
		this.database.run("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF");
		migrate(this.database);
		this.#writer = new EventWriter(this.database, now);
	}

	get isDirty(): boolean {
		return this.#isDirty;
	}

	/** Writes events and the cursor behind them, all or nothing. Applying them again changes nothing. */
	ingest(events: readonly AgentEvent[], cursor: IngestCursor | null): void {
		this.transaction(() => {
			for (const event of events) this.#writer.write(event);
			this.#writer.flush();
			if (cursor !== null) this.#writeCursor(cursor);
		});
	}

	/** Runs in one transaction; undone as a whole when it throws. */
	transaction(change: () => void): void {
		this.database.run("BEGIN");
		try {
			change();
			this.database.run("COMMIT");
			this.#isDirty = true;
		} catch (error) {
			this.database.run("ROLLBACK");
			this.#writer.discard();
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

	/** The database as the bytes of a file. Must not run inside a transaction. */
	export(): Uint8Array {
		const bytes = this.database.export();
		this.#isDirty = false;
		return bytes;
	}

	close(): void {
		this.#writer.dispose();
		this.database.close();
	}

	#writeCursor({ source, fileIdentity, byteOffset }: IngestCursor): void {
		this.database.run(
			`INSERT INTO ingest_cursors (source, file_identity, byte_offset) VALUES (?, ?, ?)
				ON CONFLICT (source) DO UPDATE SET file_identity = excluded.file_identity,
					byte_offset = excluded.byte_offset`,
			[source, fileIdentity, byteOffset],
		);
	}
}

function openChecked(sql: SqlJsStatic, bytes: Uint8Array | null): Database {
	if (bytes === null) return new sql.Database();
	let database: Database | null = null;
	try {
		database = new sql.Database(bytes);
		const verdict = database.exec("PRAGMA quick_check")[0]?.values[0]?.[0];
		if (verdict === "ok") return database;
		throw new Error(String(verdict));
	} catch (error) {
		database?.close();
		throw new TelemetryError("corrupt", "The database is damaged.", { cause: error });
	}
}
