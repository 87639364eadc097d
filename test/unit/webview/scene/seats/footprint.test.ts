import assert from "node:assert/strict";
import { makeSceneNode } from "../../../../../src/webview/scene/sceneNode.ts";
import { footprintOf } from "../../../../../src/webview/scene/seats/footprint.ts";
import { agentView, START, sessionView } from "../../../../support/page/fakeViews.ts";

const label = { title: 60, subtitle: 140 };

describe("the footprint of a node", () => {
	it("shrinks from its label to its disc as the crowd grows", () => {
		const node = makeSceneNode(agentView("a1"));
		const [free, dense, full] = [0, 0.9, 1].map((tight) => footprintOf(node, () => label, tight));
		assert.ok(free && dense && full);
		assert.equal(free.halfWidth, 78);
		assert.equal(dense.halfWidth, full.halfWidth);
		assert.ok(free.below > dense.below && dense.below > full.below);
	});

	it("asks for no measure where its label has no say", () => {
		const waiting = { since: START, tool: "Bash" };
		const agents = [agentView("a1"), agentView("a2", { state: "waiting", waiting })];
		const never = () => assert.fail("measured");
		for (const view of agents) footprintOf(makeSceneNode(view), never, 1);
		const session = footprintOf(makeSceneNode(sessionView("s1")), () => label, 1);
		assert.ok(session.halfWidth > label.subtitle / 2);
	});
});
