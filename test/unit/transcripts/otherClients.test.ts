import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { findTranscript } from "../../../src/transcripts/findTranscript.ts";

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
	["pi/shell", "01a219db-7bbc-76e1-aed2-b6ec118e648f", ""],
];

describe("Transcripts of other clients as documents", () => {
	for (const [run, session, agent] of RUNS) {
		it(`are found, with what was asked, called and answered: ${run}`, async () => {
			const folder = path.join(CLIENTS, run, "projects");
			for (const who of new Set(["", agent])) {
				const found = await findTranscript([folder], { session, agent: who });
				assert(found !== null, who);
				assert.equal(found.client.name, run.split("/")[0]);
				const lines = readFileSync(found.file, "utf8").split("\n");
				const entries = lines.flatMap((line) => found.client.entries(line));
				const kinds = new Set(entries.map(({ kind }) => kind));
				for (const kind of ["answer", "call", "result"] as const) assert(kinds.has(kind), kind);
				assert(entries.every(({ at }) => at !== null));
			}
		});
	}

	it("are none where nobody wrote one", async () => {
		const folder = path.join(CLIENTS, "codex/nested-parallel/projects");
		const nobody = { session: "01a219dc-0000-7000-8000-000000000000", agent: "" };
		assert.equal(await findTranscript([folder], nobody), null);
	});
});
