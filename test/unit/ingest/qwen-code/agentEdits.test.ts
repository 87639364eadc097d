import assert from "node:assert/strict";
import { qwenCode } from "../../../../src/ingest/qwen-code/qwenClient.ts";

const PLACE = "-p/subagents/9d542b6a-6305-4939-aacc-25ca1fc84121/agent-x-toolu_1.jsonl";

/** Lines that an agent's edit added and removed, as its file tells. */
function linesOf(args: object, output: string): unknown[] {
	const client = qwenCode(() => null);
	const file = client.classify(PLACE);
	assert.ok(file !== null && file !== "first_line");
	const reader = client.newReader(file);
	const at = { timestamp: "2026-11-27T22:25:18.000Z", cwd: "/p" };
	const part = (name: string, told: object) => ({ [name]: { id: "c1", name: "edit", ...told } });
	const lines = [
		{ ...at, type: "assistant", message: { parts: [part("functionCall", { args })] } },
		{
			...at,
			type: "tool_result",
			message: { parts: [part("functionResponse", { response: { output } })] },
			toolCallResult: { callId: "c1" },
		},
	];
	const found = lines.map((line) => reader.line(JSON.stringify(line)));
	assert.deepEqual(
		found.flatMap(({ problems }) => problems),
		[],
	);
	return found
		.flatMap(({ records }) => records.map(({ event }) => event))
		.flatMap((event) =>
			event.event === "tool_result" ? [event.linesAdded, event.linesRemoved] : [],
		);
}

const UPDATED =
	"The file: /p/b.txt has been updated. Showing lines 1-6 of 6 from the edited file:\n\n---\n\n";
const file_path = "/p/b.txt";

describe("Edits of Qwen Code's agents", () => {
	it("have the lines that their call replaced", () => {
		const args = { file_path, old_string: "one\nthree", new_string: "one\nzwei\nthree" };
		assert.deepEqual(linesOf(args, `${UPDATED}one\nzwei\nthree\n`), [1, 0]);
		const word = { file_path, old_string: "on", new_string: "un" };
		assert.deepEqual(linesOf(word, `${UPDATED}une\nthree\n`), [1, 1]);
		const gone = { file_path, old_string: "one\n", new_string: "" };
		assert.deepEqual(linesOf(gone, `${UPDATED}three\n`), [0, 1]);
	});

	it("have none where they replaced everywhere, or failed", () => {
		const args = { file_path, old_string: "a", new_string: "b" };
		assert.deepEqual(linesOf({ ...args, replace_all: true }, `${UPDATED}b\n`), [null, null]);
		assert.deepEqual(linesOf(args, "Failed to edit, could not find the string"), [null, null]);
	});
});
