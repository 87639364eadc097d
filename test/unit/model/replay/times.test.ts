import assert from "node:assert/strict";
import { parseLine } from "../../../../src/ingest/eventLog/parseLine.ts";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import {
	countUntil,
	histogramOf,
	lastBefore,
	nextAfter,
} from "../../../../src/model/replay/times.ts";
import { EventLog } from "../../../support/log/eventLog.ts";

const log = new EventLog()
	.start("a1", "Explore")
	.use("toolu_1", "a1")
	.result("toolu_1", "a1", false);
const events = log.events.map((event) => parseLine(JSON.stringify(event)) as AgentEvent);
const [first = 0, second = 0, third = 0] = events.map(({ ts }) => ts);

describe("the times of events", () => {
	it("tell how many happened until a moment, that moment included", () => {
		const moments = [first - 1, first, second - 1, second, third, third + 1];
		assert.deepEqual(
			moments.map((time) => countUntil(events, time)),
			[0, 1, 1, 2, 3, 3],
		);
	});

	it("lead to the event before and behind a moment, and to none beyond the ends", () => {
		assert.equal(nextAfter(events, first), second);
		assert.equal(nextAfter(events, third), null);
		assert.equal(lastBefore(events, second), first);
		assert.equal(lastBefore(events, second + 1), second);
		assert.equal(lastBefore(events, first), null);
	});

	it("are counted by equal parts, failures among them", () => {
		const { events: counts, failures } = histogramOf(events, first, third, 4);
		assert.deepEqual(counts, [1, 0, 1, 1]);
		assert.deepEqual(failures, [0, 0, 0, 1]);
	});

	it("are no failures where a call was cut off", () => {
		const cut = events.map((event) => ({ ...event, errorClass: "interrupted" }) as AgentEvent);
		assert.deepEqual(histogramOf(cut, first, third, 1).failures, [0]);
	});
});
