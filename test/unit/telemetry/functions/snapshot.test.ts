import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { gitBlob } from "../../../../src/functions/gitBlob.ts";
import { TelemetryError } from "../../../../src/telemetry/telemetryError.ts";
import { GitRepository } from "../../../support/functions/gitRepository.ts";
import { newSnapshotLab, type SnapshotLab } from "../../../support/functions/snapshots.ts";
import { auditRollups } from "../../../support/telemetry/rollupAudit.ts";
import { sqlJs } from "../../../support/telemetry/telemetry.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";

const LONG = "(x) {\n\ta(x);\n\tb(x);\n\tc(x);\n\td(x);\n\treturn x;\n}\n";

describe("a snapshot of a workspace", () => {
	const folder = useTempFolder();
	let lab: SnapshotLab;
	let repository: GitRepository;

	beforeEach(async () => {
		lab = await newSnapshotLab();
		repository = new GitRepository(folder.file("repository"));
	});
	afterEach(() => lab.dispose());

	it("records a version of every function of the tracked files", async () => {
		const text = "export function f() {\n\treturn 1;\n}\n";
		repository.write({ "src/a.ts": text, "b/c.py": "class A:\n    def g(self):\n        pass\n" });
		writeFileSync(path.join(repository.root, "untracked.ts"), "function no() {}");
		const result = await lab.take(repository.root);
		assert.equal(result.functions, 2);
		assert.equal(result.newVersions, 2);
		const [python, script] = lab.versions();
		assert.equal(python?.function_id, "b/c.py#A.g");
		assert.deepEqual(
			{ ...script, version_hash: "" },
			{
				function_id: "src/a.ts#f",
				version_hash: "",
				ts: lab.now,
				source: "index",
				file_path: path.join(repository.root, "src/a.ts"),
				lines: "1-3",
				copy_of: null,
				git_blob: gitBlob(Buffer.from(text), "sha1"),
			},
		);
		assert.equal(repository.git("rev-parse", ":src/a.ts").trim(), script?.git_blob);
		assert.deepEqual(auditRollups(lab.store, lab.now), []);
		assert.deepEqual([lab.progress[0], lab.progress.at(-1)], [0.1, 1]);
	});

	it("adds nothing when it is taken again, and parses nothing", async () => {
		repository.write({ "a.ts": `function f${LONG}`, "b.ts": `function g${LONG}` });
		await lab.take(repository.root);
		const before = lab.versions();
		const again = await lab.take(repository.root);
		assert.deepEqual(
			[again.parsed, again.unchanged, again.newVersions, again.copies],
			[0, 2, 0, 0],
		);
		assert.deepEqual(lab.versions(), before);
	});

	it("parses only what has changed, and adds a version only where the body did", async () => {
		repository.write({ "a.ts": "function f() {}\nfunction g() {}\n", "b.ts": "function h() {}" });
		await lab.take(repository.root);
		repository.write({ "a.ts": "// says\nfunction f() {}\nfunction g() { return 1; }\n" });
		const result = await lab.take(repository.root);
		assert.deepEqual([result.parsed, result.unchanged, result.newVersions], [1, 1, 1]);
		const found = "SELECT function_id, versions_count FROM function_stats ORDER BY 1";
		assert.deepEqual(lab.store.all(found), [
			{ function_id: "a.ts#f", versions_count: 1 },
			{ function_id: "a.ts#g", versions_count: 2 },
			{ function_id: "b.ts#h", versions_count: 1 },
		]);
		assert.deepEqual(auditRollups(lab.store, lab.now), []);
	});

	it("does not parse a file that was only touched", async () => {
		repository.write({ "a.ts": "function f() {}" });
		await lab.take(repository.root);
		writeFileSync(path.join(repository.root, "a.ts"), "function f() {}");
		const result = await lab.take(repository.root);
		assert.deepEqual([result.parsed, result.unchanged], [0, 1]);
	});

	it("tells a copy in another file, and names both", async () => {
		repository.write({ "a.ts": `function f${LONG}`, "c.ts": "function short(x) { return x; }" });
		await lab.take(repository.root);
		repository.write({
			"b.ts": `class A {\n\t// other words\n\tg${LONG}}\n`,
			"d.ts": "function brief(x) { return x; }",
		});
		assert.equal((await lab.take(repository.root)).copies, 1);
		const copies = lab.versions().filter(({ source }) => source === "copy_detected");
		assert.deepEqual(
			copies.map(({ function_id, copy_of }) => [function_id, copy_of]),
			[["b.ts#A.g", "a.ts#f"]],
		);
		assert.equal((await lab.take(repository.root)).copies, 0);
	});

	it("tells no copy of a function that was moved, or twice in its file", async () => {
		repository.write({ "a.ts": `function f${LONG}function g${LONG}` });
		await lab.take(repository.root);
		repository.remove("a.ts").write({ "b.ts": `function f${LONG}function g${LONG}` });
		assert.equal((await lab.take(repository.root)).copies, 0);
	});

	it("leaves out and counts links, other repositories, large files and what is no source", async () => {
		repository.write({
			"a.ts": "function f() {}",
			"large.ts": `// ${"x".repeat(1024 * 1024)}`,
			"readme.md": "# f",
		});
		symlinkSync("a.ts", path.join(repository.root, "link.ts"));
		const inner = path.join(repository.root, "inner");
		mkdirSync(inner);
		new GitRepository(inner).write({ "b.ts": "function g() {}" }).git("commit", "-qm", "b");
		repository.git("add", "-A");
		const { functions, skipped } = await lab.take(repository.root);
		assert.equal(functions, 1);
		assert.deepEqual(skipped, {
			otherLanguage: 1,
			symlink: 1,
			submodule: 1,
			tooLarge: 1,
			unreadable: 0,
		});
	});

	it("reads nothing outside of a repository, whatever its own index says", async () => {
		writeFileSync(folder.file("secret.ts"), "function secret() {}");
		mkdirSync(folder.file("elsewhere"));
		writeFileSync(folder.file("elsewhere/b.ts"), "function other() {}");
		repository.write({ "a.ts": "function f() {}", "XX/secret.ts": "", "linked/b.ts": "" });
		rmSync(path.join(repository.root, "linked"), { recursive: true });
		symlinkSync(folder.file("elsewhere"), path.join(repository.root, "linked"));
		// git itself makes no such index.
		const index = path.join(repository.root, ".git/index");
		const forged = readFileSync(index).subarray(0, -20);
		forged.write("../", forged.indexOf("XX/"));
		writeFileSync(index, Buffer.concat([forged, createHash("sha1").update(forged).digest()]));
		const { functions, skipped } = await lab.take(repository.root);
		assert.deepEqual([functions, skipped.symlink], [1, 2]);
	});

	it("indexes a folder of a repository by the paths of the repository", async () => {
		repository.write({ "one/a.ts": "function f() {}", "two/b.ts": "function g() {}" });
		await lab.take(path.join(repository.root, "one"));
		assert.deepEqual(
			lab.versions().map(({ function_id }) => function_id),
			["one/a.ts#f"],
		);
	});

	it("knows its functions afterwards by id and by telling names", async () => {
		repository.write({ "a.ts": "function loadGraph() {}\nfunction run() {}\n" });
		await lab.take(repository.root);
		assert.equal(lab.known.namedIn("node -e 'loadGraph()'"), "a.ts#loadGraph");
		assert.equal(lab.known.namedIn("npm run test -- a.ts#run"), "a.ts#run");
		assert.equal(lab.known.namedIn("npm run test"), null);
	});

	it("says so where there is no repository", async () => {
		await assert.rejects(lab.take(folder.path), (error: TelemetryError) => {
			return error.reason === "failed" && /not a git repository/.test(error.message);
		});
	});

	it("keeps what is there when it is cancelled", async () => {
		repository.write({ "a.ts": "function f() {}" });
		const cancelled = (error: TelemetryError) => error.reason === "cancelled";
		await assert.rejects(lab.take(repository.root, AbortSignal.abort()), cancelled);
		assert.equal((await lab.take(repository.root)).newVersions, 1);
	});
});

