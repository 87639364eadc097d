import assert from "node:assert/strict";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { inProject } from "../../../scripts/paths.ts";
import { runCli } from "../../support/cli/runCli.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const HOUR_MS = 3_600_000;
const inCase = (name: string) =>
	readFileSync(inProject("test", "fixtures", "cases", "24-one-line-stops-telemetry", name));

describe("A line with a number or a time that cannot be", () => {
	const folder = useTempFolder();
	const log = () => folder.file("log.jsonl");
	const answer = async (...args: string[]) => {
		const { code, stdout, stderr } = await runCli(folder.path, [
			...args,
			"--db",
			folder.file("t.db"),
		]);
		assert.equal(code, 0, stderr);
		return stdout;
	};
	const ingest = () => answer("ingest", "--events-file", log());
	const status = async () => JSON.parse(await answer("status", "--json"));

	it("does not stop the telemetry, and is counted", async () => {
		writeFileSync(log(), inCase("step1.jsonl"));
		await ingest();
		appendFileSync(log(), inCase("step2.jsonl"));
		assert.match(await ingest(), /, 2 with a field left out; 2 calls in /);
		const { topFunctions, badLines, logs } = await status();
		const [edit, read] = topFunctions;
		assert.deepEqual([edit.function_id, read.function_id], ["tool:Edit", "tool:Read"]);
		assert.equal(read.mean_duration_ms, null);
		assert.deepEqual(badLines, [{ kind: "bad_field", count: 2 }]);
		assert.equal(logs[0].lagBytes, 0);
	});

	it("leaves status with an answer", async () => {
		writeFileSync(log(), inCase("skill.jsonl"));
		await ingest();
		assert.match(await answer("status"), /skill:deploy/);
	});

	const call = (id: string, ts: unknown) =>
		`${JSON.stringify({ v: 2, ts, event: "tool_use", session_id: "s", id, tool: "Read" })}\n`;

	it("happened when the line before it did, read at once or in two parts, in graph and database", async () => {
		const first = "2026-01-01T10:00:00.000Z";
		writeFileSync(log(), call("a", first) + call("b", "soon"));
		await ingest();
		appendFileSync(log(), call("c", "9999-01-01T00:00:00.000Z") + call("d", null));
		await ingest();
		const [read] = (await status()).topFunctions;
		assert.deepEqual([read.calls_total, read.last_used_at], [4, Date.parse(first)]);
		const { stdout } = await runCli(folder.path, ["graph", "--events-file", log(), "--json"]);
		const { counters } = JSON.parse(stdout);
		assert.equal(counters.lastEventAt, Date.parse(first));
	});

	it("is in no window where its clock is ahead of this one", async () => {
		const now = Date.now();
		const times = [0, 2, 8, 16, 23].map((hours) => now + hours * HOUR_MS);
		writeFileSync(
			log(),
			times.map((ts, at) => call(`c${at}`, new Date(ts).toISOString())).join(""),
		);
		await ingest();
		const [read] = (await status()).topFunctions;
		const windows = [read.calls_24h, read.calls_7d, read.calls_30d, read.calls_90d];
		assert.deepEqual([read.calls_total, ...windows], [5, 1, 1, 1, 1]);
	});
});
