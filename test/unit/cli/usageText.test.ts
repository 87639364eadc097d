import assert from "node:assert/strict";
import { usageText } from "../../../src/cli/usageText.ts";

const NONE = {
	messages: 0,
	tokensIn: 0,
	tokensOut: 0,
	cacheRead: 0,
	cacheWrite: 0,
	costUsd: null,
	messagesWithoutPrice: 0,
};
const TOKENS = { messages: 3, tokensIn: 1200, tokensOut: 42, cacheRead: 5000, cacheWrite: 300 };
const EMPTY = {
	today: NONE,
	last7Days: NONE,
	last30Days: NONE,
	all: NONE,
	models: [],
	topSessions: [],
	clients: [],
	modelsWithoutPrice: [],
};

describe("Tokens and cost on the command line", () => {
	it("say nothing where no transcript was read", () => {
		assert.deepEqual(usageText(EMPTY), []);
	});

	it("tell totals, models and sessions, and which models have no price", () => {
		const all = { ...TOKENS, costUsd: 1.9, messagesWithoutPrice: 1 };
		const models = [
			{ model: "claude-sonnet-5", ...TOKENS, costUsd: 1.9, messagesWithoutPrice: 0 },
			{ model: "own\u001b[2J", ...TOKENS, costUsd: null, messagesWithoutPrice: 1 },
		];
		const topSessions = [{ sessionId: "s-1", cwd: null, ...all }];
		const text = usageText({
			...EMPTY,
			last30Days: all,
			all,
			models,
			topSessions,
			modelsWithoutPrice: ["own\u001b[2J"],
		}).join("\n");
		assert.match(text, /^today +0 +0 +0 +0 +0 +–$/m);
		assert.match(text, /^all +3 +1,200 +42 +5,000 +300 +at least \$1\.90$/m);
		assert.match(text, /^claude-sonnet-5 +3 +1,200 +42 +5,000 +300 +\$1\.90$/m);
		assert.match(text, /unknown price$/m);
		assert.match(text, /^no price is known for own\ufffd\[2J$/m);
		assert.match(text, /^s-1 +6,542 +at least \$1\.90$/m);
		assert.ok(!text.includes("\u001b"));
	});
});
