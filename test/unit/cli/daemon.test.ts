import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resultOf, runCli, startCli } from "../../support/cli/runCli.ts";
import { Collector } from "../../support/export/collector.ts";
import { GitRepository } from "../../support/functions/gitRepository.ts";
import { EventLog } from "../../support/log/eventLog.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

/** Asks Debian's own program. */
function sqlite(file: string, sql: string): string {
	return execFileSync("sqlite3", ["-readonly", file, sql], { encoding: "utf8" }).trim();
}

/** Two sessions in which a server reads, writes, then closes twice each, with other calls between. */
function logText(): string {
	const events = ["one", "two"].flatMap((session) => {
		const log = new EventLog(session);
		const tools = [
			"mcp__db__read",
			"mcp__db__write",
			"mcp__db__close",
			"Grep",
			"mcp__db__read",
			"mcp__db__write",
			"mcp__db__close",
			"Glob",
		];
		for (const [index, tool] of tools.entries()) {
			const call = { id: `${session}-${index}`, tool };
			log.add("tool_use", call).add("tool_result", { ...call, success: true });
		}
		return log.events;
	});
	return events.map((event) => `${JSON.stringify(event)}\n`).join("");
}

describe("agent-live-graph daemon", () => {
	const folder = useTempFolder();
	const database = () => folder.file("t.db");
	const args = (...more: string[]) => [
		"daemon",
		"--events-file",
		folder.file("events.jsonl"),
		"--db",
		database(),
		...more,
	];
	beforeEach(() => writeFileSync(folder.file("events.jsonl"), logText()));

	it("reads the log and searches for sequences, once when asked to, in one line", async () => {
		const { code, stdout, stderr } = await runCli(folder.path, args("--once"));
		assert.deepEqual([code, stderr], [0, ""]);
		assert.match(
			stdout,
			/^\S+Z 16 calls; no functions: .*; 1 sequence, 1 new proposal; took [\d.]+ m?s\n$/,
		);
		assert.equal(
			sqlite(database(), "SELECT function_ids, occurrences, sessions FROM sequences"),
			'["mcp:db/read","mcp:db/write","mcp:db/close"]|4|2',
		);
		assert.equal(sqlite(database(), "SELECT kind FROM proposals"), "new_pipeline");
		assert.equal(existsSync(`${database()}.lock`), false);
	});

	it("records the functions of a folder that git knows", async () => {
		const repository = new GitRepository(folder.file("project"));
		repository.write({ "a.py": "def one():\n    return 1\n\ndef two():\n    return 2\n" });
		const round = () => runCli(folder.path, args("--once", "--workspace", repository.root));
		assert.match((await round()).stdout, /; 2 functions, 2 new versions; /);
		assert.match((await round()).stdout, /; 2 functions, 0 new versions; /);
		assert.equal(sqlite(database(), "SELECT count(*) FROM function_versions"), "2");
	});

	it("changes no row of sequences and proposals in a second round", async () => {
		await runCli(folder.path, args("--once"));
		const rows = () => sqlite(database(), "SELECT * FROM sequences; SELECT * FROM proposals");
		const before = rows();
		const { stdout } = await runCli(folder.path, args("--once"));
		assert.match(stdout, /1 sequence, 0 new proposals/);
		assert.equal(rows(), before);
	});

	it("goes on round by round, alone, and ends well when told to", async () => {
		const child = startCli(folder.path, args("--interval", "1s"));
		const ended = resultOf(child);
		if (child.stdout !== null) await once(child.stdout, "data");
		const second = await runCli(folder.path, args());
		assert.equal(second.code, 1);
		assert.match(second.stderr, /another process keeps .*t\.db up to date already/);
		assert.equal(second.stdout, "");
		if (child.stdout !== null) await once(child.stdout, "data");
		child.kill("SIGTERM");
		const { code, stdout, stderr } = await ended;
		assert.deepEqual([code, stderr], [0, ""]);
		assert.ok(stdout.trim().split("\n").length >= 2, stdout);
		assert.equal(
			sqlite(database(), "PRAGMA integrity_check; SELECT count(*) FROM calls"),
			"ok\n16",
		);
		assert.equal(existsSync(`${database()}.lock`), false);
	});

	it("sends what it reads to a collector where it is told to", async () => {
		const collector = new Collector();
		const endpoint = await collector.start();
		try {
			const child = startCli(folder.path, args("--export", "--endpoint", endpoint));
			const ended = resultOf(child);
			await collector.until(() => collector.spans.length > 0);
			child.kill("SIGTERM");
			assert.equal((await ended).code, 0);
			assert.equal(new Set(collector.spans.map(({ spanId }) => spanId)).size, 18);
			const without = await runCli(folder.path, args("--once", "--endpoint", endpoint));
			assert.equal(without.code, 2);
			assert.match(without.stderr, /--endpoint needs --export/);
		} finally {
			await collector.stop();
		}
	});

	it("refuses a time between rounds that makes no sense", async () => {
		for (const interval of ["0s", "5", "-1m", "25h", "soon"]) {
			const { code, stderr } = await runCli(folder.path, args(`--interval=${interval}`));
			assert.equal(code, 2);
			assert.match(stderr, /--interval needs a time from 1s to 24h/);
		}
		assert.equal(existsSync(database()), false);
	});

	it("says why when the database cannot be made", async () => {
		const blocked = folder.file("file");
		writeFileSync(blocked, "");
		const { code, stderr } = await runCli(folder.path, [
			"daemon",
			"--once",
			"--db",
			`${blocked}/t.db`,
		]);
		assert.equal(code, 1);
		assert.match(stderr, /file\/t\.db|ENOTDIR|EEXIST/);
		assert.equal(readFileSync(blocked, "utf8"), "");
	});
});
