import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { parseLine } from "../../../src/ingest/eventLog/parseLine.ts";
import { type CliRun, runCli } from "../../support/cli/runCli.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

describe("agent-live-graph record", () => {
	const folder = useTempFolder();
	const log = (): string => folder.file("log/events.jsonl");
	const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
		runCli(folder.path, args, { KEI_EVENTS_FILE: log(), ...env });
	const record = (...args: string[]) => run(["record", ...args, "--session", "s1"]);
	const lines = (): string[] => readFileSync(log(), "utf8").trimEnd().split("\n");

	const all: readonly (readonly string[])[] = [
		["skill", "--name", "review", "--duration", "1200"],
		["call", "--name", "tools/mesh.py#weld", "--duration", "3.5", "--error", "ValueError"],
		["cost", "--model", "gpt-x", "--usd", "0.25", "--tokens-in", "10", "--tokens-out", "20"],
		["test", "--name", "welds", "--function", "tools/mesh.py#weld", "--duration", "8"],
		["e2e", "--app", "shop", "--name", "pays", "--function", "a.ts#pay,b.ts#send", "--failed"],
		["violation", "--name", "no-force", "--function", "bash:git push", "--severity", "error"],
	];

	it("writes a line for each, which is read without a note, and says so", async () => {
		for (const args of all) {
			const { code, stdout, stderr } = await record(...args);
			assert.deepEqual([code, stderr], [0, ""], args.join(" "));
			const told = JSON.parse(stdout);
			assert.deepEqual([told.ok, told.written], [true, true]);
			const event = parseLine(lines().at(-1) ?? "");
			assert.ok(typeof event === "object" && event.note === null, args.join(" "));
			assert.deepEqual([event.event, event.session], [told.event, "s1"]);
		}
		assert.equal(lines().length, all.length);
		assert.equal(statSync(log()).mode & 0o777, 0o600);
	});

	it("is in the tables after the next reading, once however often it was told", async () => {
		for (const [index, args] of all.entries()) {
			for (let time = 0; time < 2; time++) await record(...args, "--id", `w${index}`);
		}
		const database = folder.file("r.db");
		assert.equal((await run(["ingest", "--db", database, "--no-transcripts"])).code, 0);
		const status = JSON.parse((await run(["status", "--db", database, "--json"])).stdout);
		const rows = Object.fromEntries(
			status.rows.map(({ table, rows: count }: { table: string; rows: number }) => [table, count]),
		);
		const { calls, messages, test_runs, violations, skill_invocations } = rows;
		assert.deepEqual(
			{ calls, messages, test_runs, violations, skill_invocations },
			{ calls: 2, messages: 1, test_runs: 1, violations: 1, skill_invocations: 1 },
		);
		assert.deepEqual(status.badLines, []);
		assert.equal(status.usage.all.costUsd, 0.25);
	});

	const refused: readonly (readonly [args: readonly string[], why: RegExp])[] = [
		[["skill"], /needs --name/],
		[["skill", "--name", " "], /--name needs a name/],
		[["skill", "--name", "a\nb"], /--name needs a name/],
		[["skill", "--name", "x".repeat(257)], /--name needs a name/],
		[["skill", "--name", "x", "--duration=-1"], /--duration needs a number from 0/],
		[["skill", "--name", "x", "--duration", "1e99"], /--duration needs a number/],
		[["skill", "--name", "x", "--duration", "9999999999"], /--duration needs a number/],
		[["skill", "--name", "x", "--usd", "1"], /record skill has no --usd/],
		[["cost", "--model", "m"], /needs one of --usd/],
		[["cost", "--model", "m", "--tokens-in", "1.5"], /needs a whole number/],
		[["cost", "--model", "m", "--usd", "10001"], /--usd needs a number/],
		[["cost", "--model", "m", "--usd", "1", "--failed"], /record cost has no --failed/],
		[["e2e", "--name", "x", "--function", "f"], /needs --app/],
		[["e2e", "--app", "a", "--name", "x", "--function", "f,,g"], /--function needs a name/],
		[["violation", "--name", "x", "--function", "f", "--severity", "bad"], /--severity is one of/],
		[
			["e2e", "--app", "a", "--name", "x", "--function", `${"ä".repeat(256)},`.repeat(9)],
			/fit|name/,
		],
		[["nothing"], /record: Unexpected argument 'nothing'/],
	];
	for (const [args, why] of refused) {
		it(`refuses ${JSON.stringify(args).slice(0, 60)}`, async () => {
			const { code, stdout, stderr } = await record(...args);
			assert.deepEqual([code, stdout], [2, ""]);
			assert.match(stderr, why);
			assert.throws(() => statSync(log()));
		});
	}

	it("knows the session of the client's own shells, and asks for one elsewhere", async () => {
		const args = ["record", "skill", "--name", "x"];
		assert.match((await run(args)).stderr, /needs --session/);
		await run(args, { CLAUDE_CODE_SESSION_ID: "s7" });
		assert.equal(JSON.parse(lines()[0] ?? "").session_id, "s7");
	});

	it("begins its line behind one that was cut off", async () => {
		mkdirSync(folder.file("log"));
		writeFileSync(log(), '{"v":2,"cut');
		await record("skill", "--name", "x");
		assert.equal(lines()[0], '{"v":2,"cut');
		assert.equal(JSON.parse(lines()[1] ?? "").skill, "x");
	});

	it("leaves every line whole where many write at once", async () => {
		const names = Array.from({ length: 12 }, (_, index) => `n${index}`);
		const runs: CliRun[] = await Promise.all(names.map((name) => record("skill", "--name", name)));
		assert.ok(runs.every(({ code }) => code === 0));
		const written = lines().map((line) => JSON.parse(line).skill);
		assert.deepEqual(written.sort(), names.sort());
	});

	it("writes nothing where the log is turned off, or is no plain file", async () => {
		const off = await run(["record", "skill", "--name", "x", "--session", "s"], {
			KEI_EVENTS_BYPASS: "1",
		});
		assert.equal(JSON.parse(off.stdout).written, false);
		mkdirSync(folder.file("log"));
		execFileSync("mkfifo", [log()]);
		const { code, stderr } = await record("skill", "--name", "x");
		assert.equal(code, 1);
		assert.match(stderr, /no plain file/);
	});
});
