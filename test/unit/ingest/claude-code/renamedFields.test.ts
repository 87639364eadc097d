import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Findings, TranscriptFile } from "../../../../src/ingest/transcripts/port.ts";
import { fileOf, unpriced } from "../../../support/transcripts/recordedRun.ts";
import { renamedFields } from "../../../support/transcripts/renamed.ts";

const FIXTURES = join(import.meta.dirname, "../../../fixtures");
/** How often one field of one kind of line is tried: fixtures hold hundreds of each. */
const TRIES = 3;

/** What may be told differently without a word, and why nothing is lost by it. */
const REFINEMENTS: readonly RegExp[] = [
	// Figures that the client gives beside its own; they are shown, and nothing is counted by them.
	/\.toolUseResult\.toolStats\./,
	// Most calls have none, so that nothing tells one without from one under another name.
	/\.(?:backgroundTaskId|run_in_background)$/,
	// Most answers have none; without it the time between the two lines is the duration.
	/\.toolUseResult\.duration(?:Ms|Seconds)$/,
	// Looked through for scripts, of which messages hold none.
	/<tool_use:SendMessage>\.input\.content$/,
];

/** Arguments and answers of tools of which nothing is read, and what only repeats a call. */
const NOT_READ = /\.attachment\.|\.toolUseResult\.(?!toolStats)\w+\.|\.input\.\w+\./;

describe("A field of a transcript that has another name", () => {
	const transcripts = globSync("**/*.jsonl", { cwd: FIXTURES }).flatMap((path) => {
		const below = /(?:projects|transcripts)\/(.*)$/.exec(path)?.[1];
		const file = below === undefined ? null : fileOf(below, linesOf(path)[0]);
		return file === null ? [] : [{ path, file }];
	});

	it("is named, or nothing is lost by it", () => {
		const tries = new Map<string, number>();
		const silent = new Set<string>();
		for (const { path, file } of transcripts) {
			const lines = linesOf(path);
			const whole = read(file, lines);
			for (const [index, text] of lines.entries()) {
				const line = objectIn(text);
				if (line === null) continue;
				for (const { name, line: renamed } of renamedFields(line)) {
					const tried = tries.get(name) ?? 0;
					if (tried >= TRIES || NOT_READ.test(name)) continue;
					tries.set(name, tried + 1);
					const found = read(file, lines.with(index, renamed));
					const isNamed = found.problems.length > whole.problems.length;
					const isSame = told(whole).every((record) => told(found).includes(record));
					if (!isNamed && !isSame) silent.add(name);
				}
			}
		}
		assert.ok(tries.size > 300, `${tries.size} kinds of fields`);
		const lost = [...silent].filter((name) => !REFINEMENTS.some((known) => known.test(name)));
		assert.deepEqual(lost, []);
	});

	it("is named in what stands beside an agent's file too", () => {
		const text = { agentType: "Explore", description: "look", toolUseId: "t1" };
		const file = fileOf("-p/s1/subagents/agent-a1.jsonl") ?? assert.fail();
		for (const { name, line } of renamedFields(text)) {
			assert.deepEqual(
				unpriced.newReader(file).companion("", line).problems,
				["missing_field"],
				name,
			);
		}
		const more = JSON.stringify({ ...text, newField: 1 });
		assert.deepEqual(unpriced.newReader(file).companion("", more).problems, []);
	});

	it("is none where a client only writes one more", () => {
		for (const { path, file } of transcripts.filter(({ path }) => !path.startsWith("cases/"))) {
			const lines = linesOf(path);
			const more = lines.map((text) => {
				const line = objectIn(text);
				return line === null ? text : JSON.stringify({ ...line, newField: 1 });
			});
			assert.deepEqual(read(file, more).problems, read(file, lines).problems, path);
		}
	});

	it("makes a line of no kind that is known one that is named", () => {
		const file = fileOf("-p/s1.jsonl") ?? assert.fail();
		const problems = (line: object) => unpriced.newReader(file).line(JSON.stringify(line)).problems;
		const at = { sessionId: "s1", timestamp: "2026-01-01T00:00:00.000Z" };
		assert.deepEqual(problems({ type: "user-2", ...at }), ["unknown_type"]);
		assert.deepEqual(problems({ kind: "user", ...at }), ["missing_field"]);
		assert.deepEqual(problems({ type: "summary", summary: "x", leafUuid: "y" }), []);
		const content = [{ type: "tool_use_2", id: "t1", name: "Bash", input: {} }];
		const message = { id: "m1", model: "m", content, stop_reason: null, usage: {} };
		assert.deepEqual(problems({ type: "assistant", ...at, message }), ["unknown_type"]);
	});
});

function linesOf(path: string): string[] {
	return readFileSync(join(FIXTURES, path), "utf8").split("\n").filter(Boolean);
}

function objectIn(text: string): object | null {
	try {
		return JSON.parse(text) as object;
	} catch {
		return null;
	}
}

function read(file: TranscriptFile, lines: readonly string[]): Findings {
	const reader = unpriced.newReader(file);
	const found = lines.map((line) => reader.line(line));
	return {
		records: found.flatMap(({ records }) => records),
		problems: found.flatMap(({ problems }) => problems),
	};
}

/** Events, and what is derived from; arguments are what the model made them. */
function told({ records }: Findings): string[] {
	return records.map(({ event, call }) => JSON.stringify([event, call && { ...call, args: null }]));
}
