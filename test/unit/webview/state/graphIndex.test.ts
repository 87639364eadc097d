import assert from "node:assert/strict";
import { EMPTY_COUNTERS } from "../../../../src/model/views/graphMirror.ts";
import type { NodeView } from "../../../../src/model/views/view.ts";
import { GraphIndex } from "../../../../src/webview/state/graphIndex.ts";
import { agentView, sessionView } from "../../../support/page/fakeViews.ts";

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

	it("forgets what the host takes back, sessions too", () => {
		const index = indexOf(sessionView("s1"), sessionView("s2"), agentView("a1"));
		const { removed } = index.apply({ ...patchOf(), removes: ["s2", "a1"] });
		assert.deepEqual(removed, ["s2", "a1"]);
		assert.deepEqual(
			index.sessions().map(({ key }) => key),
			["s1"],
		);
		assert.deepEqual([index.hasSession("s1"), index.hasSession("s2")], [true, false]);
	});
});
