import assert from "node:assert/strict";
import { CallLedger, type LedgerCall } from "../../../../src/model/calls/callLedger.ts";

let calls = 0;
const callOf = (durationMs: number | null, tool = "Bash"): LedgerCall => ({
	id: `c${calls++}`,
	tool,
	detail: "",
	startedAt: calls,
	durationMs,
	success: durationMs === null ? null : true,
	errorClass: "",
});
const near = (value: number | null | undefined, expected: number): void =>
	assert.ok(Math.abs((value ?? 0) - expected) <= expected * 0.02, `${value} is not ${expected}`);

describe("Totals of a tool", () => {
	it("know median and p95 of the calls that have an answer, to 2 %", () => {
		const ledger = new CallLedger();
		for (let ms = 1; ms <= 100; ms++) ledger.open(callOf(ms * 10));
		ledger.open(callOf(null));
		const [bash] = ledger.tools();
		near(bash?.p50Ms, 500);
		near(bash?.p95Ms, 950);
		assert.equal(bash?.calls, 101);
	});

	it("take back what was counted of a call that gets a better answer, or another owner", () => {
		const ledger = new CallLedger();
		const call = callOf(90_000);
		ledger.open(call);
		ledger.open(callOf(100));
		ledger.answer(call, { success: true, errorClass: "", durationMs: 110 });
		near(ledger.tools()[0]?.p95Ms, 100);
		ledger.take(call);
		near(ledger.tools()[0]?.p50Ms, 100);
	});

	it("of several ids are those of all their calls, never above the longest", () => {
		const [one, other] = [new CallLedger(), new CallLedger()];
		one.open(callOf(100));
		other.open(callOf(3000));
		other.open(callOf(null, "Read"));
		one.absorb(other);
		const [bash, read] = one.tools();
		assert.ok((bash?.p95Ms ?? 0) <= 3000);
		near(bash?.p50Ms, 100);
		assert.deepEqual([read?.p50Ms, read?.p95Ms], [null, null]);
	});
});
