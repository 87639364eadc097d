import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { inProject } from "../../../scripts/paths.ts";
import { resultOf, runCli, startCli } from "../../support/cli/runCli.ts";
import { Collector } from "../../support/export/collector.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const RUN = inProject("test", "fixtures", "runs", "everything");

describe("agent-live-graph export, to a collector", () => {
	const folder = useTempFolder();
	const collector = new Collector();
	let endpoint = "";
	before(async () => {
		endpoint = await collector.start();
	});
	after(() => collector.stop());
	const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
		runCli(folder.path, [...args, "--db", folder.file("r.db")], env);

	it("sends a session with its agents, calls and messages, and no word of what they said", async () => {
		await run(["ingest", "--transcripts", `${RUN}/projects`]);
		const { code, stdout, stderr } = await run(["export"], {
			OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
			OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20hunter2",
		});
		assert.deepEqual([code, stderr], [0, ""]);
		assert.match(stdout, /^sent [\d,]+ spans in \d+ requests?\n$/);
		assert.equal(collector.headers[0]?.authorization, "Bearer hunter2");
		const { spans } = collector;
		const known = new Set(spans.map(({ spanId }) => spanId));
		assert.equal(known.size, spans.length);
		assert.deepEqual(
			spans.filter(({ parentSpanId: id }) => id !== undefined && !known.has(id)),
			[],
		);
		const operations = new Set(spans.map(({ name }) => name.split(" ")[0]));
		assert.deepEqual([...operations].sort(), ["chat", "execute_tool", "invoke_agent"]);
		const status = JSON.parse((await run(["status", "--json"])).stdout);
		const chats = spans.filter(({ name }) => name.startsWith("chat "));
		assert.equal(chats.length, status.usage.all.messages);
		assert.deepEqual(wordsIn(collector.bodies.map(String).join("\n")), []);
		const again = await run(["export", "--endpoint", endpoint]);
		assert.equal(again.stdout, "sent 0 spans in 0 requests\n");
	});

	it("sends nothing without an address, nor where OpenTelemetry is turned off", async () => {
		await run(["ingest", "--transcripts", `${RUN}/projects`]);
		const before = collector.bodies.length;
		const without = await run(["export"]);
		assert.equal(without.code, 2);
		assert.match(without.stderr, /needs --endpoint/);
		const off = await run(["export", "--endpoint", endpoint], { OTEL_SDK_DISABLED: "true" });
		assert.equal(off.code, 0);
		assert.equal(collector.bodies.length, before);
	});

	it("goes on with what is new until it is told to end", async () => {
		await run(["ingest", "--transcripts", `${RUN}/projects`]);
		const before = collector.bodies.length;
		const args = ["export", "--follow", "--endpoint", endpoint, "--db", folder.file("r.db")];
		const child = startCli(folder.path, args);
		const ended = resultOf(child);
		child.stdout?.once("data", () => child.kill("SIGTERM"));
		const { code, stdout, stderr } = await ended;
		assert.deepEqual([code, stderr], [0, ""]);
		assert.match(stdout, /^sent [\d,]+ spans/);
		assert.ok(collector.bodies.length > before);
	});

	it("says who refuses it, and no header", async () => {
		await run(["ingest", "--transcripts", `${RUN}/projects`]);
		collector.behaviours.push({ status: 401 });
		const { code, stdout, stderr } = await run(["export", "--endpoint", endpoint], {
			OTEL_EXPORTER_OTLP_HEADERS: "authorization=hunter2",
		});
		assert.equal(code, 1);
		assert.match(stderr, /answers 401/);
		assert.ok(!`${stdout}${stderr}`.includes("hunter2"));
	});
});

/** Texts of the transcripts, such as prompts, arguments, paths and outputs, that are in a request. */
function wordsIn(body: string): string[] {
	const texts = new Set<string>();
	const take = (value: unknown): void => {
		if (typeof value === "string") {
			for (const line of value.split("\n")) if (isTelling(line)) texts.add(line.trim());
		} else if (typeof value === "object" && value !== null) Object.values(value).forEach(take);
	};
	const files = globSync(`${RUN}/projects/**/*.jsonl`);
	for (const file of files) {
		for (const line of readFileSync(file, "utf8").split("\n"))
			if (line !== "") take(JSON.parse(line));
	}
	assert.ok(texts.size > 50, String(texts.size));
	const isIn = (text: string) =>
		body.includes(text) || body.includes(JSON.stringify(text).slice(1, -1));
	return [...texts].filter(isIn);
}

/** More than a name: several words, or a path. */
function isTelling(line: string): boolean {
	return line.trim().length >= 10 && /\s\S+\s|[/\\]/.test(line.trim());
}
