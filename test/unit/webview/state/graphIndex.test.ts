import assert from "node:assert/strict";
import { EMPTY_COUNTERS } from "../../../../src/model/views/graphMirror.ts";
import type { NodeView } from "../../../../src/model/views/view.ts";
import { GraphIndex } from "../../../../src/webview/state/graphIndex.ts";
import { agentView, START, sessionView } from "../../../support/page/fakeViews.ts";

function indexOf(...nodes: NodeView[]): GraphIndex {
	const index = new GraphIndex();
	index.reset({ nodes, counters: EMPTY_COUNTERS });
	return index;
}

const patchOf = (...upserts: NodeView[]) => ({
	upserts,
	removes: [],
	pulses: [],
	counters: EMPTY_COUNTERS,
});

describe("the index over the mirror", () => {
	it("finds the nearest ancestor shown", () => {
		const index = indexOf(
			sessionView("s1"),
			agentView("a1"),
			agentView("a2", { parent: "a1" }),
			agentView("a3", { parent: "a2" }),
		);
		const a3 = index.get("a3") as NodeView;
		assert.equal(
			index.shownAncestor(a3, (key) => key !== "a2"),
			"a1",
		);
		assert.equal(
			index.shownAncestor(a3, (key) => key === "s1"),
			"s1",
		);
		assert.equal(
			index.shownAncestor(a3, () => false),
			null,
		);
	});

	it("hangs an agent of an unknown parent on its session", () => {
		const index = indexOf(sessionView("s1"), agentView("a1", { parent: "gone" }));
		assert.equal(
			index.shownAncestor(index.get("a1") as NodeView, () => true),
			"s1",
		);
	});

	it("does not run around in circles", () => {
		const index = indexOf(agentView("a", { parent: "b" }), agentView("b", { parent: "a" }));
		assert.equal(
			index.shownAncestor(index.get("a") as NodeView, () => false),
			null,
		);
	});

	it("forgets the oldest finished agents, but none that a living one stands on", () => {
		const index = indexOf(sessionView("s1"));
		const done = { state: "done", endedAt: START } as const;
		index.apply(patchOf(agentView("root", { ...done, endedAt: START - 1e6 })));
		index.apply(patchOf(agentView("alive", { parent: "root" })));
		let forgotten: readonly string[] = [];
		for (let i = 0; i < 500; i++) {
			const change = index.apply(patchOf(agentView(`f${i}`, { ...done, endedAt: START + i })));
			forgotten = [...forgotten, ...change.removed];
		}
		assert.ok(forgotten.includes("f0") && !forgotten.includes("f499"));
		assert.ok(index.get("root") !== undefined && index.get("alive") !== undefined);
		assert.ok(index.mirror.nodes.size < 420);
	});
});
