import assert from "node:assert/strict";
import { rmSync, statSync, utimesSync } from "node:fs";
import { WriterLock } from "../../../../src/telemetry/storage/writerLock.ts";
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
