import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { beginningOf } from "../../../src/transcripts/readTranscript.ts";
import { searchPrompts } from "../../../src/transcripts/searchPrompts.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const [FIRST, SECOND, THIRD] = ["1", "2", "3"].map(
	(digit) => `0000000${digit}-0000-4000-8000-000000000000`,
) as [string, string, string];

const asked = (content: unknown, more: object = {}) =>
	JSON.stringify({ type: "user", gitBranch: "main", message: { role: "user", content }, ...more });

const answered = (text: string) =>
	JSON.stringify({ type: "assistant", message: { content: [{ type: "text", text }] } });

describe("a search in prompts", () => {
	const folder = useTempFolder();

	beforeEach(async () => {
		const files = {
			[FIRST]: [asked("Mend the\nRelease notes"), answered("banana")],
			[SECOND]: [
				asked("something else"),
				asked([{ type: "tool_result", tool_use_id: "t1", content: "release notes" }]),
				asked('and then: "release" them, say the notes'),
			],
		};
		for (const [session, lines] of Object.entries(files)) {
			const file = folder.file(`demo/${session}.jsonl`);
			await mkdir(path.dirname(file), { recursive: true });
			await writeFile(file, lines.join("\n"));
		}
	});

	async function search(text: string, controller = new AbortController()): Promise<string[]> {
		const found: string[] = [];
		const sessions = [THIRD, SECOND, FIRST];
		const { signal } = controller;
		for await (const each of searchPrompts({ folders: [folder.path], sessions, text, signal })) {
			found.push(`${each.session.slice(7, 8)} ${each.isFound}`);
			if (text === "stop") controller.abort();
		}
		return found;
	}

	it("finds all words of a text in a prompt, in the order that was asked for", async () => {
		assert.deepEqual(await search("notes RELEASE"), ["3 false", "2 true", "1 true"]);
		assert.deepEqual(await search("mend"), ["3 false", "2 false", "1 true"]);
	});

	it("finds nothing in answers and results", async () => {
		assert.deepEqual(await search("banana"), ["3 false", "2 false", "1 false"]);
	});

	it("ends when nobody wants it any longer", async () => {
		assert.deepEqual(await search("stop"), ["3 false"]);
	});

	it("has beside it how a session began", async () => {
		const request = { folders: [folder.path], agent: "" };
		const first = await beginningOf({ ...request, session: FIRST });
		assert.deepEqual(first, { prompt: "Mend the\nRelease notes", branch: "main" });
		const third = await beginningOf({ ...request, session: THIRD });
		assert.deepEqual(third, { prompt: null, branch: "" });
	});
});
