import assert from "node:assert/strict";
import fc from "fast-check";
import type { SceneNode } from "../../../../../src/webview/scene/sceneNode.ts";
import { type Box, Occupancy } from "../../../../../src/webview/scene/seats/occupancy.ts";
import {
	polarOf,
	ringAt,
	ringsAround,
	turnBetween,
} from "../../../../../src/webview/scene/seats/rings.ts";
import { Seating } from "../../../../../src/webview/scene/seats/seating.ts";
import { families } from "../../../../support/page/fakeFamilies.ts";
import { agentView, START, sessionView } from "../../../../support/page/fakeViews.ts";
import { SceneBench } from "../sceneBench.ts";

const ASPECT = 1.4;
/** With so many nodes rings are as wide as they ever are. */
const CALM = 26;

const all = (bench: SceneBench): SceneNode[] => [...bench.scene.nodes.values()];

/** Pairs whose boxes, labels and chips included, overlap by more than a hair. */
function overlapping(nodes: readonly SceneNode[]): string[] {
	const pairs: string[] = [];
	nodes.forEach((a, index) => {
		for (const b of nodes.slice(index + 1)) {
			const width = a.halfWidth + b.halfWidth - Math.abs(a.x - b.x);
			const height = Math.min(a.y + a.below - b.y + b.above, b.y + b.below - a.y + a.above);
			if (width > 0.5 && height > 0.5) pairs.push(`${a.key} and ${b.key}`);
		}
	});
	return pairs;
}

/** Rings around which siblings, in order of launch, take more than one turn clockwise. */
function outOfOrder(nodes: readonly SceneNode[], tightness = 0): string[] {
	const rings = new Map<string, number[]>();
	for (const node of nodes.toSorted((a, b) => a.view.startedAt - b.view.startedAt)) {
		const { parent, restX, restY } = node;
		if (parent === null) continue;
		const outward = parent.parent === null ? null : Math.atan2(parent.restY, parent.restX);
		const shape = ringsAround(outward, { tightness, aspect: ASPECT });
		const { angle, radius } = polarOf(shape, restX, restY);
		const key = `ring ${ringAt(shape, radius)} of ${parent.key}`;
		rings.set(key, [...(rings.get(key) ?? []), angle]);
	}
	return [...rings].flatMap(([key, angles]) => {
		const turns = angles.map((angle, index) => turnBetween(angles.at(index - 1) ?? 0, angle));
		const sum = turns.reduce((total, turn) => total + turn, 0);
		return sum > 2 * Math.PI + 0.02 ? [`${key}: ${sum}`] : [];
	});
}

/** Counts the places that were looked at. */
class CountingOccupancy extends Occupancy {
	questions = 0;

	override isFree(box: Box, dx: number, dy: number): boolean {
		this.questions++;
		return super.isFree(box, dx, dy);
	}
}

/** Places looked at for each of so many siblings that come at once. */
function questionsEach(count: number): number {
	const occupancy = new CountingOccupancy();
	const branches = Array.from({ length: count }, (_, index) => ({
		node: {
			key: `a${index}`,
			isGhost: false,
			halfWidth: 20,
			above: 20,
			below: 20,
			restX: 0,
			restY: 0,
		},
		children: [],
	}));
	const seating = new Seating({ tightness: 1, aspect: ASPECT }, count);
	for (const _ of seating.seat({ x: 0, y: 0, outward: null }, branches, [], occupancy));
	return occupancy.questions / count;
}

/** A step of a history: an agent launched below one of those alive, or one that ends. */
const step = fc.oneof(
	{ weight: 3, arbitrary: fc.record({ launch: fc.nat(), width: fc.integer({ min: 0, max: 22 }) }) },
	{ weight: 2, arbitrary: fc.record({ end: fc.nat() }) },
);

