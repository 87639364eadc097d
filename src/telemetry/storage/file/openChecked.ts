import type { Database, SqlJsStatic } from "sql.js";
import { TelemetryError } from "../../telemetryError.ts";
import { isSealed } from "./seal.ts";

/**
 * Opens a database that is whole.
 *
 * @param bytes a database file; null for a new, empty one
 * @throws TelemetryError `corrupt`
 */
export function openChecked(sql: SqlJsStatic, bytes: Uint8Array | null): Database {
	if (bytes === null) return alone(new sql.Database());
	let database: Database | null = null;
	try {
		if (bytes.length === 0) throw new Error("The file is empty.");
		database = alone(new sql.Database(bytes));
		if (isSealed(bytes)) return database;
		const verdict = database.exec("PRAGMA quick_check")[0]?.values[0]?.[0];
		if (verdict === "ok") return database;
		throw new Error(String(verdict));
	} catch (error) {
		database?.close();
		throw new TelemetryError("corrupt", "The database is damaged.", { cause: error });
	}
}

/**
 * Nobody else has the file, which is memory: without this SQLite looks at each statement whether
 * another one has left a journal beside it, which takes longer than to find a row.
 */
function alone(database: Database): Database {
	database.run("PRAGMA locking_mode = EXCLUSIVE");
	return database;
}
