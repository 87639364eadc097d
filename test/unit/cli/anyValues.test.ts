import assert from "node:assert/strict";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { anyEvent, anyRecord } from "../../support/anyValues/anyLines.ts";
import { runCli } from "../../support/cli/runCli.ts";
import { Random } from "../../support/histories/simulation/random.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const LINES = 50_000;
const SESSION = "5e55104e-0000-4000-8000-00000000000";
const FILES = [
	[`${SESSION}1.jsonl`, `${SESSION}1`, ""],
	[`${SESSION}2.jsonl`, `${SESSION}2`, ""],
	[`${SESSION}2/subagents/agent-a1.jsonl`, `${SESSION}2`, "a1"],
	[`${SESSION}2/subagents/agent-a2.jsonl`, `${SESSION}2`, "a2"],
] as const;

describe("Any values in any fields", () => {
	const folder = useTempFolder();

	it("of 100,000 lines stop nothing: all is read, and every command answers", async () => {
		const random = new Random(Number(process.env.SEED ?? 1));
		const [log, transcripts, db] = ["log.jsonl", "projects", "t.db"].map(folder.file);
		assert.ok(log !== undefined && transcripts !== undefined && db !== undefined);
		writeFileSync(
			log,
			textOf(LINES, () => anyEvent(random)),
		);
		for (const [name, session, agent] of FILES) {
			const file = path.join(transcripts, "p", name);
			mkdirSync(path.dirname(file), { recursive: true });
			writeFileSync(
				file,
				textOf(LINES / FILES.length, () => anyRecord(random, session, agent)),
			);
		}
		const sources = ["--events-file", log, "--transcripts", transcripts];
		const answer = async (...args: string[]) => {
			const { code, stdout, stderr } = await runCli(folder.path, args);
			assert.equal(code, 0, `${args.join(" ")}\n${stderr.slice(-2000)}`);
			return stdout;
		};
		await answer("ingest", "--db", db, ...sources);
		const status = JSON.parse(await answer("status", "--db", db, "--json"));
		assert.deepEqual(status.logs, [
			{ source: `events:${log}`, ingestedBytes: statSync(log).size, lagBytes: 0 },
		]);
		assert.deepEqual(status.setAside, []);
		assert.ok(status.calls > 0);
		await answer("status", "--db", db);
		await answer("sequences", "--db", db, "--detect", "--propose", "--report");
		await answer("graph", ...sources);
		const graph = JSON.parse(await answer("graph", ...sources, "--json"));
		assert.ok(graph.nodes.length > 0);
	});
});

function textOf(count: number, line: () => string): string {
	return Array.from({ length: count }, () => `${line()}\n`).join("");
}
