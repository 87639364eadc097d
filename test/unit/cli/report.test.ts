import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { inProject } from "../../../scripts/paths.ts";
import { runCli } from "../../support/cli/runCli.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const RUN = inProject("test", "fixtures", "runs", "everything");

describe("agent-live-graph report", () => {
	const folder = useTempFolder();
	const run = (...args: string[]) => runCli(folder.path, args, { TZ: "UTC" });
	const database = (): string => folder.file("r.db");
	const ingest = () => run("ingest", "--db", database(), "--transcripts", `${RUN}/projects`);
	const report = (...args: string[]) =>
		run("report", "--db", database(), "--since", "2020-01-01", ...args);

	it("tells usage, failures and slow functions as Markdown", async () => {
		await ingest();
		const { code, stdout, stderr } = await report();
		assert.deepEqual([code, stderr], [0, ""]);
		assert.match(stdout, /^# Agents\n/);
		for (const title of ["By project", "By model", "Functions that fail", "Flaky tests"]) {
			assert.ok(stdout.includes(`## ${title}\n`), title);
		}
		assert.match(stdout, /- Cost: \*\*(?:≥ )?[$&]/);
		assert.match(stdout, /\| `claude-\w+/);
	});

	it("tells the same calls as the database in every format", async () => {
		await ingest();
		const json = JSON.parse((await report("--format", "json")).stdout);
		const status = JSON.parse((await run("status", "--db", database(), "--json")).stdout);
		assert.equal(json.calls.calls, status.calls);
		assert.equal(json.insights.usage.total.messages, status.usage.all.messages);
		assert.ok(Math.abs(json.insights.usage.total.costUsd - status.usage.all.costUsd) < 1e-9);
		const { stdout: csv } = await report("--format", "csv");
		const models = csv.split("\r\n").filter((line) => line.startsWith("model,"));
		assert.equal(models.length, json.insights.usage.models.length);
	});

	it("is one HTML file without a script, written for its owner alone", async () => {
		await ingest();
		const file = folder.file("report.html");
		const { code, stdout, stderr } = await report("--format", "html", "--out", file);
		assert.deepEqual([code, stdout, stderr], [0, "", "wrote report.html\n"]);
		const html = readFileSync(file, "utf8");
		assert.equal(statSync(file).mode & 0o777, 0o600);
		assert.doesNotMatch(html, /<script|https?:|style="|\son\w+=/i);
		assert.match(html, /default-src 'none'; style-src 'sha256-[\w+/]+=*'/);
	});

	it("is of one repository where one is named", async () => {
		await ingest();
		const { stdout } = await report("--format", "json", "--repo", "/nowhere");
		const { insights, calls } = JSON.parse(stdout);
		assert.deepEqual([insights.usage.total.messages, calls.calls, insights.sessions], [0, 0, 0]);
	});

	for (const since of ["", "7", "0d", "2026-13-01", "tomorrow", "2999-01-01"]) {
		it(`refuses a time that it cannot understand: ${JSON.stringify(since)}`, async () => {
			await ingest();
			const { code, stderr } = await run("report", "--db", database(), "--since", since);
			assert.equal(code, 2);
			assert.match(stderr, /--since needs a time/);
		});
	}

	it("says what is wrong without a database, or with one that is none", async () => {
		const missing = await report();
		assert.equal(missing.code, 1);
		assert.match(missing.stderr, /no database at .*r\.db/);
		writeFileSync(database(), "no database");
		const broken = await report();
		assert.equal(broken.code, 1);
		assert.match(broken.stderr, /damaged/);
	});
});

describe("agent-live-graph check", () => {
	const folder = useTempFolder();
	const run = (...args: string[]) => runCli(folder.path, args);
	const database = (): string => folder.file("r.db");
	const ingest = () => run("ingest", "--db", database(), "--transcripts", `${RUN}/projects`);
	const check = (...args: string[]) => run("check", "--db", database(), ...args);

	it("passes a session that keeps to its limits", async () => {
		await ingest();
		const { code, stdout } = await check(
			"--last",
			"--max-cost",
			"1000",
			"--max-failed-calls",
			"999",
		);
		assert.equal(code, 0);
		assert.match(stdout, /^session \S+: ok\n$/);
	});

	it("fails with a sentence for each limit that is broken", async () => {
		await ingest();
		const limits = ["--max-cost", "0", "--max-failed-calls", "0", "--min-health", "100"];
		const { code, stdout, stderr } = await check("--last", ...limits);
		assert.equal(code, 1);
		assert.match(stdout, /: not ok\n/);
		assert.match(stdout, /it cost \S+, more than \$0\.00/);
		assert.match(stdout, /\d+ calls? failed, more than 0/);
		assert.match(stderr, /of 3 limits broken/);
		const { stdout: json } = await check("--last", ...limits, "--json");
		const told = JSON.parse(json);
		assert.equal(told.ok, false);
		assert.ok(told.broken.length >= 2);
	});

	it("asks for a session and for limits that make sense", async () => {
		await ingest();
		for (const args of [
			[],
			["--last"],
			["--last", "--session", "x", "--max-cost", "1"],
			["--last", "--max-cost", "-1"],
			["--last", "--min-health", "much"],
		]) {
			assert.equal((await check(...args)).code, 2, args.join(" "));
		}
		const { code, stderr } = await check("--session", "none", "--max-cost", "1");
		assert.equal(code, 1);
		assert.match(stderr, /no session none/);
	});
});
