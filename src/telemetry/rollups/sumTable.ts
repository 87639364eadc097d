import type { SqlValue } from "sql.js";
import type { Statements } from "../tables/statements.ts";

/** What a batch adds to the sums of one table, each row known by its key. */
export class SumTable {
	readonly #statements: Statements;
	readonly #rows = new Map<string, { readonly key: SqlValue[]; readonly sums: number[] }>();
	readonly #add: string;
	readonly #dropEmpty: string;

	/** @param sums columns; the first one counts what the others are summed over */
	constructor(statements: Statements, table: string, key: readonly string[], sums: string[]) {
		this.#statements = statements;
		const all = [...key, ...sums];
		this.#add = `INSERT INTO ${table} (${all.join(", ")}) VALUES (${all.map(() => "?").join(", ")})
			ON CONFLICT (${key.join(", ")}) DO UPDATE SET
			${sums.map((name) => `${name} = ${name} + excluded.${name}`).join(", ")}`;
		this.#dropEmpty = `DELETE FROM ${table} WHERE ${sums[0]} = 0`;
	}

	/** @param sign -1 takes out again what was added before */
	add(key: SqlValue[], more: readonly number[], sign: 1 | -1): void {
		const name = key.join("\n");
		let row = this.#rows.get(name);
		if (row === undefined) {
			row = { key, sums: more.map(() => 0) };
			this.#rows.set(name, row);
		}
		for (let at = 0; at < more.length; at++) {
			row.sums[at] = (row.sums[at] ?? 0) + sign * (more[at] ?? 0);
		}
	}

	/** Writes the sums, in the transaction of what they are over. */
	flush(): void {
		let isAnyLess = false;
		for (const { key, sums } of this.#rows.values()) {
			if (sums.some((sum) => sum !== 0)) this.#statements.run(this.#add, [...key, ...sums]);
			isAnyLess ||= (sums[0] ?? 0) < 0;
		}
		if (isAnyLess) this.#statements.run(this.#dropEmpty, []);
		this.discard();
	}

	discard(): void {
		this.#rows.clear();
	}
}
