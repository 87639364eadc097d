import assert from "node:assert/strict";
import { News } from "../../../../src/webview/parts/news.ts";
import { agentView, sessionView } from "../../../support/page/fakeViews.ts";

const agent = agentView("a1", { type: "runner" });

describe("what is told to those who listen", () => {
	it("is nothing when nothing has happened", () => {
		const news = new News();
		news.note(agent, { ...agent, calls: 7 });
		assert.equal(news.take(), "");
	});

	it("names one or two, and counts more", () => {
		const news = new News();
		news.note(undefined, agent);
		assert.equal(news.take(), "runner started");
		for (let i = 0; i < 5; i++) news.note(undefined, agentView(`n${i}`));
		assert.equal(news.take(), "5 agents started");
		assert.equal(news.take(), "");
	});

	it("puts what needs the user first, sessions included", () => {
		const news = new News();
		const waiting = { since: 0, tool: "Bash" };
		news.note(undefined, agent);
		news.note(sessionView("s1"), sessionView("s1", { waiting }));
		assert.equal(news.take(), "main waits for you: Bash. runner started");
	});

	it("tells ends with their outcome", () => {
		const news = new News();
		news.note(agent, { ...agent, state: "done", outcome: "fail" });
		news.note(agent, { ...agent, state: "lost" });
		assert.equal(news.take(), "runner: failed, runner: lost");
	});
});
