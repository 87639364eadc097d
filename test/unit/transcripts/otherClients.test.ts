import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import * as path from "node:path";
import { findTranscript } from "../../../src/transcripts/findTranscript.ts";
import { linesOf } from "../../../src/transcripts/linesOf.ts";
import { beginningOf, fileOf, reasonOf } from "../../../src/transcripts/readTranscript.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const CLIENTS = path.join(import.meta.dirname, "../../fixtures/clients");

/** A run of each client whose transcripts are text, with its session and an agent of it. */
const RUNS: readonly (readonly [run: string, session: string, agent: string])[] = [
	[
		"codex/nested-parallel",
		"01a219dc-31f5-70d2-9478-17f4bb7648a9",
		"01a219dc-3943-7851-9263-81afbc4ecf68",
	],
	[
		"copilot-cli/shell-and-subagent",
		"d4e403ab-b3e9-4550-8b36-daf3aa72cbbe",
		"322fcaf2-1493-42a9-8813-71bd3c8596a9",
	],
	[
		"gemini-cli/shell-and-subagent",
		"a35e2989-5b4e-49e0-b8d6-13be585cc039",
		"b2c55a84-b85e-4032-84db-82918447cd12",
	],
	[
		"qwen-code/shell-and-subagent",
		"5490f3ef-67f3-49e9-95be-6921fc0df865",
		"general-purpose-call_0008mwy39m5g",
	],
	[
		"opencode/shell-and-subagent",
		"ses_de633121cffeJVlRgnt3qc6FEc",
		"ses_de632e599ffeuguQ0Ldya02d2S",
	],
	["pi/shell", "01a219db-7bbc-76e1-aed2-b6ec118e648f", ""],
];

describe("Transcripts of other clients as documents", () => {
	const temp = useTempFolder();

	for (const [run, session, agent] of RUNS) {
		it(`are found, with what was asked, called and answered: ${run}`, async () => {
			const folder = temp.file("projects");
			// Whoever opens a database may make files beside it.
			cpSync(path.join(CLIENTS, run, "projects"), folder, { recursive: true });
			for (const who of new Set(["", agent])) {
				const found = await findTranscript([folder], { session, agent: who });
				assert(found !== null, who);
				assert.equal(found.client.name, run.split("/")[0]);
				const entries = [];
				for await (const line of linesOf(found)) entries.push(...found.client.entries(line));
				const kinds = new Set(entries.map(({ kind }) => kind));
				for (const kind of ["answer", "call", "result"] as const) assert(kinds.has(kind), kind);
				assert(entries.every(({ at }) => at !== null));
			}
		});
	}

	it("are those of one session out of a database of many, told once for each part", async () => {
		const folder = temp.file("projects");
		const run = path.join(CLIENTS, "opencode/shell-and-subagent/projects");
		cpSync(run, folder, { recursive: true });
		const session = { folders: [folder], session: "ses_de633121cffeJVlRgnt3qc6FEc", agent: "" };
		assert.equal((await beginningOf(session)).prompt, '"[MAIN] do the scripted task"');
		const failed = "call_0005mwy2sua4";
		assert.match((await reasonOf(session, failed)) ?? "", /nonexistent-dir/);
		const found = (await findTranscript([folder], session)) ?? assert.fail();
		const entries = [];
		for await (const line of linesOf(found)) entries.push(...found.client.entries(line));
		const own = entries.filter(({ call }) => call === failed);
		assert.deepEqual(
			own.map(({ kind, isFailure, agent }) => [kind, isFailure, agent]),
			[
				["call", false, ""],
				["result", true, ""],
			],
		);
		assert.equal(await fileOf(session, failed), null);
		const nobody = { session: "ses_none", agent: "" };
		assert.equal(await findTranscript([folder], nobody), null);
	});

	it("are none where nobody wrote one", async () => {
		const folder = path.join(CLIENTS, "codex/nested-parallel/projects");
		const nobody = { session: "01a219dc-0000-7000-8000-000000000000", agent: "" };
		assert.equal(await findTranscript([folder], nobody), null);
	});
});
