import type { TelemetryStore } from "./store.ts";

/** Keys of the table `meta`. */
type MetaKey = "bad_lines" | "maintained_at" | "migrated_from" | "pruned_before";

export function readMeta(store: TelemetryStore, key: MetaKey): string | null {
	const row = store.first("SELECT value FROM meta WHERE key = ?", [key]);
	return row === null ? null : String(row[0]);
}

/** Must run inside a transaction. */
export function writeMeta(store: TelemetryStore, key: MetaKey, value: string): void {
	store.database.run("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", [key, value]);
}
