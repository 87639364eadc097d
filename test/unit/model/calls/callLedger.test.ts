import assert from "node:assert/strict";
import {
	CallLedger,
	recentOf,
	toolCountsOf,
	toolsOf,
} from "../../../../src/model/calls/callLedger.ts";
import { type CallRecord, CallRecords } from "../../../../src/model/calls/callRecords.ts";
import { LedgerSums } from "../../../../src/model/calls/ledgerSums.ts";

interface Owner {
	readonly number: number;
}

/** A session whose calls are told one after the other. */
class Told {
	readonly totals = new LedgerSums();
	readonly #calls = new CallRecords<Owner>();
	#count = 0;

	ledger(kept?: number): CallLedger<Owner> {
		return new CallLedger<Owner>(this.totals, kept);
	}

	/** @param durationMs null of a call that goes on */
	call(durationMs: number | null, tool = "Bash"): CallRecord<Owner> {
		const call = this.#calls.begin(`c${this.#count}`, 0, { number: 0 }, this.#count++);
		call.tool = tool;
		call.durationMs = durationMs;
		call.success = durationMs === null ? null : true;
		return call;
	}
}

const near = (value: number | null | undefined, expected: number): void =>
	assert.ok(Math.abs((value ?? 0) - expected) <= expected * 0.02, `${value} is not ${expected}`);

describe("Totals of a tool", () => {
	it("know median and p95 of the calls that have an answer, to 2 %", () => {
		const told = new Told();
		const ledger = told.ledger();
		for (let ms = 1; ms <= 100; ms++) ledger.open(told.call(ms * 10));
		ledger.open(told.call(null));
		const [bash] = toolsOf([ledger]);
		near(bash?.p50Ms, 500);
		near(bash?.p95Ms, 950);
		assert.equal(bash?.calls, 101);
	});

	it("take back what was counted of a call that gets a better answer, or another owner", () => {
		const told = new Told();
		const ledger = told.ledger();
		const call = told.call(90_000);
		ledger.open(call);
		ledger.open(told.call(100));
		ledger.answer(call, { success: true, errorClass: "", durationMs: 110 });
		near(toolsOf([ledger])[0]?.p95Ms, 100);
		ledger.take(call);
		near(toolsOf([ledger])[0]?.p50Ms, 100);
	});

	it("of several ids are those of all their calls, never above the longest", () => {
		const told = new Told();
		const [one, other] = [told.ledger(), told.ledger()];
		one.open(told.call(100));
		other.open(told.call(3000));
		other.open(told.call(null, "Read"));
		const [bash, read] = toolsOf([one, other]);
		assert.ok((bash?.p95Ms ?? 0) <= 3000);
		near(bash?.p50Ms, 100);
		assert.deepEqual([read?.p50Ms, read?.p95Ms], [null, null]);
		assert.deepEqual(toolCountsOf([one, other]), [
			{ tool: "Bash", calls: 2, failures: 0 },
			{ tool: "Read", calls: 1, failures: 0 },
		]);
	});

	it("of nodes of one session are kept apart, also in a copy that goes on by itself", () => {
		const told = new Told();
		const [one, other] = [told.ledger(), told.ledger()];
		for (const tool of ["Bash", "Read", "Bash"]) {
			one.open(told.call(100, tool));
			other.open(told.call(3000, tool));
		}
		const copy = one.copy(told.totals.copy(), (call) => call);
		one.open(told.call(100, "Edit"));
		const tools = (ledger: CallLedger<Owner>) =>
			toolsOf([ledger]).map(({ tool, calls, totalMs, maxMs }) => [tool, calls, totalMs, maxMs]);
		assert.deepEqual(tools(copy), [
			["Bash", 2, 200, 100],
			["Read", 1, 100, 100],
		]);
		assert.deepEqual(tools(other), [
			["Bash", 2, 6000, 3000],
			["Read", 1, 3000, 3000],
		]);
		assert.equal(tools(one).length, 3);
	});
});

describe("The latest calls of a node", () => {
	const idsOf = (ledger: CallLedger<Owner>) => ledger.latest.map(({ id }) => id);

	it("are as many as are kept, the oldest going first, and one may be taken out of their middle", () => {
		const told = new Told();
		const ledger = told.ledger(3);
		const calls = [1, 2, 3].map(() => told.call(null));
		for (const call of calls) assert.equal(ledger.open(call), null);
		assert.equal(ledger.open(told.call(5))?.id, "c0");
		ledger.take(calls[2] as CallRecord<Owner>);
		assert.deepEqual(idsOf(ledger), ["c1", "c3"]);
		assert.deepEqual(
			calls.map((call) => ledger.shows(call)),
			[false, true, false],
		);
		assert.deepEqual(ledger.openOf("Bash"), ["c1"]);
		assert.equal(ledger.newestOpen()?.id, "c1");
		assert.deepEqual(
			ledger.forgetRecent().map(({ id }) => id),
			["c1", "c3"],
		);
		assert.deepEqual(idsOf(ledger), []);
		ledger.open(told.call(1));
		assert.deepEqual(idsOf(ledger), ["c4"]);
	});

	it("of several ids are shown in the order in which they began", () => {
		const told = new Told();
		const [one, other] = [told.ledger(2), told.ledger(2)];
		for (const ledger of [other, one, other, one]) ledger.open(told.call(1));
		assert.deepEqual(
			recentOf([one, other]).map(({ id }) => id),
			["c2", "c3"],
		);
	});
});
