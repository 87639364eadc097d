import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import * as path from "node:path";
import type { Database, SqlJsStatic } from "sql.js";
import type { KnownFunction } from "../../functions/knownFunctions.ts";
import { TelemetryError } from "../telemetryError.ts";

/** A function as its registry has it; null where the table has no such column. */
interface RegisteredFunction extends KnownFunction {
	readonly lang: string | null;
	readonly domain: string | null;
	readonly version: string | null;
	readonly contentHash: string | null;
}

const MAX_BYTES = 256 * 1024 * 1024;
/** A damaged file can hold more rows than it has bytes, and some never end; a whole one takes 1 s. */
const MAX_ROWS = 1_000_000;
const MAX_MS = 10_000;
const OPTIONAL = ["lang", "domain", "version", "file_path", "content_hash"] as const;

/**
 * Reads an SQLite file with a table `functions` (id, name, and where present lang, domain, version,
 * file_path, content_hash). Paths start from the folder of the registry.
 *
 * @throws TelemetryError `failed` where there is no such file, or no such table in it
 */
export function readRegistry(sql: SqlJsStatic, file: string): RegisteredFunction[] {
	let database: Database | null = null;
	try {
		database = new sql.Database(bytesOf(file));
		return rowsOf(database, path.dirname(file));
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new TelemetryError("failed", `The registry ${file} cannot be read: ${reason}.`, {
			cause: error,
		});
	} finally {
		database?.close();
	}
}

function bytesOf(file: string): Uint8Array {
	// Whoever opens a named pipe waits for a writer, and a device never ends.
	const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
	try {
		const stats = fstatSync(handle);
		if (!stats.isFile()) throw new Error("it is no plain file");
		if (stats.size > MAX_BYTES) throw new Error("it is larger than 256 MiB");
		const bytes = readFileSync(handle);
		// SQLite's format, bytes 18 and 19: a file with a write-ahead log is read as it was last written
		// back, as the log lies beside it (https://www.sqlite.org/fileformat.html).
		if (bytes[18] === 2) bytes[18] = 1;
		if (bytes[19] === 2) bytes[19] = 1;
		return bytes;
	} finally {
		closeSync(handle);
	}
}

function rowsOf(database: Database, folder: string): RegisteredFunction[] {
	const columns = columnsOf(database);
	if (!columns.has("id") || !columns.has("name")) {
		throw new Error("it has no table functions with the columns id and name");
	}
	const optional = OPTIONAL.map((name) => (columns.has(name) ? name : `NULL AS ${name}`));
	// Neither sorted nor filtered here: each step comes back, and can be the last.
	const statement = database.prepare(`SELECT id, name, ${optional.join(", ")} FROM functions`);
	const functions: RegisteredFunction[] = [];
	const end = performance.now() + MAX_MS;
	try {
		for (let row = 1; statement.step(); row++) {
			if (row > MAX_ROWS) throw new Error("it has more than a million functions");
			if (performance.now() > end) throw new Error("reading it did not end in 10 s");
			const [id, name, lang, domain, version, filePath, contentHash] = statement.get();
			if (id === null) continue;
			functions.push({
				id: String(id),
				name: text(name) ?? "",
				lang: text(lang),
				domain: text(domain),
				version: text(version),
				contentHash: text(contentHash),
				filePath: text(filePath) === null ? null : path.resolve(folder, text(filePath) ?? ""),
			});
		}
	} finally {
		statement.free();
	}
	return functions.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** Of the table; a view, and a table that a module makes up, may never end. */
function columnsOf(database: Database): ReadonlySet<string> {
	const sql = `SELECT i.name FROM sqlite_schema AS s, pragma_table_info(s.name) AS i
		WHERE s.type = 'table' AND s.rootpage > 0 AND lower(s.name) = 'functions'`;
	const found = database.exec(sql)[0]?.values ?? [];
	return new Set(found.map(([name]) => String(name).toLowerCase()));
}

function text(value: unknown): string | null {
	return value === null || value === undefined || value === "" ? null : String(value);
}
