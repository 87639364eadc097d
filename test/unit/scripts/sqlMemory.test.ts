import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { withSqlMemory } from "../../../scripts/bundle/sqlMemory.mjs";
import { inProject } from "../../../scripts/paths.ts";
import { TelemetryStore } from "../../../src/telemetry/storage/store.ts";
import { loadBundledSqlJs, NOW, newStore, sqlJs } from "../../support/telemetry/telemetry.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

describe("The bytes of a database, where they lie", () => {
	const folder = useTempFolder();

	it("hold what a copy holds after any transactions, kept or undone", async () => {
		const { Database } = await sqlJs();
		// Not byte for byte: pages that are free keep what stood in them, a copy has zeros there.
		const content = (bytes: Uint8Array) => {
			const read = new Database(bytes);
			const found = read.exec("PRAGMA integrity_check; SELECT rowid, * FROM t");
			read.close();
			return found;
		};
		const changes = fc.array(
			fc.record({
				sql: fc.constantFrom(
					"INSERT INTO t SELECT value, hex(randomblob(40)) FROM generate",
					"DELETE FROM t WHERE rowid % 3 = 0",
					"UPDATE t SET b = b || b WHERE rowid % 5 = 0",
					"VACUUM",
				),
				isKept: fc.boolean(),
			}),
			{ maxLength: 12 },
		);
		fc.assert(
			fc.property(changes, (steps) => {
				const database = new Database();
				database.run(`PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;
					CREATE TABLE t (a, b); CREATE INDEX i ON t (b);
					CREATE VIEW generate AS WITH RECURSIVE g(value) AS
						(SELECT 1 UNION ALL SELECT value + 1 FROM g LIMIT 1000) SELECT value FROM g;
					CREATE TABLE filled (a); INSERT INTO filled VALUES (zeroblob(2000000))`);
				for (const { sql, isKept } of steps) {
					const isAlone = sql === "VACUUM";
					database.run(isAlone ? sql : `BEGIN; ${sql}; ${isKept ? "COMMIT" : "ROLLBACK"}`);
					const bytes = (database as { fileBytes?(): Uint8Array }).fileBytes?.();
					assert.ok(bytes !== undefined);
					const found = content(bytes);
					assert.deepEqual(found[0]?.values, [["ok"]]);
					assert.deepEqual(found, content(database.export()));
				}
				database.close();
			}),
			{ numRuns: 30 },
		);
	});

	it("are a whole file for sqlite3, of a store that goes on", async () => {
		const store = await newStore();
		for (let round = 1; round <= 3; round++) {
			store.transaction(() => {
				for (let row = 0; row < 2000; row++) {
					store.writeCursor({ source: `${round}-${row}`, fileIdentity: "f", byteOffset: row });
				}
			});
			const file = folder.file(`${round}.db`);
			writeFileSync(file, store.export());
			assert.equal(ask(file, "PRAGMA integrity_check"), "ok");
			assert.equal(ask(file, "SELECT count(*) FROM ingest_cursors"), `${2000 * round}`);
		}
		store.close();
	});

	it("need no write-ahead log beside them, also after another program kept one", async () => {
		const file = folder.file("wal.db");
		const first = await newStore();
		writeFileSync(file, first.export());
		first.close();
		assert.equal(ask(file, "PRAGMA journal_mode = WAL"), "wal");
		const store = new TelemetryStore(await sqlJs(), readFileSync(file), () => NOW);
		store.transaction(() => store.writeCursor({ source: "s", fileIdentity: "f", byteOffset: 1 }));
		writeFileSync(file, store.export());
		store.close();
		assert.equal(ask(file, "PRAGMA journal_mode"), "delete");
		assert.equal(ask(file, "SELECT byte_offset FROM ingest_cursors"), "1");
	});

	it("grow where they lie once they are many", async () => {
		const { Database } = await sqlJs();
		const database: { fileBytes?(): Uint8Array } & InstanceType<typeof Database> = new Database();
		database.run("CREATE TABLE t (a)");
		const buffers = new Set<unknown>();
		for (let mebibytes = 1; mebibytes <= 24; mebibytes++) {
			database.run("INSERT INTO t VALUES (zeroblob(1048576))");
			if (mebibytes > 2) buffers.add(database.fileBytes?.().buffer);
		}
		assert.equal(buffers.size, 1);
		const view = database.fileBytes?.() ?? new Uint8Array(0);
		// Of a Node buffer the package makes no copy.
		for (const bytes of [view, Buffer.from(view)]) {
			const reopened = new Database(bytes);
			reopened.run("INSERT INTO t VALUES (zeroblob(1048576))");
			const found = reopened.exec("SELECT count(*) FROM t; PRAGMA integrity_check");
			assert.deepEqual(
				found.map(({ values }) => values),
				[[[25]], [["ok"]]],
			);
			reopened.close();
		}
		const [count] = database.exec("SELECT count(*) FROM t");
		assert.deepEqual(count?.values, [[24]]);
		database.close();
	});

	it("are not given once there was no memory to grow into, nor inside a transaction", async () => {
		const sql = await loadBundledSqlJs();
		const store = new TelemetryStore(sql, null, () => NOW);
		const fill = (bytes: number) =>
			store.database.run("INSERT INTO filled VALUES (zeroblob(?))", [bytes]);
		store.transaction(() => store.database.run("CREATE TABLE filled (a)"));
		store.transaction(() => fill(4 * 2 ** 20));
		assert.throws(() => store.transaction(() => store.export()), /within a transaction/);
		assert.ok(store.export().length > 4 * 2 ** 20);
		const { resize } = ArrayBuffer.prototype as { resize?: unknown };
		try {
			Object.assign(ArrayBuffer.prototype, {
				resize: () => {
					throw new RangeError("no memory");
				},
			});
			assert.throws(() => store.transaction(() => fill(8 * 2 ** 20)), { reason: "out_of_memory" });
		} finally {
			Object.assign(ArrayBuffer.prototype, { resize });
		}
		assert.throws(() => store.export(), { reason: "out_of_memory" });
	});

	it("are not looked for in a package that is built in another way", () => {
		const source = readFileSync(inProject("node_modules/sql.js/dist/sql-wasm.js"), "utf8");
		assert.throws(() => withSqlMemory(source.replace("_export", "_copy")), /no longer exports/);
		assert.throws(
			() => withSqlMemory(source.replace(/new Uint8Array\(\w\)/g, "null")),
			/no longer grow/,
		);
	});
});

function ask(file: string, sql: string): string {
	return execFileSync("sqlite3", [file, sql], { encoding: "utf8" }).trim();
}
