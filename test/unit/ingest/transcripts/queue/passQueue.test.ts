import assert from "node:assert/strict";
import type { Pass } from "../../../../../src/ingest/transcripts/port.ts";
import { PassQueue } from "../../../../../src/ingest/transcripts/queue/passQueue.ts";

const file = (pass: Pass, modifiedAt: number) => ({ pass, modifiedAt });
type File = ReturnType<typeof file>;

describe("PassQueue", () => {
	it("gives events before facts, of what runs and then of history", () => {
		const queue = new PassQueue<File>();
		queue.add(file("facts", 1), false);
		queue.add(file("events", 2), false);
		queue.add(file("facts", 3), true);
		queue.add(file("events", 4), true);
		const order: number[] = [];
		for (let next = queue.take(); next !== null; next = queue.take()) {
			order.push(next.file.modifiedAt);
		}
		assert.deepEqual(order, [4, 3, 2, 1]);
	});

	it("tells what comes before a file that is being read", () => {
		const queue = new PassQueue<File>();
		const [events, facts] = [file("events", 1), file("facts", 2)];
		queue.add(events, false);
		assert.equal(queue.precedes(facts, false), true);
		assert.equal(queue.precedes(facts, true), false);
		assert.equal(queue.precedes(file("events", 3), false), false);
		queue.add(facts, true);
		assert.equal(queue.precedes(file("events", 3), true), false);
		assert.equal(queue.precedes(file("events", 3), false), true);
	});
});
