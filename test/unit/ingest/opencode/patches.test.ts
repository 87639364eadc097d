import assert from "node:assert/strict";
import { opencode } from "../../../../src/ingest/opencode/opencodeClient.ts";

const MADE = "/home/dev/project/made.txt";

/** A call as opencode 1.18.33 writes it with a model that changes files by patches. */
function patched(id: string, patchText: string, type: string, patch: string): string {
	const files = [{ filePath: MADE, relativePath: "made.txt", type, patch }];
	const state = {
		status: "completed",
		input: { patchText },
		output: "Success. Updated the following files:",
		metadata: { diff: patch, files },
		time: { start: 1795807819360, end: 1795807819531 },
	};
	const part = { type: "tool", callID: id, tool: "apply_patch", messageID: "m", state };
	return JSON.stringify({
		session: "s",
		agent: "",
		cwd: "/home/dev/project",
		type: "message.part.updated.1",
		data: { part, time: 1795807819531 },
	});
}

describe("Patches of opencode", () => {
	it("write where a file is new, change where it is not, and name it in full", () => {
		const reader = opencode(() => null).newReader({ session: "", agent: "", companions: [] });
		const head = `Index: ${MADE}\n===\n--- ${MADE}\n+++ ${MADE}\n`;
		const lines = [
			patched(
				"a",
				"*** Begin Patch\n*** Add File: made.txt\n+one\n+two\n*** End Patch",
				"add",
				`${head}@@ -0,0 +1,2 @@\n+one\n+two\n`,
			),
			patched(
				"b",
				"*** Begin Patch\n*** Update File: made.txt\n@@\n-two\n+three\n+four\n*** End Patch",
				"update",
				`${head}@@ -1,2 +1,3 @@\n one\n-two\n+three\n+four\n`,
			),
		];
		const events = lines.flatMap((line) => reader.line(line).records.map(({ event }) => event));
		assert.deepEqual(
			events.flatMap((event) =>
				event.event === "tool_result"
					? [[event.tool, event.rawTool, event.filePath, event.linesAdded, event.linesRemoved]]
					: [],
			),
			[
				["Write", "apply_patch", MADE, 2, 0],
				["Edit", "apply_patch", MADE, 2, 1],
			],
		);
	});
});
