import type { SqlJsStatic } from "sql.js";
import type { TelemetryTrouble } from "../../figures.ts";
import { TelemetryError } from "../../telemetryError.ts";
import { type StoreMode, TelemetryStore } from "../store.ts";
import type { SnapshotFile, SnapshotStamp } from "./snapshotFile.ts";

interface LoadedDatabase {
	/** null when there is no file. */
	readonly store: TelemetryStore | null;
	/** Of the file when it was read. */
	readonly stamp: SnapshotStamp | null;
	/** What was wrong with it: `corrupt`, mended, or `newer_schema`, only to be read. */
	readonly trouble: TelemetryTrouble | null;
}

interface LoadOptions {
	readonly sql: SqlJsStatic;
	readonly file: SnapshotFile;
	readonly mode: StoreMode;
	/** ms since the epoch */
	readonly now: () => number;
}

/**
 * Opens the database; a damaged one is moved aside by who may write, and the backup taken in its
 * place, else an empty one, which the logs fill again.
 *
 * @throws TelemetryError when the file cannot be read
 */
export function loadDatabase(options: LoadOptions): LoadedDatabase {
	const { file, now, mode } = options;
	const stamp = file.stamp();
	const bytes = file.read();
	if (bytes === null) return { store: null, stamp: null, trouble: null };
	try {
		return { store: open(bytes, options), stamp, trouble: null };
	} catch (error) {
		if (!(error instanceof TelemetryError)) throw error;
		if (error.reason === "newer_schema") {
			const store = open(bytes, { ...options, mode: "read" });
			return { store, stamp, trouble: { reason: error.reason, message: error.message } };
		}
		if (error.reason !== "corrupt") throw error;
		const aside = mode === "write" ? file.moveAside(now()) : null;
		return { ...loadBackup(options, aside), stamp: mode === "write" ? null : stamp };
	}
}

function loadBackup(options: LoadOptions, aside: string | null): Omit<LoadedDatabase, "stamp"> {
	const { file } = options;
	const told =
		aside === null ? "The database is damaged" : `A damaged database was kept as ${aside}`;
	try {
		const bytes = file.read(file.backup);
		if (bytes !== null) {
			const message = `${told}; its backup was taken, and the logs are read on from there.`;
			return { store: open(bytes, options), trouble: { reason: "corrupt", message } };
		}
	} catch {
		// As damaged as the file itself.
	}
	const message = `${told}; a new one is made from the logs.`;
	return { store: open(null, options), trouble: { reason: "corrupt", message } };
}

function open(bytes: Uint8Array | null, { sql, now, mode }: LoadOptions): TelemetryStore {
	return new TelemetryStore(sql, bytes, now, mode);
}
