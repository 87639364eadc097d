import type { Database, SqlValue, Statement } from "sql.js";

/** The statements of a database, each prepared when it first runs and kept until the database closes. */
export class Statements {
	readonly #database: Database;
	readonly #prepared = new Map<string, Statement>();

	constructor(database: Database) {
		this.#database = database;
	}

	/** @returns how many rows it changed */
	run(sql: string, values: SqlValue[]): number {
		this.#of(sql).run(values);
		return this.#database.getRowsModified();
	}

	/** The values of all rows. */
	rows(sql: string, values: SqlValue[] = []): SqlValue[][] {
		const statement = this.#of(sql);
		statement.bind(values);
		const rows: SqlValue[][] = [];
		while (statement.step()) rows.push(statement.get());
		statement.reset();
		return rows;
	}

	/** The values of the first row; none where there is none. */
	first(sql: string, values: SqlValue[]): SqlValue[] {
		return this.rows(sql, values)[0] ?? [];
	}

	#of(sql: string): Statement {
		let statement = this.#prepared.get(sql);
		if (statement === undefined) {
			statement = this.#database.prepare(sql);
			this.#prepared.set(sql, statement);
		}
		return statement;
	}
}
