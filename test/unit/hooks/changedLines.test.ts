import assert from "node:assert/strict";
import { forEachShell } from "../../support/hooks/forEachShell.ts";
import { call } from "../../support/hooks/payloads.ts";

interface Case {
	readonly title: string;
	readonly response: unknown;
	readonly lines: readonly [added: unknown, removed: unknown];
}

const created = (content: string) => ({ type: "create", content, structuredPatch: [] });

const cases: readonly Case[] = [
	{
		title: "are those of every hunk",
		response: {
			structuredPatch: [
				{ lines: [" a", "-b", "+c", "+d", "\\ No newline at end of file"] },
				{ lines: ["+++", "---"] },
			],
		},
		lines: [3, 2],
	},
	{ title: "are none of an empty patch", response: { structuredPatch: [] }, lines: [0, 0] },
	{ title: "are all of a new file", response: created("a\nb\n"), lines: [2, 0] },
	{ title: "count a last line without its newline", response: created("a\nb"), lines: [2, 0] },
	{ title: "count empty lines", response: created("\n\n"), lines: [2, 0] },
	{ title: "are none of an empty new file", response: created(""), lines: [0, 0] },
	{ title: "are unknown without a patch", response: { ok: 1 }, lines: [undefined, undefined] },
	{
		title: "are unknown of an odd patch",
		response: { structuredPatch: 3 },
		lines: [undefined, undefined],
	},
	{ title: "are unknown of a plain answer", response: "hush", lines: [undefined, undefined] },
];

forEachShell("changed lines", (lab) => {
	for (const { title, response, lines } of cases) {
		it(title, async () => {
			const input = call("PostToolUse", "Edit", { file_path: "/a" }, { tool_response: response });
			const [event] = await lab().events("tool-use-event.sh", input);
			assert.equal(event?.file_path, "/a");
			assert.deepEqual([event.lines_added, event.lines_removed], lines);
		});
	}
});
