import assert from "node:assert/strict";
import * as fc from "fast-check";
import {
	bruteSequences,
	type CountedSequence,
	isNearly,
	type LoggedCall,
} from "../../support/sequences/bruteSequences.ts";
import { search } from "../../support/sequences/plantedLoops.ts";

const MINUTE = 60_000;

function described(calls: readonly LoggedCall[]): CountedSequence[] {
	const { found, log } = search(calls);
	return found.sequences.map(({ functions, ...one }) => ({
		functions: functions.map((code) => log.functionIds[code] ?? ""),
		...one,
	}));
}

/** One session whose calls, a letter each, start a minute apart; a dot is a minute without a call. */
function session(name: string, letters: string, more: Partial<LoggedCall> = {}): LoggedCall[] {
	return [...letters].flatMap((letter, minute) =>
		letter === "."
			? []
			: [
					{
						session: name,
						agent: null,
						functionId: letter,
						ts: minute * MINUTE,
						success: 1,
						durationMs: 100,
						...more,
					},
				],
	);
}

function counted(calls: readonly LoggedCall[]): Record<string, number> {
	return Object.fromEntries(
		described(calls).map(({ functions, occurrences }) => [functions.join(""), occurrences]),
	);
}

const letters = fc.constantFrom("A", "A", "B", "B", "C", "D");
const call: fc.Arbitrary<LoggedCall> = fc.record({
	session: fc.constantFrom("s1", "s2", "s3"),
	agent: fc.constantFrom(null, null, null, "a1"),
	functionId: letters,
	// Often the same time, sometimes just at or past the gap, in no order.
	ts: fc.oneof(
		fc.integer({ min: 0, max: 60 }).map((minutes) => minutes * MINUTE),
		fc.constantFrom(600_000, 600_001, 1_200_001),
	),
	success: fc.constantFrom(0, 1, 1, 1, null),
	durationMs: fc.oneof(
		fc.constant(null),
		fc.integer({ min: 0, max: 5_000_000 }).map((us) => us / 1000),
	),
});

function inOrder(sequences: CountedSequence[]): CountedSequence[] {
	return sequences.sort((a, b) => (a.functions.join() < b.functions.join() ? -1 : 1));
}

function exact({ functions, occurrences, sessions, firstTs, lastTs }: CountedSequence): object {
	return { functions, occurrences, sessions, firstTs, lastTs };
}

describe("Sequences", () => {
	it("are those that counting every window gives, in any log", () => {
		let compared = 0;
		fc.assert(
			fc.property(fc.array(call, { maxLength: 120, size: "max" }), (calls) => {
				const [ours, theirs] = [inOrder(described(calls)), inOrder(bruteSequences(calls))];
				compared += ours.length;
				assert.deepEqual(ours.map(exact), theirs.map(exact));
				for (const [at, one] of ours.entries()) {
					for (const column of ["successRate", "meanDurationMs", "lift"] as const) {
						const expected = theirs[at]?.[column] ?? null;
						assert.ok(isNearly(one[column], expected), `${column}: ${one[column]}, ${expected}`);
					}
				}
			}),
			{ numRuns: 1000 },
		);
		assert.ok(compared > 1000, `only ${compared} sequences in all of the logs`);
	});

	it("occur three times in two sessions at least", () => {
		assert.deepEqual(counted([...session("s1", "AB..........AB"), ...session("s2", "AB")]), {
			AB: 3,
		});
		assert.deepEqual(counted([...session("s1", "AB"), ...session("s2", "AB")]), {});
		assert.deepEqual(counted(session("s1", "AB..........AB..........AB")), {});
	});

	it("do not cross agents, sessions or a gap of more than ten minutes", () => {
		const others = [...session("s2", "AB"), ...session("s3", "AB")];
		assert.deepEqual(counted([...session("s1", "A.........B"), ...others]), { AB: 3 });
		assert.deepEqual(counted([...session("s1", "A..........B"), ...others]), {});
		const split = session("s1", "AB").map((one, at) => ({ ...one, agent: at === 0 ? null : "a1" }));
		assert.deepEqual(counted([...split, ...others]), {});
	});

	it("take direct repeats of a function as one", () => {
		const calls = [...session("s1", "AAAB"), ...session("s2", "ABBB"), ...session("s3", "AB")];
		assert.deepEqual(counted(calls), { AB: 3 });
	});

	it("count every place where they begin, overlapping ones too", () => {
		const calls = [...session("s1", "ABABA"), ...session("s2", "ABA")];
		// ABA at 0 and 2 of the first; BA and AB occur as often and are parts of it.
		assert.deepEqual(counted(calls), { ABA: 3 });
	});

	it("leave out a part that never occurs without the whole", () => {
		const whole = [..."123"].flatMap((name) => session(`s${name}`, "ABC"));
		assert.deepEqual(counted(whole), { ABC: 3 });
		assert.deepEqual(counted([...whole, ...session("s4", "AB")]), { ABC: 3, AB: 4 });
	});

	it("have at most five steps", () => {
		const calls = [..."123"].flatMap((name) => session(`s${name}`, "ABCDEF"));
		assert.deepEqual(counted(calls), { ABCDE: 3, BCDEF: 3 });
	});

	it("follow time, and for calls of the same time the order in which they were recorded", () => {
		const late = session("s1", "AB").reverse();
		const tied = session("s2", "AB").map((one) => ({ ...one, ts: 0 }));
		assert.deepEqual(counted([...late, ...tied, ...session("s3", "AB")]), { AB: 3 });
	});

	it("fail with any of their calls, and are not counted while one is open", () => {
		const calls = [
			...session("s1", "AAB").map((one, at) => ({ ...one, success: at === 0 ? 0 : 1 }) as const),
			...session("s2", "AB"),
			...session("s3", "AB", { success: null }),
		];
		assert.equal(described(calls)[0]?.successRate, 0.5);
	});

	it("take as long as their calls together", () => {
		const calls = [
			...session("s1", "AAB", { durationMs: 10 }),
			...session("s2", "AB", { durationMs: 30 }),
			...session("s3", "AB", { durationMs: null }),
		];
		assert.equal(described(calls)[0]?.meanDurationMs, 45);
	});

	it("have a lift of as many times what chance gives", () => {
		const calls = [..."123"].flatMap((name) => session(`s${name}`, "AB..........CD"));
		// 3 of 6 windows, where each of the two functions is a quarter of all steps.
		assert.equal(described(calls)[0]?.lift, 3 / 6 / (1 / 16));
	});

	it("name the calls of their latest occurrences, newest first", () => {
		const calls = [..."1234567"].flatMap((name, hour) =>
			session(`s${name}`, "AAB").map((one) => ({ ...one, ts: one.ts + hour * 60 * MINUTE })),
		);
		const samples = search(calls).found.merged[0]?.samples();
		assert.deepEqual(
			samples,
			[18, 15, 12, 9, 6].map((at) => [at, at + 1, at + 2]),
		);
	});

	it("are none in an empty log", () => {
		assert.deepEqual(described([]), []);
	});
});
