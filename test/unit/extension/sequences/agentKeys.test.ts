import assert from "node:assert/strict";
import { agentKeys } from "../../../../src/extension/sequences/agentKeys.ts";

describe("Agents of a sequence in the graph", () => {
	const views = [
		{ key: "n1", id: "s1", kind: "session", session: "s1" },
		{ key: "n2", id: "a1", kind: "agent", session: "s1" },
		{ key: "n3", id: "s2", kind: "session", session: "s2" },
		{ key: "n4", id: "a1", kind: "agent", session: "s2" },
	] as const;

	it("are known by session and id; an orchestrator is its session", () => {
		const agents = [
			{ sessionId: "s1", agentId: "a1" },
			{ sessionId: "s2", agentId: null },
			{ sessionId: "s9", agentId: "a1" },
		];
		assert.deepEqual(agentKeys(agents, views), ["n2", "n3"]);
	});

	it("are none where nothing of it is in the graph", () => {
		assert.deepEqual(agentKeys([{ sessionId: "s9", agentId: null }], views), []);
	});
});
