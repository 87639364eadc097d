import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { readGrowable } from "../../../../src/telemetry/storage/file/growableFile.ts";
import { TelemetryStore } from "../../../../src/telemetry/storage/store.ts";
import { NOW, newStore, sqlJs } from "../../../support/telemetry/telemetry.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";

describe("A database that was read from a file", () => {
	const folder = useTempFolder();

	it("grows in the memory that it was read into", async () => {
		const made = await newStore();
		made.transaction(() =>
			made.database.run("CREATE TABLE filled AS SELECT zeroblob(3000000) AS a"),
		);
		writeFileSync(folder.file("t.db"), made.export());
		made.close();
		const bytes = readGrowable(folder.file("t.db"));
		const store = new TelemetryStore(await sqlJs(), bytes, () => NOW);
		store.transaction(() => store.database.run("INSERT INTO filled VALUES (zeroblob(9000000))"));
		const saved = store.export();
		assert.equal(saved.buffer, bytes.buffer);
		assert.ok(saved.length > 12_000_000);
		assert.deepEqual(store.first("PRAGMA integrity_check"), ["ok"]);
		store.close();
	});

	it("is empty where the file is, and told of where there is none", () => {
		writeFileSync(folder.file("empty.db"), "");
		assert.equal(readGrowable(folder.file("empty.db")).length, 0);
		assert.throws(() => readGrowable(folder.file("none.db")), { code: "ENOENT" });
	});
});
