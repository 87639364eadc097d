import type { SqlValue } from "sql.js";
import type { TelemetryStore } from "../storage/store.ts";

/** Rows of one table, keyed by their first column; what a table shall hold from now on. */
interface WantedRows {
	readonly table: string;
	/** The key first. */
	readonly columns: readonly string[];
	/** Columns that a row which is there may be given anew. */
	readonly updated: readonly string[];
	/** Condition on rows that are there, which alone may be changed or removed. */
	readonly where: string;
	readonly rows: Iterable<readonly SqlValue[]>;
}

export interface WrittenRows {
	readonly added: number;
	/** Added ones included. */
	readonly changed: number;
}

/**
 * Makes a table hold these rows, and touches none that is as it should be. Must run inside a
 * transaction.
 */
export function writeWanted(store: TelemetryStore, wanted: WantedRows): WrittenRows {
	const { table, columns, where, rows } = wanted;
	const [key = ""] = columns;
	const before = countOf(store, table);
	const wantedKeys = new Set<SqlValue>();
	let changed = 0;
	const statement = store.database.prepare(upsertOf(wanted));
	try {
		for (const row of rows) {
			wantedKeys.add(row[0] ?? null);
			statement.run([...row]);
			changed += store.database.getRowsModified();
		}
	} finally {
		statement.free();
	}
	const added = countOf(store, table) - before;
	// Each of the wanted is there: with as many rows there can be no other.
	if (before + added === wantedKeys.size) return { added, changed };
	const keys = store.all<Record<string, string>>(`SELECT ${key} FROM ${table} WHERE ${where}`);
	for (const { [key]: own = "" } of keys) {
		if (wantedKeys.has(own)) continue;
		store.database.run(`DELETE FROM ${table} WHERE ${key} = ?`, [own]);
		changed++;
	}
	return { added, changed };
}

function upsertOf({ table, columns, updated, where }: WantedRows): string {
	const [key] = columns;
	const differs = updated.map((column) => `${table}.${column} IS NOT excluded.${column}`);
	return `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})
		ON CONFLICT (${key}) DO UPDATE SET
			${updated.map((column) => `${column} = excluded.${column}`).join(", ")}
		WHERE (${where}) AND (${differs.join(" OR ")})`;
}

function countOf(store: TelemetryStore, table: string): number {
	return Number(store.first(`SELECT count(*) FROM ${table}`)?.[0]);
}