describe("a snapshot of a registry", () => {
	const folder = useTempFolder();
	let lab: SnapshotLab;

	beforeEach(async () => {
		lab = await newSnapshotLab();
	});
	afterEach(() => lab.dispose());

	async function writeRegistry(sql: string): Promise<string> {
		const database = new (await sqlJs()).Database();
		database.run(sql);
		writeFileSync(folder.file("registry.db"), database.export());
		database.close();
		return folder.file("registry.db");
	}

	it("records a version per content hash, once", async () => {
		const file = await writeRegistry(
			`CREATE TABLE functions (id, name, file_path, content_hash);
				INSERT INTO functions VALUES ('x/1', 'one', 'src/one.py', 'h1'), ('x/2', 'two', NULL, NULL)`,
		);
		assert.equal((await lab.takeRegistry(file)).newVersions, 1);
		assert.equal((await lab.takeRegistry(file)).newVersions, 0);
		assert.deepEqual(
			lab.versions().map((row) => [row.function_id, row.version_hash, row.source]),
			[["x/1", "h1", "index"]],
		);
		assert.equal(lab.known.namedIn("run two"), "x/2");
		assert.equal(lab.known.ofFile(folder.file("src/one.py")), "x/1");
	});

	it("needs no more than id and name", async () => {
		const file = await writeRegistry("CREATE TABLE functions (id TEXT, name TEXT)");
		assert.equal((await lab.takeRegistry(file)).functions, 0);
	});

	it("gives up one whose rows never end, and says so", async () => {
		const rows = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
			INSERT INTO functions SELECT i, 'f' FROM n`;
		const table = `PRAGMA page_size = 512; CREATE TABLE functions (id, name); ${rows}`;
		const file = await writeRegistry(table);
		writeFileSync(file, endless(readFileSync(file)));
		await assert.rejects(lab.takeRegistry(file), /more than a million|did not end/);
		const view = "WITH RECURSIVE n(id, name) AS (SELECT 1, 'f' UNION ALL SELECT id, name FROM n)";
		const viewed = await writeRegistry(`CREATE VIEW functions AS ${view} SELECT * FROM n`);
		await assert.rejects(lab.takeRegistry(viewed), /no table functions/);
	});

	it("does not wait for a pipe nor read a device", async () => {
		execFileSync("mkfifo", [folder.file("pipe.db")]);
		for (const file of [folder.file("pipe.db"), "/dev/zero"]) {
			await assert.rejects(lab.takeRegistry(file), /no plain file/);
		}
	});

	it("says what is wrong with it", async () => {
		const file = await writeRegistry("CREATE TABLE other (id TEXT)");
		const failed = (error: unknown) =>
			error instanceof TelemetryError && /no table functions/.test(error.message);
		await assert.rejects(lab.takeRegistry(file), failed);
		await assert.rejects(lab.takeRegistry(folder.file("none.db")), /cannot be read/);
	});
});

/**
 * A database of 512-byte pages in which each inner page of a table leads to nothing but the next one:
 * https://www.sqlite.org/fileformat.html#b_tree_pages
 */
function endless(bytes: Buffer): Buffer {
	const pages = Array.from({ length: bytes.length / 512 }, (_, index) => index);
	const inner = pages.filter((page) => page > 0 && bytes[page * 512] === 5).slice(0, 12);
	for (const [index, page] of inner.slice(0, -1).entries()) {
		const [start, next] = [page * 512, (inner[index + 1] ?? 0) + 1];
		bytes.writeUInt32BE(next, start + 8);
		for (let cell = 0; cell < bytes.readUInt16BE(start + 3); cell++) {
			bytes.writeUInt32BE(next, start + bytes.readUInt16BE(start + 12 + 2 * cell));
		}
	}
	return bytes;
}
