import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";

/** Where the header says that there is a write-ahead log (https://www.sqlite.org/fileformat.html#the_database_header). */
const READ_VERSION = 19;
const WITH_LOG = 2;

/** A database that is only read. */
export interface ReadDatabase {
	readonly database: DatabaseSync;
	/** False once somebody writes to what was opened as something that nobody writes to. */
	isValid(): boolean;
}

/**
 * Opens a database to be read under no lock that holds up who writes. Whoever opens one with a write-ahead log
 * makes that log anew where it is not there, so where it is not, which is when nobody writes, the database is
 * read as one that stays as it is.
 *
 * @throws NO_NODE_SQLITE where this Node has none; what SQLite says
 */
export function openDatabase(path: string): ReadDatabase {
	const sqlite = process.getBuiltinModule?.("node:sqlite");
	if (sqlite === undefined) {
		throw Object.assign(new Error("this Node has no node:sqlite"), { code: "NO_NODE_SQLITE" });
	}
	const stamp = stampOf(path);
	const isStill = (): boolean => !existsSync(`${path}-wal`) && stampOf(path) === stamp;
	if (usesLog(path) && isStill()) {
		const address = pathToFileURL(path);
		address.searchParams.set("immutable", "1");
		const database = new sqlite.DatabaseSync(address, { readOnly: true });
		return { database, isValid: isStill };
	}
	const database = new sqlite.DatabaseSync(path, { readOnly: true });
	return { database, isValid: () => true };
}

function stampOf(path: string): string {
	const { mtimeNs, size } = statSync(path, { bigint: true });
	return `${mtimeNs}:${size}`;
}

function usesLog(path: string): boolean {
	const handle = openSync(path, "r");
	try {
		const header = Buffer.alloc(READ_VERSION + 1);
		return readSync(handle, header) === header.length && header[READ_VERSION] === WITH_LOG;
	} finally {
		closeSync(handle);
	}
}
