import type { Database, Statement } from "sql.js";

/** Prepared statements of a table, by name. */
export type Statements<Name extends string> = Readonly<Record<Name, Statement>>;

export function prepareAll<Name extends string>(
	database: Database,
	sql: Readonly<Record<Name, string>>,
): Statements<Name> {
	const prepared = Object.entries<string>(sql).map(([name, text]) => [
		name,
		database.prepare(text),
	]);
	return Object.fromEntries(prepared) as Record<Name, Statement>;
}

export function freeAll(statements: Statements<string>): void {
	for (const statement of Object.values(statements)) statement.free();
}
