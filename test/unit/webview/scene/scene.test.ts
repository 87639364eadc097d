import assert from "node:assert/strict";
import { agentView, sessionView } from "../../../support/page/fakeViews.ts";
import { SceneBench } from "./sceneBench.ts";

const session = sessionView("s1");
const agent = agentView("a1");

describe("who is in the picture", () => {
	it("shows the living of a snapshot, and none that ended", () => {
		const bench = new SceneBench();
		bench.snapshot(session, agent, agentView("old", { state: "done", outcome: "fail" }));
		assert.deepEqual(bench.keys(), ["s1", "a1"]);
		assert.equal(bench.node("a1").bornAt, Number.NEGATIVE_INFINITY);
	});

	it("lets an end flash when it happens, not when a snapshot tells of it", () => {
		const bench = new SceneBench();
		bench.snapshot(session, agent, agentView("a2"));
		bench.patch({ ...agent, state: "done", endedAt: bench.hostNow });
		assert.equal(bench.node("a1").endAt, bench.now);
		bench.snapshot(session, { ...agent, state: "done" }, agentView("a2", { state: "done" }));
		assert.deepEqual(bench.keys(), ["s1"]);
	});

	it("shows the end of an agent that lived between two patches, but of none from long ago", () => {
		const bench = new SceneBench();
		bench.snapshot(session);
		bench.patch(
			agentView("quick", { state: "done", endedAt: bench.hostNow - 40 }),
			agentView("ancient", { state: "done", endedAt: bench.hostNow - 60_000 }),
		);
		assert.deepEqual(bench.keys(), ["s1", "quick"]);
		bench.advance(1600);
		assert.deepEqual(bench.keys(), ["s1"]);
	});

	it("ignores what is told of an agent after it left", () => {
		const bench = new SceneBench();
		bench.snapshot(session, agent);
		const done = { ...agent, state: "done", endedAt: bench.hostNow } as const;
		bench.patch(done);
		bench.advance(6000);
		bench.patch({ ...done, calls: 99 });
		assert.deepEqual(bench.keys(), ["s1"]);
	});

	it("dims a lost agent for ten seconds, counted from when it was lost", () => {
		const bench = new SceneBench();
		const lost = { state: "lost", endedAt: bench.hostNow - 4000 } as const;
		const gone = { state: "lost", endedAt: bench.hostNow - 11_000 } as const;
		bench.snapshot(session, agentView("a1", lost), agentView("a2", gone), agentView("a3"));
		assert.deepEqual(bench.keys(), ["s1", "a1", "a3"]);
		bench.advance(6700);
		assert.ok(bench.keys().includes("a1"));
		bench.advance(200);
		assert.ok(!bench.keys().includes("a1"));
	});

	it("takes lost agents along with their session", () => {
		const bench = new SceneBench();
		bench.snapshot(session, agent);
		bench.patch({ ...agent, state: "lost", endedAt: bench.hostNow }, { ...session, state: "done" });
		bench.advance(1600);
		assert.deepEqual(bench.keys(), []);
	});

	it("keeps an ended session while one of its agents lives", () => {
		const bench = new SceneBench();
		bench.snapshot({ ...session, state: "lost" }, agent);
		assert.deepEqual(bench.keys(), ["s1", "a1"]);
		bench.patch({ ...agent, state: "done", endedAt: bench.hostNow });
		bench.advance(1600);
		assert.deepEqual(bench.keys(), []);
	});

	it("revives a resumed agent in the middle of its fading", () => {
		const bench = new SceneBench();
		bench.snapshot(session, agent);
		bench.patch({ ...agent, state: "done", endedAt: bench.hostNow });
		bench.advance(900);
		bench.patch(agent);
		bench.advance(5000);
		assert.equal(bench.node("a1").endAt, Number.POSITIVE_INFINITY);
	});

	it("follows a parent that became known later", () => {
		const bench = new SceneBench();
		bench.snapshot(session, agent, agentView("a2"));
		const { x, y } = bench.node("a2");
		bench.patch(agentView("a2", { parent: "a1" }));
		assert.equal(bench.node("a2").parent?.key, "a1");
		assert.deepEqual([bench.node("a2").x, bench.node("a2").y], [x, y]);
	});

	it("hides and shows what the filters say, without a flash and in the same place", () => {
		const bench = new SceneBench();
		bench.snapshot(session, agent, agentView("a2", { parent: "a1" }));
		const { x, y } = bench.node("a1");
		bench.hidden.add("a1");
		bench.refilter();
		assert.deepEqual(bench.keys(), ["s1", "a2"]);
		assert.equal(bench.node("a2").parent?.key, "s1");
		bench.hidden.clear();
		bench.refilter();
		bench.advance(3000);
		const back = bench.node("a1");
		assert.ok(Math.hypot(back.x - x, back.y - y) < 2);
		assert.equal(bench.node("a2").parent?.key, "a1");
	});

	it("lights a call's node and names its tool, and marks a failure in words", () => {
		const bench = new SceneBench();
		bench.snapshot(session, agent);
		bench.pulse(
			{ key: "a1", tool: "Grep", kind: "start" },
			{ key: "a1", tool: "Grep", kind: "success" },
			{ key: "nobody", tool: "Grep", kind: "start" },
		);
		assert.equal(bench.node("a1").pulseAt, bench.now);
		assert.deepEqual(
			bench.floats.all.map((float) => float.text),
			["Grep"],
		);
		bench.pulse({ key: "a1", tool: "Bash", kind: "failure" });
		assert.equal(bench.node("a1").failText, "Bash failed");
	});

	it("names at most one tool of a node at a time, and few in all", () => {
		const bench = new SceneBench();
		const agents = Array.from({ length: 60 }, (_, i) => agentView(`a${i}`));
		bench.snapshot(session, ...agents);
		for (let i = 0; i < 5; i++) bench.pulse({ key: "a1", tool: "Read", kind: "start" });
		assert.equal(bench.floats.all.length, 1);
		bench.pulse(...agents.map(({ key }) => ({ key, tool: "Read", kind: "start" as const })));
		assert.equal(bench.floats.all.length, 24);
		bench.floats.sweep(bench.now + 801);
		assert.equal(bench.floats.all.length, 0);
	});
});
