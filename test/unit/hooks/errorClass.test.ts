import assert from "node:assert/strict";
import { FAILURE_TEXTS } from "../../support/failureTexts.ts";
import { forEachShell } from "../../support/hooks/forEachShell.ts";
import { call } from "../../support/hooks/payloads.ts";

forEachShell("error classes", (lab) => {
	it("are those that transcripts tell", async () => {
		const told: [string, unknown][] = [];
		for (const [tool, error] of FAILURE_TEXTS) {
			const script = tool === "Task" ? "agent-event-done.sh" : "tool-use-event.sh";
			const input = call("PostToolUseFailure", tool, {}, { error, is_interrupt: false });
			const [event] = await lab().events(script, input);
			told.push([error, event?.error_class]);
		}
		assert.deepEqual(
			told,
			FAILURE_TEXTS.map(([, text, word]) => [text, word]),
		);
	});

	it("are told of what is no text", async () => {
		const input = call("PostToolUseFailure", "Read", {}, { error: { code: 1 } });
		const [event] = await lab().events("tool-use-event.sh", input);
		assert.equal(event?.error_class, "unknown");
	});

	it("call an interrupted call so, whatever it says", async () => {
		const fields = { error: "Exit code 1", is_interrupt: true };
		const input = call("PostToolUseFailure", "Bash", {}, fields);
		const [event] = await lab().events("tool-use-event.sh", input);
		assert.deepEqual([event?.error_class, event?.interrupted], ["interrupted", true]);
	});
});
