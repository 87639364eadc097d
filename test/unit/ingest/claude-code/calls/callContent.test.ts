import assert from "node:assert/strict";
import {
	answeredContent,
	askedContent,
} from "../../../../../src/ingest/claude-code/calls/callContent.ts";
import { changesOf } from "../../../../../src/ingest/claude-code/calls/patches.ts";
import { changedLines } from "../../../../../src/ingest/hunks.ts";

const bash = { tool: "Bash", kind: "shell" } as const;
const HUNK = { oldStart: 1, newStart: 1, lines: [" a", "-b", "+c", "+d"] };

describe("What a call of Claude Code asked for and answered", () => {
	it("is the command of a shell, and whether it went on in the background", () => {
		const input = { command: "make", run_in_background: true };
		const told = { output: "", changes: [] };
		const began = askedContent(bash, input);
		const ended = answeredContent(bash, input, { ...told, answer: { backgroundTaskId: "b" } });
		assert.ok(began.kind === "shell" && ended.kind === "shell");
		assert.deepEqual([began.command, began.isUnfinished], ["make", true]);
		assert.deepEqual([ended.command, ended.isUnfinished], ["make", true]);
		const odd = askedContent(bash, { command: ["make"] });
		assert.ok(odd.kind === "shell" && odd.command === "");
	});

	it("is what it writes, under whichever name", () => {
		const written = (input: unknown) => askedContent({ tool: "Edit", kind: "edit" }, input).written;
		assert.equal(written({ file_path: "a", content: "x" }), "x");
		assert.equal(written({ old_string: "a", new_string: "y" }), "y");
		assert.equal(written({ edits: [{ new_string: "y" }, null, { new_string: "z" }] }), "y\nz");
		assert.equal(written({ file_path: "a" }), null);
		assert.equal(written("text"), null);
		assert.equal(askedContent({ tool: "mcp__a__b", kind: "mcp" }, { content: "x" }).written, "x");
	});

	it("is a change of a file, with its text where the answer holds it", () => {
		const answer = { structuredPatch: [{ ...HUNK, oldLines: 2 }], originalFile: "a\nb\n" };
		assert.deepEqual(changesOf(answer, "/x/a.ts"), [
			{ path: "/x/a.ts", hunks: [HUNK], before: "a\nb\n", after: null },
		]);
		assert.equal(changesOf({ ...answer, filePath: "/y.ts" }, "")[0]?.path, "/y.ts");
	});

	it("is a new file as one place that was added", () => {
		const answer = { type: "create", content: "a\nb\n", originalFile: null, structuredPatch: [] };
		const changes = changesOf(answer, "/x/a.ts");
		assert.deepEqual(changes, [
			{
				path: "/x/a.ts",
				hunks: [{ oldStart: 1, newStart: 1, lines: ["+a", "+b"] }],
				before: null,
				after: "a\nb\n",
			},
		]);
		assert.deepEqual(changedLines(changes), { linesAdded: 2, linesRemoved: 0 });
		const empty = changesOf({ ...answer, content: "" }, "/x/a.ts");
		assert.deepEqual(changedLines(empty), { linesAdded: 0, linesRemoved: 0 });
	});

	it("is no change where the patch looks otherwise", () => {
		for (const patch of [undefined, {}, [null], [{ oldStart: "1" }], [{ lines: [] }]]) {
			assert.deepEqual(changesOf({ structuredPatch: patch }, "/x"), []);
		}
		assert.deepEqual(changesOf("text", "/x"), []);
		assert.deepEqual(changedLines([]), { linesAdded: null, linesRemoved: null });
	});
});
