import type { Database } from "sql.js";

/** The store as it itself may call these. */
export interface MetaStore {
	readonly database: Database;
	first(sql: string, values: string[]): unknown[] | null;
}

/** Keys of the table `meta`. */
type MetaKey = "bad_lines" | "maintained_at" | "migrated_from" | "pruned_before" | "set_aside";

export function readMeta(store: MetaStore, key: MetaKey): string | null {
	const row = store.first("SELECT value FROM meta WHERE key = ?", [key]);
	return row === null ? null : String(row[0]);
}

/** Must run inside a transaction. */
export function writeMeta(store: MetaStore, key: MetaKey, value: string): void {
	store.database.run("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", [key, value]);
}
