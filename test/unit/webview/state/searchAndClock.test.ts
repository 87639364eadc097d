import assert from "node:assert/strict";
import { HostClock } from "../../../../src/webview/state/hostClock.ts";
import { searchMatcher } from "../../../../src/webview/state/search.ts";
import { ToolMemory } from "../../../../src/webview/state/toolMemory.ts";
import { agentView, START } from "../../../support/page/fakeViews.ts";

describe("search", () => {
	const view = agentView("a1", { type: "Explore", description: "Call sites" });

	it("is off for an empty query", () => {
		assert.equal(searchMatcher("  "), null);
	});

	it("asks for every word, in any field, whatever its case", () => {
		assert.equal(searchMatcher("CALL explore")?.(view, []), true);
		assert.equal(searchMatcher("call bash")?.(view, []), false);
		assert.equal(searchMatcher("call bash")?.(view, ["Bash"]), true);
	});

	it("does not match across two fields", () => {
		assert.equal(searchMatcher("explorecall")?.(view, []), false);
	});

	it("remembers a bounded number of tools for each node", () => {
		const memory = new ToolMemory();
		const pulses = Array.from({ length: 100 }, (_, i) => ({
			key: "a1",
			tool: `mcp__tool_${i}`,
			kind: "start" as const,
		}));
		memory.notePulses(pulses);
		assert.equal(memory.of("a1").size, 32);
		memory.forget("a1");
		assert.equal(memory.of("a1").size, 0);
	});
});

describe("the host's clock", () => {
	it("runs on from the last message, and heeds no message that came late", () => {
		const clock = new HostClock();
		clock.note(START, true);
		const first = clock.now();
		assert.ok(first >= START && first < START + 1000);
		clock.note(START - 5000, false);
		assert.ok(clock.now() >= first, "a late patch does not turn it back");
		clock.note(START - 5000, true);
		assert.ok(clock.now() < START - 3000, "a snapshot sets it anew");
	});
});
