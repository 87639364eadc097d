import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { runCli } from "../../support/cli/runCli.ts";
import { openFolder, telemetryOptions } from "../../support/faults/faultFolder.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const START = Date.parse("2026-01-01T10:00:00.000Z");
const PROGRAMS = ["git", "npm", "jq"];

describe("agent-live-graph sequences", () => {
	const folder = useTempFolder();
	const database = () => folder.file("t.db");
	const run = (...args: string[]) => runCli(folder.path, args);
	const sequences = (...args: string[]) => run("sequences", "--db", database(), ...args);
	const json = async (...args: string[]) => JSON.parse((await sequences(...args, "--json")).stdout);

	beforeEach(async () => {
		const lines = ["s1", "s2", "s3"].flatMap((session) =>
			PROGRAMS.map((program, at) => ({
				v: 2,
				ts: new Date(START + at * 1000).toISOString(),
				event: "tool_result",
				session_id: session,
				id: `toolu_${session}_${at}`,
				tool: "Bash",
				program,
				success: true,
				duration_ms: 5,
			})),
		);
		const log = folder.file("agent-events.jsonl");
		writeFileSync(log, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
		await run("ingest", "--db", database(), "--events-file", log);
	});

	it("--detect finds them in the recorded calls, and saves them", async () => {
		const { code, stdout, stderr } = await sequences("--detect");
		assert.deepEqual([code, stderr], [0, ""]);
		assert.match(stdout, /^1 sequence in 9 calls\n/);
		assert.match(stdout, /bash:git → bash:npm → bash:jq +3 +3 +100 % +15 ms/);
		const again = await sequences();
		assert.match(again.stdout, /^1 sequence\n.*bash:git → bash:npm → bash:jq/s);
	});

	it("--propose adds what could be done, and twice is as once", async () => {
		const { stdout } = await sequences("--detect", "--propose");
		assert.match(stdout, /1 open proposal, 1 new\n.*Make a pipeline of bash:git/s);
		const before = readFileSync(database());
		const again = await json("--detect", "--propose");
		assert.deepEqual(again.detection, { calls: 9, sequences: 1, changedRows: 0, newProposals: 0 });
		assert.equal(again.proposals.length, 1);
		assert.ok(readFileSync(database()).equals(before));
	});

	it("--propose keeps to the limits that are given, and refuses what can be none", async () => {
		const { stdout } = await sequences("--propose", "--pipeline-min-steps", "4");
		assert.match(stdout, /0 open proposals, 0 new/);
		const few = ["--pipeline-min-minutes", "0", "--pipeline-min-success", "0.5"];
		const again = await sequences("--propose", "--pipeline-min-steps", "4", ...few);
		assert.match(again.stdout, /1 open proposal, 1 new/);
		for (const [option, wrong] of [
			["--fix-above", "2"],
			["--fix-min-calls", "many"],
			["--archive-after-days", "-1"],
		] as const) {
			const refused = await sequences("--propose", `${option}=${wrong}`);
			assert.equal(refused.code, 2);
			assert.match(refused.stderr, new RegExp(`${option} needs a number from .* not "${wrong}"`));
		}
	});

	it("--report is Markdown with the calls behind each", async () => {
		const { stdout } = await sequences("--detect", "--report");
		assert.match(stdout, /^# Sequences\n/);
		assert.match(stdout, /\| `bash:git` → `bash:npm` → `bash:jq` \| 3 \| 3 \| 100 % \|/);
		for (const session of ["s1", "s2", "s3"]) {
			assert.match(
				stdout,
				new RegExp(`\`${session}\` \\| orchestrator \\| \`toolu_${session}_0\``),
			);
		}
	});

	it("--json prints JSON and nothing else", async () => {
		const output = await json("--detect", "--report");
		assert.equal(output.sequences[0].lift, 4);
		assert.equal(output.details[0].occurrences.length, 3);
		assert.equal((await json()).detection, null);
	});

	it("says so when there is no database", async () => {
		const { code, stderr } = await run("sequences", "--detect", "--db", folder.file("none.db"));
		assert.deepEqual([code, stderr.includes("no database at")], [1, true]);
	});

	it("leaves a database alone that another process writes", async () => {
		const writer = openFolder(folder.path);
		try {
			await writer.catchUp();
			const { databaseFile } = telemetryOptions(folder.path);
			const { code, stderr } = await run("sequences", "--detect", "--db", databaseFile);
			assert.deepEqual([code, stderr.includes("another process writes")], [1, true]);
			assert.equal((await run("sequences", "--db", databaseFile)).stdout, "0 sequences\n");
		} finally {
			await writer.dispose();
		}
	});
});
