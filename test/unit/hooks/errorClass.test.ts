import assert from "node:assert/strict";
import { forEachShell } from "../../support/hooks/forEachShell.ts";
import { call } from "../../support/hooks/payloads.ts";

/** Texts as the client gives them, and the word that stands for each. */
const classes: readonly (readonly [error: unknown, word: string])[] = [
	["Exit code 1\ncat: missing.txt: No such file or directory", "exit_1"],
	["Exit code 127\nsh: nope: command not found", "exit_127"],
	["Exit code 7\ncurl: connection timed out after 5 s", "exit_7"],
	["Exit code 143\nCommand timed out after 0s", "timeout"],
	["Command timed out after 2m 0.0s", "timeout"],
	["MCP server request timed out", "timeout"],
	["EACCES: permission denied, open '/etc/shadow'", "denied"],
	["Permission to use Bash has been denied.", "denied"],
	["File does not exist. Note: your current working directory is /x.", "not_found"],
	["<tool_use_error>InputValidationError: Read failed</tool_use_error>", "tool_use_error"],
	["something else went wrong", "unknown"],
	["", "unknown"],
];

forEachShell("error classes", (lab) => {
	for (const [error, word] of classes) {
		it(`call ${JSON.stringify(error)} ${word}`, async () => {
			const input = call("PostToolUseFailure", "Bash", {}, { error, is_interrupt: false });
			const [event] = await lab().events("tool-use-event.sh", input);
			assert.equal(event?.error_class, word);
		});
	}

	it("call an interrupted call so, whatever it says", async () => {
		const fields = { error: "Exit code 1", is_interrupt: true };
		const input = call("PostToolUseFailure", "Bash", {}, fields);
		const [event] = await lab().events("tool-use-event.sh", input);
		assert.deepEqual([event?.error_class, event?.interrupted], ["interrupted", true]);
	});
});
