import assert from "node:assert/strict";
import { cardLines, doingText, toolName } from "../../../../src/model/views/doing.ts";
import { fakeNode } from "../../../support/fakeNode.ts";

const MINUTE = 60_000;
const NOW = 1000 * MINUTE;
const call = { tool: "Bash", detail: "cargo", since: NOW - 12_400 };

describe("What a node is said to be doing", () => {
	it("is its open call and since when, once that can be read", () => {
		assert.equal(doingText(fakeNode({ call }), NOW), "Bash cargo · 12 s");
		assert.equal(doingText(fakeNode({ call }), NOW, 5000), "Bash cargo · 10 s");
		assert.equal(doingText(fakeNode({ call: { ...call, since: NOW - 1900 } }), NOW), "");
		assert.equal(doingText(fakeNode(), NOW), "");
		const long = { ...call, detail: "", since: NOW - 4 * MINUTE - 12_000 };
		assert.equal(doingText(fakeNode({ call: long }), NOW), "Bash · 4 m 12 s");
	});

	it("names tools of MCP servers by server and tool", () => {
		assert.equal(toolName("mcp__github__create_issue"), "github · create_issue");
		assert.equal(toolName("mcp__odd"), "mcp__odd");
		assert.equal(toolName("Read"), "Read");
	});

	it("stands on a card with all that is known at a glance", () => {
		const view = fakeNode({
			description: "find the parser",
			call,
			calls: 24,
			failures: 1,
			startedAt: NOW - 4 * MINUTE,
			tokens: 182_400,
			costUsd: 0.43,
			model: "claude-haiku-4-5",
		});
		assert.deepEqual(cardLines(view, NOW, ""), [
			"find the parser",
			"Bash cargo · 12 s",
			"for 4 m 0 s · 24 calls, 1 failed",
			"182 k tokens · $0.43",
			"claude-haiku-4-5",
		]);
		const waiting = { ...view, waiting: { since: NOW - 9000, tool: "Bash" } };
		assert.equal(cardLines(waiting, NOW, "")[1], "waits for you: Bash · 9 s");
		const over = fakeNode({ state: "done", outcome: "fail", endedAt: 61_000 });
		assert.deepEqual(cardLines(over, NOW, ""), ["done, fail", "took 1 m 1 s · 0 calls"]);
	});
});
