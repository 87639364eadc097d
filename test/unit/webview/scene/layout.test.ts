import assert from "node:assert/strict";
import { isPlaced, type SceneNode } from "../../../../src/webview/scene/sceneNode.ts";
import { crowd } from "../../../support/page/fakeCrowd.ts";
import { agentView, START, sessionView } from "../../../support/page/fakeViews.ts";
import { SceneBench } from "./sceneBench.ts";

function settled(...args: Parameters<typeof crowd>): SceneBench {
	const bench = new SceneBench();
	bench.snapshot(...crowd(...args));
	return bench;
}

const all = (bench: SceneBench): SceneNode[] => [...bench.scene.nodes.values()];

/** Pairs whose discs come closer than their radii. */
function touching(nodes: SceneNode[]): string[] {
	const pairs: string[] = [];
	nodes.forEach((a, i) => {
		for (const b of nodes.slice(i + 1)) {
			if (Math.hypot(a.x - b.x, a.y - b.y) < a.radius + b.radius) pairs.push(`${a.key} ${b.key}`);
		}
	});
	return pairs;
}

/** Pairs whose boxes, labels included, overlap by more than a hair. */
function overlapping(nodes: SceneNode[]): number {
	let count = 0;
	nodes.forEach((a, i) => {
		for (const b of nodes.slice(i + 1)) {
			const width = a.halfWidth + b.halfWidth - Math.abs(a.x - b.x);
			const [high, low] = a.y < b.y ? [a, b] : [b, a];
			if (width > 4 && high.y + high.below - (low.y - low.above) > 4) count++;
		}
	});
	return count;
}

describe("the layout", () => {
	it("gives the same places in every window", () => {
		const places = () => all(settled(60, 3)).map(({ key, x, y }) => [key, x, y]);
		assert.deepEqual(places(), places());
	});

	for (const [agents, sessions] of [
		[8, 1],
		[25, 1],
		[25, 3],
	] as const) {
		it(`leaves room for every label of ${agents} agents in ${sessions} sessions`, () => {
			assert.equal(overlapping(all(settled(agents, sessions))), 0);
		});
	}

	for (const agents of [120, 200, 500]) {
		it(`keeps the discs of ${agents} agents apart`, () => {
			const pairs = touching(all(settled(agents)));
			assert.ok(pairs.length <= agents / 50, pairs.join(", "));
		});
	}

	it("keeps clusters apart", () => {
		const bench = settled(60, 4);
		const boxes = ["s1", "s2", "s3", "s4"].map((session) => {
			const nodes = all(bench).filter((node) => node.view.session === session);
			return {
				left: Math.min(...nodes.map((node) => node.x)),
				right: Math.max(...nodes.map((node) => node.x)),
				top: Math.min(...nodes.map((node) => node.y)),
				bottom: Math.max(...nodes.map((node) => node.y)),
			};
		});
		boxes.forEach((a, i) => {
			for (const b of boxes.slice(i + 1)) {
				const isApart =
					a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;
				assert.ok(isApart);
			}
		});
	});

	it("leaves everyone in place when one more comes", () => {
		const bench = settled(30);
		const before = new Map(all(bench).map(({ key, x, y }) => [key, { x, y }]));
		bench.patch(agentView("new", { parent: "s1", type: "Explore" }));
		bench.advance(4000);
		const moved = all(bench).filter((node) => {
			const place = before.get(node.key);
			return place !== undefined && Math.hypot(place.x - node.x, place.y - node.y) > 20;
		});
		assert.deepEqual(
			moved.map((node) => node.key),
			[],
		);
		assert.equal(bench.layout.isMoving, false);
	});

	it("moves nothing at all when one goes", () => {
		const bench = settled(30);
		const before = new Map(all(bench).map(({ key, x, y }) => [key, [x, y]]));
		const gone = bench.node("s1-a4").view;
		bench.patch({ ...gone, state: "done", endedAt: bench.hostNow });
		bench.advance(4000);
		for (const { key, x, y } of all(bench)) assert.deepEqual([x, y], before.get(key));
	});

	it("lets children point away from their grandparent", () => {
		const bench = new SceneBench();
		bench.snapshot(sessionView("s1"), agentView("a"), agentView("b", { parent: "a" }));
		const reach = (key: string) => Math.hypot(bench.node(key).x, bench.node(key).y);
		assert.ok(reach("b") > reach("a") + 40);
	});

	it("carries a branch along with its parent", () => {
		const bench = new SceneBench();
		bench.snapshot(sessionView("s1"), agentView("a"), agentView("b", { parent: "a" }));
		const { x: bx, y: by } = bench.node("b");
		const a = bench.node("a");
		const { x, y } = a;
		a.fx = x + 400;
		a.fy = y - 300;
		bench.layout.warm();
		bench.advance(600);
		a.fx = null;
		a.fy = null;
		bench.layout.restHere(a);
		bench.advance(4000);
		assert.ok(Math.hypot(a.x - x - 400, a.y - y + 300) < 3);
		const b = bench.node("b");
		assert.ok(Math.hypot(b.x - bx - 400, b.y - by + 300) < 12);
	});

	it("puts the sessions of this workspace nearest to the middle", () => {
		const bench = new SceneBench();
		bench.snapshot(
			sessionView("far1", { cwd: "/elsewhere" }),
			sessionView("far2", { cwd: "/elsewhere" }),
			sessionView("near", { cwd: "/near/project" }),
		);
		const { x, y } = bench.node("near");
		assert.ok(Math.hypot(x, y) < 40);
	});

	it("seats a crowd step by step, parents first, whoever else comes meanwhile", () => {
		const [session = sessionView("s1"), ...agents] = crowd(300);
		const bench = new SceneBench();
		bench.snapshot(session);
		bench.isSeatedAtOnce = false;
		bench.patch(...agents);
		assert.ok(bench.layout.isSeating);
		for (let step = 0; bench.layout.isSeating; step++) {
			bench.layout.seat(0);
			const placed = all(bench).filter(isPlaced);
			assert.ok(placed.every(({ parent }) => parent === null || isPlaced(parent)));
			if (step === 0) assert.ok(placed.length < 50, `${placed.length} at once`);
			// Somebody else comes in the middle of it.
			if (step === 20) bench.patch(agentView("late", { parent: "s1", startedAt: START + 1e6 }));
		}
		assert.ok(all(bench).every(isPlaced));
		bench.layout.rest();
		assert.ok(touching(all(bench)).length <= 6, touching(all(bench)).join(", "));
	});

	it("settles five hundred agents within its bounded number of ticks", () => {
		const bench = settled(500, 5);
		assert.equal(bench.layout.isMoving, false);
		assert.ok(all(bench).every((node) => Number.isFinite(node.x) && Number.isFinite(node.y)));
	});
});
