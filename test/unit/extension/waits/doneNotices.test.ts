import assert from "node:assert/strict";
import { DoneNotices, type DoneWishes } from "../../../../src/extension/waits/doneNotices.ts";
import { doneText } from "../../../../src/extension/waits/waitText.ts";
import type { NodeView } from "../../../../src/model/views/view.ts";
import { fakeNode } from "../../../support/fakeNode.ts";

const NOW = 1_000_000;
const session = fakeNode({ key: "n0", id: "s1", kind: "session", parent: null, heardAt: NOW });
const agent = fakeNode({ key: "n1", background: true });
const done = { ...agent, state: "done", endedAt: NOW } as const;

/** Notices whose time stands still but by `pass`. */
class Lab {
	readonly told: string[] = [];
	#due: (() => void)[] = [];
	readonly notices = new DoneNotices(({ key }) => this.told.push(key), {
		now: () => NOW,
		after: (_ms, act) => {
			this.#due.push(act);
			return () => {
				this.#due = this.#due.filter((each) => each !== act);
			};
		},
	});

	constructor(wishes: Partial<DoneWishes>, ...nodes: NodeView[]) {
		this.notices.configure({ agents: false, sessions: false, ...wishes });
		this.notices.startOver(nodes);
	}

	note(...nodes: NodeView[]): this {
		this.notices.note(nodes, []);
		return this;
	}

	pass(): string[] {
		for (const act of this.#due.splice(0)) act();
		return this.told;
	}
}

describe("notices of what is done", () => {
	it("tell of a background agent that ends, once, and of no other", () => {
		const lab = new Lab({ agents: true }, session, agent, {
			...agent,
			key: "n2",
			background: false,
		});
		lab
			.note(done)
			.note(done)
			.note({ ...done, key: "n2", background: false });
		assert.deepEqual(lab.pass(), ["n1"]);
	});

	it("tell of nothing that was not asked for, was so before, is lost or long over", () => {
		const busy = { ...session, state: "running" } as const;
		const idle = { ...session, state: "idle" } as const;
		assert.deepEqual(new Lab({}, busy, agent).note(done, idle).pass(), []);
		assert.deepEqual(
			new Lab({ agents: true, sessions: true }, idle, done).note(done, idle).pass(),
			[],
		);
		const lost = { ...agent, state: "lost", endedAt: NOW } as const;
		assert.deepEqual(new Lab({ agents: true }, session, agent).note(lost).pass(), []);
		const old = { ...done, endedAt: NOW - 600_000 };
		assert.deepEqual(new Lab({ agents: true }, session, agent).note(old).pass(), []);
	});

	it("tell of a session once it rests with all its agents", () => {
		const lab = new Lab({ sessions: true }, session, agent);
		lab.note({ ...session, state: "idle" });
		assert.deepEqual(lab.pass(), []);
		lab.note(done);
		assert.deepEqual(lab.pass(), ["n0"]);
		assert.deepEqual(lab.note({ ...session, state: "done" }).pass(), ["n0"]);
	});

	it("tell of no session that goes on at once", () => {
		const lab = new Lab({ sessions: true }, { ...session, state: "idle" }, agent);
		lab.note(done).note({ ...session, state: "running" });
		assert.deepEqual(lab.pass(), []);
	});

	it("say who, where and how", () => {
		const text = doneText({ ...done, description: "find [it](command:x)", outcome: "fail" });
		assert.equal(text, "Explore (find it(command:x)) in app is done: failed.");
		assert.equal(doneText({ ...session, outcome: null }), "A session in app is done.");
	});
});
