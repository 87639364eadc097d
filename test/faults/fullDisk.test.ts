import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import {
	assertNothingLost,
	CallWriter,
	openFolder,
	telemetryOptions,
	until,
} from "../support/faults/faultFolder.ts";
import { hooksFolder } from "../support/hooks/hookLab.ts";
import { payload } from "../support/hooks/payloads.ts";
import { useTempFolder } from "../support/tempFolder.ts";

/** Mounts a file system of 1 MiB; false where that is not allowed. */
function mountSmall(folder: string): boolean {
	mkdirSync(folder);
	const mount = ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder];
	return process.platform === "linux" && spawnSync("mount", mount).status === 0;
}

describe("A disk without room", () => {
	const folder = useTempFolder();

	it("keeps what is saved, says why, goes on in memory and saves when there is room", async () => {
		const storage = folder.file("storage");
		const isMounted = mountSmall(storage);
		const filler = path.join(storage, "filler");
		try {
			const calls = new CallWriter(folder.path);
			calls.write(10);
			const telemetry = openFolder(folder.path);
			await telemetry.catchUp();
			const { databaseFile } = telemetryOptions(folder.path);
			const saved = readFileSync(databaseFile);
			if (isMounted) fill(filler);
			else rmSync(storage, { recursive: true });
			if (!isMounted) writeFileSync(storage, "in the way");
			calls.write(2000);
			await assert.rejects(telemetry.catchUp(), isMounted ? { reason: "disk_full" } : {});
			assert.notEqual(telemetry.trouble, null);
			if (isMounted) assert.deepEqual(readFileSync(databaseFile), saved);
			const known = await telemetry.functionStats();
			assert.equal(
				known.reduce((sum, row) => sum + row.calls_total, 0),
				2010,
			);
			rmSync(isMounted ? filler : storage);
			await until(telemetry, () => telemetry.trouble === null && telemetry.role === "writer");
			await telemetry.catchUp();
			await telemetry.dispose();
			await assertNothingLost(folder.path, calls.ids);
		} finally {
			if (isMounted) spawnSync("umount", ["-l", storage]);
		}
	});

	it("leaves half a line of a hook at most, and the next one begins a line of its own", async () => {
		const place = folder.file("log");
		const isMounted = mountSmall(place);
		const [log, filler] = [path.join(place, "events.jsonl"), path.join(place, "filler")];
		const hook = () =>
			spawnSync("sh", [path.join(hooksFolder, "agent-lifecycle.sh")], {
				input: JSON.stringify(payload("SessionEnd")),
				env: { PATH: process.env.PATH, HOME: folder.path, KEI_EVENTS_FILE: log },
			}).status;
		try {
			// So much of the file's last page is taken that a part of a line still goes in.
			writeFileSync(log, `{"v":1${" ".repeat(4000)}}\n`);
			if (isMounted) fill(filler);
			else writeFileSync(log, '{"v":2,"ts', { flag: "a" });
			if (isMounted) assert.equal(hook(), 0);
			assert.ok(!readFileSync(log, "utf8").endsWith("\n"));
			rmSync(filler, { force: true });
			assert.equal(hook(), 0);
			const [, , line = "", end] = readFileSync(log, "utf8").split("\n");
			assert.deepEqual([JSON.parse(line).event, end], ["session_end", ""]);
		} finally {
			if (isMounted) spawnSync("umount", ["-l", place]);
		}
	});

	it("or one that is only for reading is made up for in memory until it can be written", async () => {
		const storage = folder.file("storage");
		if (!mountSmall(storage)) {
			// Only root may mount, and only root is not stopped by permissions.
			chmodSync(storage, 0o500);
		}
		const remount = (mode: string) =>
			spawnSync("mount", ["-o", `remount,${mode}`, storage]).status === 0;
		const isMounted = remount("ro");
		try {
			const calls = new CallWriter(folder.path);
			calls.write(30);
			const telemetry = openFolder(folder.path);
			await assert.rejects(telemetry.catchUp(), { reason: "not_writable" });
			assert.deepEqual([telemetry.role, telemetry.trouble?.reason], ["reader", "not_writable"]);
			const known = await telemetry.functionStats();
			assert.equal(
				known.reduce((sum, row) => sum + row.calls_total, 0),
				30,
			);
			if (isMounted) remount("rw");
			else chmodSync(storage, 0o700);
			await until(telemetry, () => telemetry.role === "writer");
			await telemetry.catchUp();
			assert.equal(telemetry.trouble, null);
			await telemetry.dispose();
			await assertNothingLost(folder.path, calls.ids);
		} finally {
			spawnSync("umount", ["-l", storage]);
		}
	});

	it("does not matter to a folder that is removed: it is made again", async () => {
		const calls = new CallWriter(folder.path);
		calls.write(10);
		const telemetry = openFolder(folder.path);
		await telemetry.catchUp();
		rmSync(folder.file("storage"), { recursive: true });
		calls.write(10);
		await until(telemetry, () => telemetry.role === "reader");
		await until(telemetry, () => telemetry.role === "writer");
		await telemetry.catchUp();
		await telemetry.dispose();
		await assertNothingLost(folder.path, calls.ids);
	});
});

/** Writes until nothing more goes in. */
function fill(file: string): void {
	for (const size of [64 * 1024, 4096]) {
		try {
			for (;;) writeFileSync(file, Buffer.alloc(size), { flag: "a" });
		} catch {
			// Full, for pieces of this size.
		}
	}
}
