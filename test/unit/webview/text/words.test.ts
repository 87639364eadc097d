import assert from "node:assert/strict";
import { clip } from "../../../../src/webview/text/clip.ts";
import {
	familyOf,
	modelName,
	stateWord,
	subtitleOf,
	titleOf,
} from "../../../../src/webview/text/words.ts";
import { agentView, sessionView } from "../../../support/page/fakeViews.ts";

describe("words for nodes", () => {
	it("tells the family from the model's name", () => {
		const models = ["claude-sonnet-5", "Opus", "us.anthropic.claude-haiku-4-5-v1:0", "gpt", ""];
		assert.deepEqual(models.map(familyOf), ["sonnet", "opus", "haiku", "other", "other"]);
	});

	it("shortens model names", () => {
		assert.equal(modelName("claude-haiku-4-5-20251001"), "haiku 4.5");
		assert.equal(modelName("claude-sonnet-5"), "sonnet 5");
		assert.equal(modelName(""), "");
	});

	it("names nodes whose type is not known yet", () => {
		assert.equal(titleOf(agentView("a", { type: "" })), "agent");
		assert.equal(titleOf(sessionView("s", { type: "" })), "main");
	});

	it("puts the folder below a session and the task below an agent", () => {
		assert.equal(subtitleOf(sessionView("s", { folder: "web-app" })), "web-app");
		assert.equal(subtitleOf(agentView("a", { description: "call sites" })), "call sites");
	});

	it("says how an agent ended by its outcome", () => {
		const word = (outcome: "fail" | "partial" | null) =>
			stateWord(agentView("a", { state: "done", outcome }));
		assert.deepEqual([word("fail"), word("partial"), word(null)], ["failed", "partial", "done"]);
	});
});

describe("clipped text", () => {
	it("cuts at a limit and says so", () => {
		assert.equal(clip("abcdef", 4), "abc…");
		assert.equal(clip("abcd", 4), "abcd");
	});

	it("makes spaces of what would break the line or turn its direction", () => {
		assert.equal(clip("a\nb\u0000c\u202Ed\u2066e\u2028f"), "a b c d e f");
	});
});
