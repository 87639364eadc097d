import type { SqlValue } from "sql.js";
import type { Statements } from "./statements.ts";

/** A column by the property of the rows that stands in it. */
interface Column<Value> {
	readonly name: string;
	/** Of two values the one to keep: the same whichever comes first. */
	merge(a: Value, b: Value): Value;
	/** Where the column holds something else than the property. */
	readonly codec?: { read(value: SqlValue): Value; write(value: Value): SqlValue };
}

type Columns = Readonly<Record<string, Column<unknown>>>;
type ValueOf<C> = C extends Column<infer Value> ? Value : never;
type RowIn<C> = { readonly [Name in keyof C]: ValueOf<C[Name]> };
export type RowOf<Table> = Table extends RowTable<infer C> ? RowIn<C> : never;

/** What is known of the rows of one table: all there is to say of a column is said where it is declared. */
export class RowTable<C extends Columns> {
	readonly #names: readonly (keyof C)[];
	/** Beside the names, so that no row costs a look-up by name more than it has to. */
	readonly #merges: readonly Column<unknown>["merge"][];
	readonly #codecs: readonly Column<unknown>["codec"][];
	/** Without what nothing was told of. */
	readonly #empty: RowIn<C>;
	/** The columns, for a SELECT whose rows {@link read} takes. */
	readonly list: string;
	/** As many question marks. */
	readonly marks: string;
	readonly #find: string;
	readonly #add: string;
	readonly #put: string;

	/** @param keyLength how many of the columns, from the first on, tell a row from all others */
	constructor(table: string, keyLength: number, columns: C) {
		const all = Object.values<Column<unknown>>(columns).map(({ name }) => name);
		this.#names = Object.keys(columns);
		this.#merges = Object.values<Column<unknown>>(columns).map(({ merge }) => merge);
		this.#codecs = Object.values<Column<unknown>>(columns).map(({ codec }) => codec);
		const [key, rest] = [all.slice(0, keyLength), all.slice(keyLength)];
		this.list = all.join(", ");
		this.marks = marks(all);
		this.#empty = this.read(all.map(() => null));
		this.#find = `SELECT ${this.list} FROM ${table} WHERE (${key.join(", ")}) = (${marks(key)})`;
		this.#add = `INSERT OR IGNORE INTO ${table} (${this.list}) VALUES (${this.marks})`;
		this.#put = `INSERT INTO ${table} (${this.list}) VALUES (${this.marks}) ON CONFLICT
			(${key.join(", ")}) DO UPDATE SET ${rest.map((name) => `${name} = excluded.${name}`).join(", ")}`;
	}

	row(known: Partial<RowIn<C>>): RowIn<C> {
		return { ...this.#empty, ...known };
	}

	/** The same whichever of the two comes first, and the same again when one is repeated. */
	merge(a: RowIn<C>, b: RowIn<C>): RowIn<C> {
		const merged: { -readonly [Name in keyof C]: ValueOf<C[Name]> } = { ...a };
		this.#names.forEach((name, index) => {
			if (a[name] === b[name]) return;
			merged[name] = this.#merges[index]?.(a[name], b[name]) as ValueOf<C[typeof name]>;
		});
		return merged;
	}

	isSame(a: RowIn<C>, b: RowIn<C>): boolean {
		return this.#names.every((name) => a[name] === b[name]);
	}

	find(statements: Statements, ...key: SqlValue[]): RowIn<C> | null {
		const [values] = statements.rows(this.#find, key);
		return values === undefined ? null : this.read(values);
	}

	/** @returns whether there was no such row, so that it was written */
	add(statements: Statements, row: RowIn<C>): boolean {
		return statements.run(this.#add, this.values(row)) > 0;
	}

	put(statements: Statements, row: RowIn<C>): void {
		statements.run(this.#put, this.values(row));
	}

	/** @param values in the order of {@link list} */
	read(values: readonly SqlValue[]): RowIn<C> {
		const row: Partial<Record<keyof C, unknown>> = {};
		this.#names.forEach((name, index) => {
			const value = values[index] ?? null;
			row[name] = this.#codecs[index]?.read(value) ?? value;
		});
		return row as RowIn<C>;
	}

	/** In the order of {@link list}. */
	values(row: RowIn<C>): SqlValue[] {
		const values: SqlValue[] = [];
		for (let index = 0; index < this.#names.length; index++) {
			const value = row[this.#names[index] as keyof C];
			const codec = this.#codecs[index];
			values.push(codec === undefined ? (value as SqlValue) : codec.write(value));
		}
		return values;
	}
}

/** A column; of two values that are known it keeps the greater one, where no other rule is named. */
export function column<Value extends SqlValue>(
	name: string,
	merge: (a: Value, b: Value) => Value = greatest,
): Column<Value> {
	return { name, merge };
}

export function greatest<Value extends SqlValue>(a: Value, b: Value): Value {
	if (a === null || b === null) return a ?? b;
	return a >= b ? a : b;
}

export function least<Value extends SqlValue>(a: Value, b: Value): Value {
	if (a === null || b === null) return a ?? b;
	return a <= b ? a : b;
}

function marks(columns: readonly string[]): string {
	return columns.map(() => "?").join(", ");
}