describe("seats around a parent", () => {
	it("are free, in order of launch, and kept while others come and go", () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
				const bench = new SceneBench();
				bench.snapshot(sessionView("s1", { startedAt: START }), agentView("first"));
				let count = 0;
				for (const each of steps) {
					const before = new Map(all(bench).map(({ key, x, y }) => [key, { x, y }]));
					const alive = all(bench);
					if ("end" in each) {
						const ending = alive[each.end % alive.length]?.view;
						if (ending === undefined || ending.kind === "session" || alive.length < 3) continue;
						bench.patch({ ...ending, state: "done", endedAt: bench.hostNow });
					} else if (alive.length < CALM) {
						const parent = alive[each.launch % alive.length]?.key ?? "s1";
						const description = "x".repeat(each.width);
						const startedAt = START + ++count;
						bench.patch(agentView(`a${count}`, { parent, description, startedAt }));
					}
					bench.advance(4000);
					for (const { key, x, y } of all(bench)) {
						const place = before.get(key);
						if (place === undefined) continue;
						assert.ok(Math.hypot(place.x - x, place.y - y) < 0.5, `${key} has moved`);
					}
				}
				assert.deepEqual(overlapping(all(bench)), []);
				assert.deepEqual(outOfOrder(all(bench)), []);
			}),
			{ numRuns: 60 },
		);
	});

	it("are free and in order where everybody comes at once", () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: CALM }), fc.nat(), (agents, seed) => {
				const bench = new SceneBench();
				bench.snapshot(...families(agents, seed));
				assert.deepEqual(overlapping(all(bench)), []);
				assert.deepEqual(outOfOrder(all(bench)), []);
			}),
			{ numRuns: 60 },
		);
	});

	for (const agents of [40, 200, 600]) {
		it(`overlap for none of ${agents} agents, at once or one by one`, () => {
			const atOnce = new SceneBench();
			atOnce.snapshot(...families(agents));
			assert.deepEqual(overlapping(all(atOnce)), []);
			const oneByOne = new SceneBench();
			const [session, ...others] = families(agents);
			oneByOne.snapshot(session ?? sessionView("s1"));
			for (const view of others) {
				oneByOne.patch(view);
				oneByOne.advance(agents > 100 ? 100 : 2000);
			}
			oneByOne.advance(6000);
			assert.ok(overlapping(all(oneByOne)).length <= agents / 100);
		});
	}

	it("spread the first children of a session evenly, clear of its label", () => {
		const bench = new SceneBench();
		const agents = ["a", "b", "c", "d"].map((key, i) => agentView(key, { startedAt: START + i }));
		bench.snapshot(sessionView("s1"), ...agents);
		const shape = ringsAround(null, { tightness: 0, aspect: ASPECT });
		const angles = agents.map(({ key }) => {
			const { restX, restY } = bench.node(key);
			return polarOf(shape, restX, restY).angle;
		});
		const turns = angles.slice(1).map((angle, i) => turnBetween(angles[i] ?? 0, angle));
		for (const turn of turns) assert.ok(Math.abs(turn - (turns[0] ?? 0)) < 0.05, `${turns}`);
		for (const angle of angles) assert.ok(turnBetween(Math.PI / 2 - 0.5, angle) > 1);
	});

	it("are found for each of thousands as quickly as for each of hundreds", () => {
		const [few, many] = [questionsEach(500), questionsEach(4000)];
		assert.ok(many < 1.5 * few, `${few} places looked at for each of 500, ${many} of 4,000`);
	});

	it("hold a family together, away from where its edge comes from", () => {
		const bench = new SceneBench();
		const heads = ["a", "b", "c", "d", "e"].map((key) => agentView(key));
		const children = heads.flatMap(({ key }) =>
			[1, 2, 3].map((number) => agentView(`${key}${number}`, { parent: key })),
		);
		bench.snapshot(sessionView("s1"), ...heads, ...children);
		const reach = ({ x, y }: SceneNode): number => Math.hypot(x, y);
		for (const { key, parent } of children) {
			const node = bench.node(key);
			const head = bench.node(parent ?? "");
			assert.ok(reach(node) > reach(head), `${key} is further out than ${head.key}`);
			assert.ok(Math.hypot(node.x - head.x, node.y - head.y) < 150, `${key} is near ${head.key}`);
		}
	});

	it("are the same under reduced motion, and after a reload", () => {
		const moving = new SceneBench();
		const still = new SceneBench();
		const [session = sessionView("s1"), ...others] = families(24);
		moving.snapshot(session);
		still.snapshot(session);
		for (const view of others) {
			moving.patch(view);
			moving.advance(3000);
			still.patch(view);
			still.layout.rest();
		}
		const again = new SceneBench();
		again.places.restore(moving.places.latest(1000));
		again.snapshot(session, ...others);
		for (const { key, x, y } of all(moving)) {
			for (const other of [still, again]) {
				const node = other.node(key);
				assert.ok(Math.hypot(node.x - x, node.y - y) < 1.5, `${key} ${node.x - x} ${node.y - y}`);
			}
		}
	});
});
