import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import {
	realFiles,
	SnapshotFile,
	type SnapshotFiles,
} from "../../../../src/telemetry/storage/file/snapshotFile.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";

const always = () => true;
const bytes = (text: string) => Buffer.from(text);

function failing(code: string): SnapshotFiles {
	return { ...realFiles, write: () => Promise.reject(Object.assign(new Error(code), { code })) };
}

describe("A snapshot", () => {
	const folder = useTempFolder();
	const text = (name: string) => readFileSync(folder.file(name), "utf8");

	it("takes the place of the one before, which stays as the backup", async () => {
		const file = new SnapshotFile(folder.file("deep/down/t.db"));
		await file.save(bytes("one"), always);
		assert.deepEqual(readdirSync(folder.file("deep/down")), ["t.db"]);
		await file.save(bytes("two"), always);
		await file.save(bytes("three"), always);
		assert.equal(text("deep/down/t.db"), "three");
		assert.equal(text("deep/down/t.db.bak"), "two");
		assert.deepEqual(readdirSync(folder.file("deep/down")).sort(), ["t.db", "t.db.bak"]);
	});

	it("is copied for the backup where a file cannot have two names", async () => {
		const linkSync = () => {
			throw Object.assign(new Error("EPERM"), { code: "EPERM" });
		};
		const file = new SnapshotFile(folder.file("t.db"), { ...realFiles, linkSync });
		await file.save(bytes("one"), always);
		await file.save(bytes("two"), always);
		assert.deepEqual([text("t.db"), text("t.db.bak")], ["two", "one"]);
	});

	it("does not take its place when another process became the writer meanwhile", async () => {
		const file = new SnapshotFile(folder.file("t.db"));
		await file.save(bytes("theirs"), always);
		await assert.rejects(
			file.save(bytes("ours"), () => false),
			{ reason: "not_writer" },
		);
		assert.equal(text("t.db"), "theirs");
		assert.deepEqual(readdirSync(folder.path), ["t.db"]);
	});

	for (const [code, reason] of [
		["ENOSPC", "disk_full"],
		["EDQUOT", "disk_full"],
		["EACCES", "not_writable"],
		["EROFS", "not_writable"],
		["EIO", "failed"],
	] as const) {
		it(`that fails with ${code} says ${reason} and leaves what was saved`, async () => {
			await new SnapshotFile(folder.file("t.db")).save(bytes("one"), always);
			const file = new SnapshotFile(folder.file("t.db"), failing(code));
			await assert.rejects(file.save(bytes("two"), always), { reason });
			assert.equal(text("t.db"), "one");
			assert.deepEqual(readdirSync(folder.path), ["t.db"]);
		});
	}

	for (const mode of ["delete", "wal"] as const) {
		for (const name of ["t.db", "t.db.bak"]) {
			it(`leaves ${name} whole to sqlite3 beside what a killed program left (${mode})`, async () => {
				const ours = folder.file("ours.db");
				const rows = "SELECT value FROM generate_series(1, 5000)";
				execFileSync("sqlite3", [ours, `CREATE TABLE ours (x); INSERT INTO ours ${rows}`]);
				const file = new SnapshotFile(folder.file("t.db"));
				await file.save(readFileSync(ours), always);
				await file.save(readFileSync(ours), always);
				// A transaction that spills into the file, and a program that is gone before its end.
				const script = `PRAGMA journal_mode=${mode}; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=1;
					CREATE TABLE theirs (x); BEGIN; UPDATE ours SET x = x + 1; INSERT INTO theirs SELECT
					randomblob(3000) FROM generate_series(1, 200); ${mode === "wal" ? "COMMIT;" : ""}
					\n.shell kill -9 $PPID\n`;
				spawnSync("sqlite3", [folder.file(name)], { input: script.replaceAll("\t", "") });
				const left = readdirSync(folder.path).filter((each) => /-(?:wal|journal)$/.test(each));
				assert.deepEqual(left, [`${name}-${mode === "wal" ? "wal" : "journal"}`]);
				execFileSync("sqlite3", [ours, `INSERT INTO ours ${rows}`]);
				await file.save(readFileSync(ours), always);
				// What was saved last is the backup after one more.
				if (name === "t.db.bak") await file.save(readFileSync(ours), always);
				const asked = "PRAGMA integrity_check; SELECT count(*) FROM ours";
				const answer = execFileSync("sqlite3", [folder.file(name), asked], { encoding: "utf8" });
				assert.equal(answer, "ok\n10000\n");
				assert.deepEqual(readdirSync(folder.path).sort(), ["ours.db", "t.db", "t.db.bak"]);
			});
		}
	}

	for (const target of ["there", "missing"]) {
		it(`goes where a link leads that has its name, and leaves the link (${target})`, async () => {
			mkdirSync(folder.file("elsewhere"));
			if (target === "there") writeFileSync(folder.file("elsewhere/real.db"), "zero");
			symlinkSync("elsewhere/real.db", folder.file("t.db"));
			await new SnapshotFile(folder.file("t.db")).save(bytes("one"), always);
			assert.equal(text("elsewhere/real.db"), "one");
			assert.ok(lstatSync(folder.file("t.db")).isSymbolicLink());
			await new SnapshotFile(folder.file("t.db")).save(bytes("two"), always);
			assert.equal(text("t.db"), "two");
			assert.deepEqual(readdirSync(folder.path), ["elsewhere", "t.db"]);
		});
	}

	it("makes its folders for its owner alone", async () => {
		await new SnapshotFile(folder.file("deep/down/t.db")).save(bytes("one"), always);
		for (const name of ["deep", "deep/down"]) {
			assert.equal((statSync(folder.file(name)).mode & 0o777).toString(8), "700", name);
		}
	});

	it("tells by its stamp that it was replaced", async () => {
		const file = new SnapshotFile(folder.file("t.db"));
		assert.equal(file.stamp(), null);
		await file.save(bytes("one"), always);
		const before = file.stamp();
		assert.equal(file.stamp(), before);
		await file.save(bytes("two"), always);
		assert.notEqual(file.stamp(), before);
	});

	it("is cleared of what killed processes left, and of nothing else", () => {
		for (const name of ["t.db", "t.db.bak", "t.db.1-a.tmp", "t.db.bak.tmp", "other.tmp"]) {
			writeFileSync(folder.file(name), "");
		}
		mkdirSync(folder.file("t.db.lock"));
		new SnapshotFile(folder.file("t.db")).removeLeftovers();
		assert.deepEqual(readdirSync(folder.path).sort(), [
			"other.tmp",
			"t.db",
			"t.db.bak",
			"t.db.lock",
		]);
	});
});
