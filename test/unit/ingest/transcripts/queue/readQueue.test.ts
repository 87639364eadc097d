import assert from "node:assert/strict";
import { ReadQueue } from "../../../../../src/ingest/transcripts/queue/readQueue.ts";

const file = (modifiedAt: number) => ({ modifiedAt });
type File = ReturnType<typeof file>;

/** What comes out until nothing is left. */
function drain(queue: ReadQueue<File>): number[] {
	const order: number[] = [];
	for (let next = queue.take(); next !== null; next = queue.take()) {
		order.push(next.file.modifiedAt);
	}
	return order;
}

describe("ReadQueue", () => {
	it("gives what runs before history, and history newest first", () => {
		const queue = new ReadQueue<File>();
		for (const at of [3, 1, 2]) queue.add(file(at), false);
		for (const at of [8, 9]) queue.add(file(at), true);
		assert.deepEqual(drain(queue), [8, 9, 3, 2, 1]);
		assert.equal(queue.isEmpty, true);
	});

	it("lets those that run take turns, and leaves history where it was", () => {
		const queue = new ReadQueue<File>();
		for (const at of [1, 2]) queue.add(file(at), false);
		const taken = queue.take();
		assert(taken !== null);
		queue.putBack(taken.file, false);
		const [a, b] = [file(8), file(9)];
		queue.add(a, true);
		queue.add(b, true);
		const first = queue.take();
		assert.equal(first?.file, a);
		queue.putBack(a, true);
		assert.deepEqual(drain(queue), [9, 8, 2, 1]);
	});

	it("moves a file of history that is written to now, and gives it once", () => {
		const queue = new ReadQueue<File>();
		const [old, older] = [file(2), file(1)];
		queue.add(older, false);
		queue.add(old, false);
		queue.add(older, true);
		queue.add(older, false);
		assert.deepEqual(drain(queue), [1, 2]);
	});

	it("forgets history when it is stopped, and nothing else", () => {
		const queue = new ReadQueue<File>();
		for (const at of [1, 2]) queue.add(file(at), false);
		queue.add(file(9), true);
		assert.equal(queue.clearHistory().length, 2);
		assert.deepEqual(drain(queue), [9]);
		queue.add(file(3), false);
		assert.deepEqual(drain(queue), [3]);
	});
});
