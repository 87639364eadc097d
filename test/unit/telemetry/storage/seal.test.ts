import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import * as fc from "fast-check";
import { isSealed } from "../../../../src/telemetry/storage/file/seal.ts";
import { SnapshotFile } from "../../../../src/telemetry/storage/file/snapshotFile.ts";
import { TelemetryStore } from "../../../../src/telemetry/storage/store.ts";
import { eventsOf, newStore, sqlJs } from "../../../support/telemetry/telemetry.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";

const SESSION = "5e55104e-0000-4000-8000-000000000100";
/** Larger files are written in another way. */
const COPIED_BYTES = 64 * 2 ** 20 + 4096;

describe("The seal of a saved database", () => {
	const folder = useTempFolder();

	async function saved(): Promise<Buffer> {
		const store = await newStore();
		const call = { v: 2, event: "tool_use", session_id: SESSION, id: "c1", tool: "Read" };
		store.ingest(eventsOf([{ ...call, ts: "2026-01-01T10:00:00Z", cwd: "/home/dev/app" }]), null);
		await new SnapshotFile(folder.file("t.db")).save(store.export(), () => true);
		store.close();
		return readFileSync(folder.file("t.db"));
	}

	it("says that it is as it was saved, and is nothing to SQLite", async () => {
		assert.ok(isSealed(await saved()));
		const database = new DatabaseSync(folder.file("t.db"), { readOnly: true });
		assert.deepEqual(database.prepare("PRAGMA integrity_check").all().map(Object.values), [["ok"]]);
		database.close();
	});

	it("is broken by any byte that is another one", async () => {
		const bytes = await saved();
		fc.assert(
			fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
				const other = Buffer.from(bytes);
				other[at] = (other[at] ?? 0) ^ change;
				assert.ok(!isSealed(other));
			}),
		);
	});

	it("is not needed: what another program wrote is looked through", async () => {
		await saved();
		const other = new DatabaseSync(folder.file("t.db"));
		other.exec("UPDATE calls SET tool_used = 'Other'");
		other.close();
		const bytes = readFileSync(folder.file("t.db"));
		assert.ok(!isSealed(bytes));
		const store = new TelemetryStore(await sqlJs(), bytes);
		assert.deepEqual(store.first("SELECT tool_used FROM calls"), ["Other"]);
		store.close();
	});

	it("stands in a file that is too large to be written at once as well", async () => {
		const path = folder.file("large.db");
		const bytes = Buffer.alloc(COPIED_BYTES, 7);
		await new SnapshotFile(path).save(bytes, () => true);
		assert.ok(isSealed(readFileSync(path)));
		assert.equal(bytes[68], 7);
	});

	it("is no part of what is no database", () => {
		for (const length of [0, 1, 71, 72]) assert.ok(!isSealed(Buffer.alloc(length)));
	});
});
