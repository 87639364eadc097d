import assert from "node:assert/strict";
import { entriesOf } from "../../../src/ingest/claude-code/entries.ts";
import type { TranscriptEntry } from "../../../src/ingest/transcripts/entry.ts";
import { transcriptDocument } from "../../../src/transcripts/document.ts";

const AT = new Date(2026, 10, 27, 10, 0, 0).getTime();

const line = (fields: object) =>
	JSON.stringify({ timestamp: new Date(AT).toISOString(), ...fields });

const entry = (known: Partial<TranscriptEntry>): TranscriptEntry => ({
	kind: "answer",
	at: AT,
	text: "",
	call: "",
	tool: "",
	file: null,
	isFailure: false,
	agent: "",
	branch: "",
	...known,
});

describe("what a line says to a person", () => {
	it("is a prompt, an answer, a thought, a call with its arguments, what came back", () => {
		const lines = [
			line({ type: "user", message: { content: "mend it" } }),
			line({
				type: "assistant",
				message: {
					content: [
						{ type: "thinking", thinking: "hm" },
						{ type: "text", text: "I look" },
						{ type: "tool_use", id: "t1", name: "Bash", input: { command: "ls\npwd", n: 3 } },
					],
				},
			}),
			line({
				type: "user",
				message: {
					content: [{ type: "tool_result", tool_use_id: "t1", content: "gone", is_error: true }],
				},
			}),
			line({ type: "system", content: "compacted" }),
		];
		assert.deepEqual(
			lines.flatMap(entriesOf).map(({ kind, text, call, tool, isFailure }) => {
				return [kind, text, call, tool, isFailure];
			}),
			[
				["prompt", "mend it", "", "", false],
				["thinking", "hm", "", "", false],
				["answer", "I look", "", "", false],
				["call", "command:\nls\npwd\nn: 3", "t1", "Bash", false],
				["result", "gone", "t1", "", true],
				["note", "compacted", "", "", false],
			],
		);
	});

	it("names what is no text, and passes over what is broken", () => {
		const picture = line({ type: "user", message: { content: [{ type: "image", source: {} }] } });
		assert.deepEqual(
			entriesOf(picture).map(({ text }) => text),
			["(image that is not text)"],
		);
		for (const broken of ["", "{", "[]", "null", '{"type":"user"}', '{"type":"assistant"}']) {
			assert.deepEqual(entriesOf(broken), []);
		}
	});
});

describe("a transcript as a document", () => {
	it("has a heading for each part, how long a call took, and where it stands", () => {
		const { text, headings, lines } = transcriptDocument(
			[
				entry({ kind: "prompt", text: "mend it" }),
				entry({ kind: "call", text: "command: ls", call: "t1", tool: "Bash" }),
				entry({ kind: "result", at: AT + 1500, text: "gone", call: "t1", isFailure: true }),
			],
			{ title: "Agent a1", call: "" },
		);
		assert.equal(
			text,
			[
				"Agent a1",
				"",
				"10:00:00  Prompt",
				"    mend it",
				"",
				"10:00:00  Call Bash",
				"    command: ls",
				"",
				"10:00:01  ✗ Failure of Bash, after 1.5 s",
				"    gone",
				"",
			].join("\n"),
		);
		assert.deepEqual([...lines], [["t1", 5]]);
		assert.deepEqual(
			headings.map(({ line, endLine }) => [line, endLine]),
			[
				[2, 3],
				[5, 6],
				[8, 9],
			],
		);
	});

	it("lets no text pass for a heading, and cuts what no editor could show", () => {
		const { text, headings } = transcriptDocument(
			[entry({ text: `10:00:00  Call Bash\r\n${"y".repeat(100_000)}\n${"\n".repeat(5000)}end` })],
			{ title: "x", call: "" },
		);
		const rows = text.split("\n");
		assert.equal(rows[3], "    10:00:00  Call Bash");
		assert.ok(rows.length < 2010);
		assert.ok(rows.every((row) => row.length < 4100));
		assert.match(text, /96,000 characters more are in the file/);
		assert.match(text, /lines more are in the file/);
		assert.equal(headings[0]?.isLong, true);
	});

	it("says so when nothing was said", () => {
		assert.match(transcriptDocument([], { title: "x", call: "" }).text, /Nothing was said/);
	});
});
