import assert from "node:assert/strict";
import { waitText } from "../../../../src/extension/waits/waitText.ts";
import { fakeNode } from "../../../support/fakeNode.ts";

describe("The text of a notice", () => {
	it("names the agent, its task, its folder and the tool", () => {
		assert.equal(
			waitText(fakeNode({ description: "find the parser" }), "Bash"),
			"Explore (find the parser) in app waits for your permission to use Bash.",
		);
	});

	it("names the session where the orchestrator waits", () => {
		const session = fakeNode({ kind: "session", type: "main", description: "" });
		assert.equal(
			waitText(session, "mcp__db__query"),
			"A session in app waits for your permission to use mcp__db__query.",
		);
	});

	it("does without what is unknown", () => {
		const unknown = fakeNode({ type: "", folder: "" });
		assert.equal(waitText(unknown, ""), "An agent waits for your permission to use a tool.");
	});

	it("makes no link of what an agent calls itself, and stays on one short line", () => {
		const hostile = `a\n[x](command:workbench.action.quit)\u202e${"y".repeat(9000)}🦉`;
		const text = waitText(fakeNode({ type: hostile, description: hostile }), hostile);
		assert.doesNotMatch(text, /[[\]\n\u202e]/);
		assert.ok(text.length < 260, `${text.length} characters`);
	});
});
