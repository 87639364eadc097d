import assert from "node:assert/strict";
import { mkdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { WriterLock } from "../../../../src/telemetry/storage/file/writerLock.ts";
import { TelemetryProcess } from "../../../support/faults/faultFolder.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";

describe("The writer's lock", () => {
	const folder = useTempFolder();
	let lock: WriterLock;
	let losses = 0;
	beforeEach(() => {
		losses = 0;
		lock = new WriterLock(folder.file("storage/telemetry.db"), () => losses++);
	});
	afterEach(() => lock.release());

	it("is had by one, and by another once it was given back", async () => {
		const other = new WriterLock(folder.file("storage/telemetry.db"), () => undefined);
		assert.equal(await lock.tryAcquire(), true);
		assert.equal(await other.tryAcquire(), false);
		await lock.release();
		assert.equal(await other.tryAcquire(), true);
		await other.release();
	});

	it("is one for a database and for a link to it", async () => {
		mkdirSync(folder.file("storage"));
		symlinkSync("storage/telemetry.db", folder.file("link.db"));
		const other = new WriterLock(folder.file("link.db"), () => undefined);
		assert.equal(await lock.tryAcquire(), true);
		assert.equal(await other.tryAcquire(), false);
	});

	it("says that a file is in its place, which nobody would ever give back", async () => {
		mkdirSync(folder.file("storage"));
		writeFileSync(folder.file("storage/telemetry.db.lock"), "");
		await assert.rejects(lock.tryAcquire(), { code: "ENOTDIR", message: /telemetry\.db\.lock/ });
	});

	it("makes its folders for its owner alone", async () => {
		await lock.tryAcquire();
		assert.equal((statSync(folder.file("storage")).mode & 0o777).toString(8), "700");
	});

	it("is still ours when looked at again", async () => {
		await lock.tryAcquire();
		assert.equal(lock.check(), true);
		assert.equal(losses, 0);
	});

	it("is lost when it was removed", async () => {
		await lock.tryAcquire();
		rmSync(folder.file("storage"), { recursive: true });
		assert.equal(lock.check(), false);
		assert.deepEqual([lock.isHeld, losses], [false, 1]);
		assert.equal(await lock.tryAcquire(), true);
	});

	it("is lost when another process renewed it", async () => {
		await lock.tryAcquire();
		const time = statSync(folder.file("storage/telemetry.db.lock")).mtimeMs / 1000 + 1;
		utimesSync(folder.file("storage/telemetry.db.lock"), time, time);
		assert.equal(lock.check(), false);
		assert.equal(losses, 1);
	});

	it("keeps another process a reader, which writes once it is given back", async () => {
		await lock.tryAcquire();
		const other = new TelemetryProcess(folder.path);
		await other.until(() => other.role === "reader");
		await lock.release();
		await other.until(() => other.role === "writer");
		await other.end();
		assert.deepEqual(other.states, ["reader well", "writer well", "closed well"]);
	});
});
