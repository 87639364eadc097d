import { readFileSync, statSync } from "node:fs";
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
	if (statSync(file).size > MAX_BYTES) throw new Error("it is larger than 256 MiB");
	const bytes = readFileSync(file);
	// SQLite's format, bytes 18 and 19: a file with a write-ahead log is read as it was last written
	// back, as the log lies beside it (https://www.sqlite.org/fileformat.html).
	if (bytes[18] === 2) bytes[18] = 1;
	if (bytes[19] === 2) bytes[19] = 1;
	return bytes;
}

function rowsOf(database: Database, folder: string): RegisteredFunction[] {
	const found = database.exec("SELECT name FROM pragma_table_info('functions')")[0]?.values ?? [];
	const columns = new Set(found.map(([name]) => String(name).toLowerCase()));
	if (!columns.has("id") || !columns.has("name")) {
		throw new Error("it has no table functions with the columns id and name");
	}
	const optional = OPTIONAL.map((name) => (columns.has(name) ? name : `NULL AS ${name}`));
	const rows = database.exec(
		`SELECT id, name, ${optional.join(", ")} FROM functions WHERE id IS NOT NULL ORDER BY id`,
	)[0]?.values;
	return (rows ?? []).map(([id, name, lang, domain, version, filePath, contentHash]) => ({
		id: String(id),
		name: text(name) ?? "",
		lang: text(lang),
		domain: text(domain),
		version: text(version),
		contentHash: text(contentHash),
		filePath: text(filePath) === null ? null : path.resolve(folder, text(filePath) ?? ""),
	}));
}

function text(value: unknown): string | null {
	return value === null || value === undefined || value === "" ? null : String(value);
}
