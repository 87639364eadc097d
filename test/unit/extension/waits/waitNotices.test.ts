import assert from "node:assert/strict";
import fc from "fast-check";
import { type NoticeClock, WaitNotices } from "../../../../src/extension/waits/waitNotices.ts";
import { fakeNode } from "../../../support/fakeNode.ts";

const AFTER = 5_000;

/** A clock that moves by hand. */
class HandClock implements NoticeClock {
	#now = 1_000_000;
	readonly #timers = new Map<() => void, number>();

	now(): number {
		return this.#now;
	}

	after(ms: number, act: () => void): () => void {
		assert.ok(ms >= 0);
		this.#timers.set(act, this.#now + ms);
		return () => this.#timers.delete(act);
	}

	get pending(): number {
		return this.#timers.size;
	}

	pass(ms: number): void {
		this.#now += ms;
		for (const [act, at] of [...this.#timers].sort(([, a], [, b]) => a - b)) {
			if (at <= this.#now && this.#timers.delete(act)) act();
		}
	}
}

describe("Notices of waits for permission", () => {
	let clock: HandClock;
	let told: string[];
	let notices: WaitNotices;

	beforeEach(() => {
		clock = new HandClock();
		told = [];
		notices = new WaitNotices((key) => told.push(key), clock);
		notices.configure(AFTER);
	});

	const waits = (key: string, since = clock.now(), tool = "Bash") =>
		notices.note(fakeNode({ key, id: `id ${key}`, state: "waiting", waiting: { since, tool } }));
	const goesOn = (key: string) => notices.note(fakeNode({ key, id: `id ${key}` }));

	it("come when a call has waited for long enough, and not before", () => {
		waits("a");
		clock.pass(AFTER - 1);
		assert.deepEqual(told, []);
		clock.pass(1);
		assert.deepEqual(told, ["a"]);
	});

	it("never come when the wait is over before", () => {
		waits("a");
		waits("b");
		waits("c");
		clock.pass(AFTER - 1);
		goesOn("a");
		notices.forget("b");
		notices.clear();
		clock.pass(AFTER);
		assert.deepEqual([told, clock.pending], [[], 0]);
	});

	it("come once for a wait, however often the node changes", () => {
		const since = clock.now();
		for (let index = 0; index < 10; index++) {
			waits("a", since);
			clock.pass(AFTER);
		}
		assert.deepEqual(told, ["a"]);
	});

	it("come again for the next wait of the same node", () => {
		waits("a");
		clock.pass(AFTER);
		goesOn("a");
		waits("a");
		clock.pass(AFTER);
		assert.deepEqual(told, ["a", "a"]);
	});

	it("do not come again for a wait that is lost from sight and found again", () => {
		const since = clock.now();
		waits("a", since);
		clock.pass(AFTER);
		notices.clear();
		waits("a", since);
		clock.pass(AFTER);
		assert.deepEqual(told, ["a"]);
	});

	it("do not come again in the next run for what an earlier one told", () => {
		const since = clock.now();
		waits("a", since);
		clock.pass(AFTER);
		notices = new WaitNotices((key) => told.push(key), clock, notices.notified);
		notices.configure(AFTER);
		waits("a", since);
		clock.pass(AFTER);
		assert.deepEqual(told, ["a"]);
	});

	it("count the time from the wait's beginning, not from when it was read", () => {
		waits("a", clock.now() - AFTER + 100);
		waits("b", clock.now() - 2 * AFTER);
		clock.pass(0);
		assert.deepEqual(told, ["b"]);
		clock.pass(100);
		assert.deepEqual(told, ["b", "a"]);
	});

	it("are not held up by a line from a clock that is ahead", () => {
		waits("a", clock.now() + 1e12);
		clock.pass(AFTER);
		assert.deepEqual(told, ["a"]);
	});

	it("stay away while they are turned off, and come for open waits when turned on", () => {
		notices.configure(0);
		waits("a");
		clock.pass(10 * AFTER);
		assert.deepEqual(told, []);
		notices.configure(AFTER);
		clock.pass(0);
		assert.deepEqual(told, ["a"]);
	});

	it("are taken back when they are turned off", () => {
		waits("a");
		notices.configure(0);
		clock.pass(AFTER);
		assert.deepEqual([told, clock.pending], [[], 0]);
	});

	it("keep no more than a bounded number of waits in mind", () => {
		for (let index = 0; index < 1000; index++) waits(`n${index}`);
		clock.pass(AFTER);
		assert.equal(told.length, 1000);
		assert.equal(notices.notified.length, 200);
	});

	it("come for exactly the waits that lasted, whatever happens in between", () => {
		const step = fc.record({
			key: fc.constantFrom("a", "b"),
			kind: fc.constantFrom("wait", "same", "end", "clear"),
			pause: fc.nat(2 * AFTER),
		});
		fc.assert(
			fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
				clock = new HandClock();
				told = [];
				notices = new WaitNotices((key) => told.push(key), clock);
				notices.configure(AFTER);
				const since = new Map<string, number>();
				const lasted: string[] = [];
				const check = () => {
					for (const [key, start] of since) {
						if (clock.now() - start >= AFTER) lasted.push(`${key} ${start}`);
					}
				};
				for (const { key, kind, pause } of steps) {
					if (kind === "wait") since.set(key, clock.now());
					if (kind === "wait" || (kind === "same" && since.has(key))) {
						waits(key, since.get(key));
					} else if (kind === "end") {
						since.delete(key);
						goesOn(key);
					} else if (kind === "clear") {
						since.clear();
						notices.clear();
					}
					clock.pass(pause);
					check();
				}
				assert.equal(told.length, new Set(lasted).size);
				assert.ok(clock.pending <= since.size);
			}),
		);
	});
});
