import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { inProject } from "../../../scripts/paths.ts";
import { runReported } from "../../../scripts/runner/runReported.ts";
import { type SuiteResult, summarize } from "../../../scripts/runner/summary.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const runMocha = inProject("scripts", "runner", "runMocha.ts");
const LIMIT = 300_000;

describe("a suite of the test runner", () => {
	const folder = useTempFolder();

	for (const [title, ...options] of [["one after the other"], ["side by side", "--parallel"]]) {
		it(`counts what passed, failed and was skipped in files, ${title}`, async () => {
			for (const name of ["some", "other"]) {
				writeFileSync(
					folder.file(`${name}.test.mjs`),
					`describe("${name} thing", () => {
						it("works", () => {});
						it("breaks", () => { throw new Error("as it should"); });
						it("needs what is not here", function () { this.skip(); });
					});`,
				);
			}
			const args = [runMocha, ...options, folder.file("*.test.mjs")];
			const { skipped, failures, ...counts } = await runReported(args, LIMIT, true);
			assert.deepEqual(counts, { passed: 2, failed: 2 });
			assert.deepEqual(skipped.toSorted(), [
				"other thing needs what is not here",
				"some thing needs what is not here",
			]);
			assert.deepEqual(failures.toSorted(), ["other thing breaks", "some thing breaks"]);
		});
	}

	it("is told how often to repeat the fault tests, and little else of this environment", async () => {
		writeFileSync(
			folder.file("some.test.mjs"),
			`import assert from "node:assert/strict";
			it("sees", () => {
				assert.equal(process.env.AGENT_LIVE_GRAPH_FAULT_RUNS, "7");
				assert.equal(process.env.SOMEBODYS_SECRET, undefined);
			});`,
		);
		process.env.AGENT_LIVE_GRAPH_FAULT_RUNS = "7";
		process.env.SOMEBODYS_SECRET = "x";
		try {
			const report = await runReported([runMocha, folder.file("*.test.mjs")], LIMIT, true);
			assert.deepEqual(report.failures, []);
		} finally {
			delete process.env.AGENT_LIVE_GRAPH_FAULT_RUNS;
			delete process.env.SOMEBODYS_SECRET;
		}
	});

	it("has failed when it ran no test", async () => {
		const report = await runReported([runMocha, folder.file("*.test.mjs")], LIMIT, true);
		assert.deepEqual(report.failures, ["ran no test"]);
		assert.equal(report.failed, 1);
	});

	it("has failed when it died", async () => {
		writeFileSync(folder.file("some.test.mjs"), "process.exit(0);");
		const report = await runReported([runMocha, folder.file("*.test.mjs")], LIMIT, true);
		assert.deepEqual(report.failures, ["ended with 0 and no report"]);
		writeFileSync(folder.file("other.test.mjs"), 'it("works", () => {});');
		const args = [runMocha, "--parallel", folder.file("*.test.mjs")];
		const beside = await runReported(args, LIMIT, true);
		assert.ok(beside.failed > 0, JSON.stringify(beside));
	});

	it("has failed when it does not end", async () => {
		const report = await runReported(["-e", "setInterval(() => {}, 1000)"], 300, true);
		assert.deepEqual(report.failures, ["did not end within 0.3 s"]);
	});

	it("ends with whoever runs it, and ends what it has started", async () => {
		const [started, ended] = [folder.file("started"), folder.file("ended")];
		const runner = (name: string) => JSON.stringify(inProject("scripts", "runner", name));
		const suite = folder.file("suite.mjs");
		writeFileSync(
			suite,
			`import { writeFileSync } from "node:fs";
			import { exitOnSignals } from ${runner("exitOnSignals.ts")};
			exitOnSignals();
			process.on("exit", () => writeFileSync(${JSON.stringify(ended)}, ""));
			writeFileSync(${JSON.stringify(started)}, "");
			setInterval(() => {}, 1000);`,
		);
		const test = folder.file("test.mjs");
		writeFileSync(
			test,
			`import { runReported } from ${runner("runReported.ts")};
			await runReported([${JSON.stringify(suite)}], ${LIMIT}, true);`,
		);
		const running = spawn(process.execPath, [test], { stdio: "inherit" });
		while (!existsSync(started)) await delay(10);
		running.kill("SIGTERM");
		await once(running, "close");
		assert.ok(existsSync(ended));
	});

	it("sees no home but an empty one", async () => {
		const home = JSON.stringify(process.env.HOME);
		writeFileSync(
			folder.file("some.test.mjs"),
			`it("is elsewhere", () => {
				if (process.env.HOME === ${home}) throw new Error("the same home");
				if (!process.env.CLAUDE_CONFIG_DIR.startsWith(process.env.HOME)) throw new Error("theirs");
				if (process.env.KEI_EVENTS_FILE !== undefined) throw new Error("their log");
			});`,
		);
		const report = await runReported([runMocha, folder.file("*.test.mjs")], LIMIT, true);
		assert.deepEqual(report.failures, []);
	});
});

describe("the summary", () => {
	const results: SuiteResult[] = [
		{ suite: "lint", passed: 1, failed: 0, skipped: [], failures: [], seconds: 1.25 },
		{
			suite: "unit",
			passed: 40,
			failed: 2,
			skipped: ["runs in busybox"],
			failures: ["a", "b"],
			seconds: 3,
		},
	];
	const lines = stripVTControlCharacters(summarize(results, ["busybox"])).split("\n");

	it("has a line for each suite", () => {
		assert.ok(lines.some((line) => /^lint +1 +0 +0 +1\.3$/.test(line)));
		assert.ok(lines.some((line) => /^unit +40 +2 +1 +3\.0$/.test(line)));
	});

	it("names what was skipped, what is missing and what failed", () => {
		assert.ok(lines.includes("skipped, unit: runs in busybox"));
		assert.ok(lines.includes("missing programs: busybox"));
		assert.ok(lines.includes("failed, unit: b"));
	});

	it("ends with the total alone on its line", () => {
		assert.equal(lines.at(-1), "41 passed, 2 failed");
	});
});
