import assert from "node:assert/strict";
import { runMaintenance } from "../../../src/schedule/maintenance.ts";
import { ScheduledRun, type ScheduleHost } from "../../../src/schedule/scheduledRun.ts";

const START = new Date("2026-07-01T13:00").getTime();
const HOUR_MS = 3_600_000;

class Closed extends Error {}

/** A process with a clock that stands until it is moved. */
class FakeHost implements ScheduleHost {
	clock = START;
	hours: number | null = 6;
	writes = true;
	last: number | null = null;
	runs = 0;
	readonly failures: unknown[] = [];
	work: () => Promise<void> = async () => {};
	now = () => this.clock;
	intervalHours = () => this.hours;
	isWriter = () => this.writes;
	lastRun = async () => this.last;
	record = async (at: number) => {
		this.last = at;
	};
	run = async () => {
		this.runs++;
		await this.work();
	};
	isOthers = (error: unknown) => error instanceof Closed;
	onFailed = (error: unknown) => {
		this.failures.push(error);
	};
}

describe("A scheduled run", () => {
	let host: FakeHost;
	let schedule: ScheduledRun;
	beforeEach(() => {
		host = new FakeHost();
		schedule = new ScheduledRun(host);
	});

	it("happens once in a slot, however often it is looked at", async () => {
		for (let minute = 0; minute < 60 * 24; minute++) {
			await schedule.look();
			host.clock += 60_000;
		}
		// At once, and at 18, 00, 06 and 12.
		assert.equal(host.runs, 5);
	});

	it("is made up once after days without", async () => {
		host.last = START - 72 * HOUR_MS;
		await schedule.look();
		await schedule.look();
		assert.equal(host.runs, 1);
	});

	it("is left to the process that writes, and does not happen when turned off", async () => {
		host.writes = false;
		await schedule.look();
		host.writes = true;
		host.hours = null;
		await schedule.look();
		assert.deepEqual([host.runs, host.last], [0, null]);
	});

	it("does not begin while one is under way", async () => {
		let end = (): void => {};
		host.work = () =>
			new Promise((resolve) => {
				end = resolve;
			});
		const first = schedule.look();
		await new Promise((resolve) => setImmediate(resolve));
		host.clock += 6 * HOUR_MS;
		await schedule.look();
		end();
		await first;
		assert.equal(host.runs, 1);
		// The slot that it ran into still has its own.
		host.work = async () => {};
		await schedule.look();
		assert.equal(host.runs, 2);
	});

	it("that fails says so and waits for the next slot", async () => {
		host.work = () => Promise.reject(new Error("no"));
		await schedule.look();
		await schedule.look();
		assert.deepEqual([host.runs, host.failures.length], [1, 1]);
	});

	it("that was cut short by the end of its process is done by the next", async () => {
		host.work = () => Promise.reject(new Closed());
		await schedule.look();
		assert.deepEqual([host.last, host.failures.length], [null, 0]);
	});
});

describe("Upkeep", () => {
	const never = new AbortController().signal;

	it("does its parts in their order, those that there are", async () => {
		const told = (text: string) => async () => text;
		assert.deepEqual(
			await runMaintenance({ sequences: told("c"), snapshot: told("b"), ingest: told("a") }, never),
			["a", "b", "c"],
		);
		assert.deepEqual(await runMaintenance({ sequences: told("c") }, never), ["c"]);
	});

	it("begins no further part once it is cancelled", async () => {
		const cancellation = new AbortController();
		const ingest = async () => {
			cancellation.abort();
			return "a";
		};
		const sequences = () => Promise.reject(new Error("not to be called"));
		assert.deepEqual(await runMaintenance({ ingest, sequences }, cancellation.signal), ["a"]);
	});
});
