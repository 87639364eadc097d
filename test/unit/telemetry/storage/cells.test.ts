import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { withSqlRows } from "../../../../scripts/bundle/sqlRows.mjs";
import { inProject } from "../../../../scripts/paths.ts";
import { eachRow, TextCodes, textOf } from "../../../../src/telemetry/storage/cells.ts";
import { sqlJs } from "../../../support/telemetry/telemetry.ts";

/** Numbers and texts as a statement gives them, in the order of the rows. */
async function read(rows: readonly (readonly [number, string | null])[]) {
	const { Database } = await sqlJs();
	const database = new Database();
	database.run("CREATE TABLE t (n REAL, s TEXT)");
	const insert = database.prepare("INSERT INTO t VALUES (?, ?)");
	for (const row of rows) insert.run([...row]);
	insert.free();
	const names: string[] = [];
	const codes = new TextCodes((text) => names.push(text) - 1);
	const found: { number: number; text: string; code: number; isNull: boolean }[] = [];
	const statement = database.prepare("SELECT n, s FROM t ORDER BY rowid");
	eachRow(statement, (row) => {
		found.push({
			number: row.number(0),
			isNull: row.text(1) === 0,
			code: codes.of(row, 1),
			text: textOf(row, 1),
		});
	});
	statement.free();
	database.close();
	return { found, names };
}

describe("Rows where SQLite has them", () => {
	it("have the numbers and texts that were written, each text known by one number", async () => {
		const text = fc
			.string({ unit: "grapheme", maxLength: 40 })
			.filter((one) => !one.includes("\0"));
		const some = fc.oneof(fc.constantFrom("", "a", "aa", "ä", "\u{feff}a", "🜁", null), text);
		const rows = fc.array(fc.tuple(fc.double({ noNaN: true }), some), { maxLength: 60 });
		await fc.assert(
			fc.asyncProperty(rows, async (written) => {
				const { found, names } = await read(written);
				assert.deepEqual(
					found.map(({ number, isNull, text: own }) => [number, isNull ? null : own]),
					written.map(([number, own]) => [number === 0 ? 0 : number, own]),
				);
				assert.equal(new Set(names).size, names.length);
				for (const { code, text: own } of found) assert.equal(names[code], own);
			}),
			{ numRuns: 100 },
		);
	});

	it("tell thousands of texts apart, that of the row before and any other", async () => {
		const many = Array.from({ length: 20_000 }, (_, at) => `${at % 7000}-${"x".repeat(at % 13)}`);
		const { found, names } = await read(many.map((text, at) => [at, text]));
		assert.deepEqual(
			found.map(({ code }) => names[code]),
			many,
		);
		assert.equal(names.length, new Set(many).size);
	});

	it("are not looked for in a package that is built in another way", () => {
		const source = readFileSync(inProject("node_modules/sql.js/dist/sql-wasm.js"), "utf8");
		for (const part of ["prototype.step=", "sqlite3_column_text", "prototype.getBlob="]) {
			assert.throws(() => withSqlRows(source.replaceAll(part, "other")), /no longer reads/, part);
		}
	});
});
