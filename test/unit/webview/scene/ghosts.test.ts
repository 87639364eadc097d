import assert from "node:assert/strict";
import type { NodeView } from "../../../../src/model/views/view.ts";
import { agentView, START, sessionView } from "../../../support/page/fakeViews.ts";
import { SceneBench } from "./sceneBench.ts";

const session = sessionView("s1");

function finished(key: string, changes: Partial<NodeView> = {}): NodeView {
	return agentView(key, { state: "done", outcome: "functional", endedAt: START, ...changes });
}

describe("agents that ended", () => {
	it("are in the picture where they were, on wish, and small", () => {
		const bench = new SceneBench();
		bench.snapshot(session, agentView("a1"), agentView("a2"));
		const { x, y } = bench.node("a1");
		bench.patch(finished("a1", { endedAt: bench.hostNow }));
		bench.advance(3000);
		assert.deepEqual(bench.keys(), ["s1", "a2"]);
		bench.isFinishedShown = true;
		bench.refilter();
		bench.advance(3000);
		const ghost = bench.node("a1");
		assert.ok(ghost.isGhost);
		assert.ok(ghost.radius < bench.node("a2").radius);
		assert.ok(Math.hypot(ghost.x - x, ghost.y - y) < 2, `${ghost.x - x} ${ghost.y - y}`);
		bench.isFinishedShown = false;
		bench.refilter();
		assert.deepEqual(bench.keys(), ["s1", "a2"]);
	});

	it("flash and stay while they are wished for", () => {
		const bench = new SceneBench();
		bench.isFinishedShown = true;
		bench.snapshot(session, agentView("a1"));
		bench.patch(finished("a1", { endedAt: bench.hostNow }));
		assert.equal(bench.node("a1").endAt, bench.now);
		bench.advance(20_000);
		assert.ok(bench.keys().includes("a1"));
		assert.equal(bench.node("a1").endAt, Number.POSITIVE_INFINITY);
	});

	it("hold their session, also one that is over", () => {
		const bench = new SceneBench();
		bench.isFinishedShown = true;
		bench.snapshot({ ...session, state: "done" }, finished("a1"), finished("a2", { parent: "a1" }));
		bench.advance(5000);
		assert.deepEqual(bench.keys().toSorted(), ["a1", "a2", "s1"]);
		assert.equal(bench.node("a2").parent?.key, "a1");
	});

	it("are folded into one node for each parent past sixty, the latest shown", () => {
		const bench = new SceneBench();
		bench.isFinishedShown = true;
		const many = (parent: string, count: number): NodeView[] =>
			Array.from({ length: count }, (_, i) =>
				finished(`${parent}-${i}`, { parent, endedAt: START + i }),
			);
		bench.snapshot(session, agentView("a1"), ...many("s1", 73), ...many("a1", 60));
		assert.equal(bench.node("+s1").view.type, "+13");
		assert.ok(!bench.keys().includes("+a1"));
		assert.ok(!bench.keys().includes("s1-12"));
		assert.ok(bench.keys().includes("s1-13"));
		bench.patch(finished("s1-new", { parent: "s1", endedAt: START + 1000 }));
		assert.equal(bench.node("+s1").view.type, "+14");
		bench.isFinishedShown = false;
		bench.refilter();
		assert.deepEqual(bench.keys(), ["s1", "a1"]);
	});

	it("take their families back without moving them", () => {
		const bench = new SceneBench();
		const families = Array.from({ length: 6 }, (_, i) => [
			finished(`head-${i}`),
			finished(`middle-${i}`, { parent: `head-${i}` }),
			agentView(`child-${i}`, { parent: `middle-${i}` }),
		]).flat();
		bench.snapshot(session, agentView("a1"), ...families);
		const living = bench.keys();
		const before = living.map((key) => ({ ...bench.node(key) }));
		bench.isFinishedShown = true;
		bench.refilter();
		bench.advance(5000);
		for (const { key, x, y } of before) {
			const node = bench.node(key);
			assert.ok(Math.hypot(node.x - x, node.y - y) < 2, `${key} ${node.x - x} ${node.y - y}`);
		}
		assert.equal(bench.node("child-1").parent?.key, "middle-1");
		assert.equal(bench.node("middle-1").parent?.key, "head-1");
	});

	it("that are resumed live again", () => {
		const bench = new SceneBench();
		bench.isFinishedShown = true;
		bench.snapshot(session, finished("a1"));
		bench.patch(agentView("a1"));
		bench.advance(3000);
		assert.ok(!bench.node("a1").isGhost);
		assert.equal(bench.node("a1").endAt, Number.POSITIVE_INFINITY);
	});

	it("give way to what lives", () => {
		const bench = new SceneBench();
		const agents = Array.from({ length: 10 }, (_, i) => agentView(`a${i}`));
		bench.snapshot(session, ...agents, ...agents.map(({ key }) => finished(`f-${key}`)));
		const before = agents.map(({ key }) => [bench.node(key).x, bench.node(key).y]);
		bench.isFinishedShown = true;
		bench.refilter();
		bench.advance(5000);
		agents.forEach(({ key }, index) => {
			const [x = 0, y = 0] = before[index] ?? [];
			assert.ok(Math.hypot(bench.node(key).x - x, bench.node(key).y - y) < 2, key);
		});
	});
});
