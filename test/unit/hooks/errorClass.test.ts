import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { FAILURE_TEXTS } from "../../support/failureTexts.ts";
import { forEachShell } from "../../support/hooks/forEachShell.ts";
import { call } from "../../support/hooks/payloads.ts";

const LIB = path.join(import.meta.dirname, "../../../hooks/lib");

describe("error classes of hooks", () => {
	it("are those that transcripts tell", () => {
		const payloads = FAILURE_TEXTS.map(([tool_name, error]) => ({
			tool_name,
			error,
			is_interrupt: false,
		}));
		const program = 'include "failure"; map(failure.error_class)';
		const told: unknown = JSON.parse(
			execFileSync("jq", ["-L", LIB, program], { input: JSON.stringify(payloads) }).toString(),
		);
		assert.deepEqual(
			FAILURE_TEXTS.map(([, text], index) => [text, (told as unknown[])[index]]),
			FAILURE_TEXTS.map(([, text, word]) => [text, word]),
		);
	});
});

forEachShell("error classes", (lab) => {
	const classes: readonly (readonly [error: unknown, word: string])[] = [
		["Exit code 1\ncat: missing.txt: No such file or directory", "exit_1"],
		["Exit code 143\nCommand timed out after 0s", "timeout"],
		["EACCES: permission denied, open '/etc/shadow'", "permission_denied"],
		["Permission to use Bash has been denied.", "denied"],
		[{ code: 1 }, "command_failed"],
	];
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
