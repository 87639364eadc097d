import assert from "node:assert/strict";
import * as fc from "fast-check";
import { NO_FACTS } from "../../../../src/facts/callFacts.ts";
import { PrunedFilter } from "../../../../src/telemetry/rollups/prunedFilter.ts";
import { prune, prunedBefore } from "../../../../src/telemetry/storage/retention.ts";
import type { TelemetryStore } from "../../../../src/telemetry/storage/store.ts";
import {
	type Derived,
	facts,
	ingestFacts,
	scriptFact,
	testFact,
} from "../../../support/facts/factEvents.ts";
import { EventLog } from "../../../support/log/eventLog.ts";
import { auditRollups } from "../../../support/telemetry/rollupAudit.ts";
import { dump, eventsOf, NOW, newStore } from "../../../support/telemetry/telemetry.ts";

const HASH = "ab".repeat(32);
const FORCE_PUSH = { ruleId: "git-force-push", severity: "error" } as const;

/** The beginning of a Bash call, a minute after the one before it. */
function use(index: number, known: Parameters<typeof facts>[0], session = "s1"): Derived {
	return at("tool_use", index, known, session);
}
function result(index: number, known: Parameters<typeof facts>[0], session = "s1"): Derived {
	return at("tool_result", index, known, session);
}
function at(
	event: string,
	index: number,
	known: Parameters<typeof facts>[0],
	session: string,
): Derived {
	const ts = new Date(NOW - 3_600_000 + index * 60_000).toISOString();
	const line = {
		v: 2,
		ts,
		event,
		id: `c${index}`,
		tool: "Bash",
		program: "cd",
		session_id: session,
	};
	const [first] = eventsOf([{ ...line, ...(event === "tool_result" ? { success: true } : {}) }]);
	assert.ok(first);
	return [first, facts(known)];
}

function violationsOf(store: TelemetryStore): unknown[] {
	return store.all("SELECT tool_use_id, rule_id FROM violations ORDER BY rowid");
}

describe("Facts of a call", () => {
	it("give its row the arguments' hash and the better name of its function", async () => {
		const store = await newStore();
		const known = { argsHash: HASH, functionId: "bash:npm test" };
		ingestFacts(store, [[use(0, {})[0], NO_FACTS]]);
		ingestFacts(store, [use(0, known), result(0, known)]);
		assert.deepEqual(store.all("SELECT function_id, args_hash FROM calls"), [
			{ function_id: "bash:npm test", args_hash: HASH },
		]);
		assert.deepEqual(auditRollups(store, NOW), []);
	});

	it("become rows of tests and violations, with sums by function and a score", async () => {
		const store = await newStore();
		const all = Array.from({ length: 6 }, (_, index) => [use(index, {}), result(index, {})]).flat();
		const tests = [testFact("a::test_x", true, "x"), testFact("a::test_y", false, "y")];
		const changed = ingestFacts(store, [
			...all,
			use(6, { functionId: "bash:git push", violations: [FORCE_PUSH] }),
			result(6, { functionId: "bash:git push", tests }),
		]);
		assert.ok(["x", "y", "bash:git push"].every((id) => changed.includes(id)));
		assert.deepEqual(
			store.all(
				"SELECT function_id, test_id, passed, duration_ms, output_snippet, tool_use_id FROM test_runs",
			),
			[["x", "a::test_x", 1, null] as const, ["y", "a::test_y", 0, "assert 1 == 2"] as const].map(
				([function_id, test_id, passed, output_snippet]) => ({
					function_id,
					test_id,
					passed,
					duration_ms: 3,
					output_snippet,
					tool_use_id: "c6",
				}),
			),
		);
		assert.deepEqual(
			store.all("SELECT session_id, tool_use_id, rule_id, function_id, severity FROM violations"),
			[
				{
					session_id: "s1",
					tool_use_id: "c6",
					rule_id: "git-force-push",
					function_id: "bash:git push",
					severity: "error",
				},
			],
		);
		assert.deepEqual(
			store.all(
				"SELECT function_id, tests_total, tests_failed, violations_caused FROM function_stats WHERE tests_total + violations_caused > 0 ORDER BY 1",
			),
			[
				{ function_id: "bash:git push", tests_total: 0, tests_failed: 0, violations_caused: 1 },
				{ function_id: "x", tests_total: 1, tests_failed: 0, violations_caused: 0 },
				{ function_id: "y", tests_total: 1, tests_failed: 1, violations_caused: 0 },
			],
		);
		// 100 × (1 − (0.3 × 1/2 + 0.2 × min(1, 20 × 1/7)))
		assert.equal(store.first("SELECT health_score FROM sessions")?.[0], 65);
		assert.deepEqual(auditRollups(store, NOW), []);
	});

	it("leave nothing behind when their transaction fails", async () => {
		const store = await newStore();
		const derived = [use(0, { violations: [FORCE_PUSH], scripts: [scriptFact("a")] })];
		const events = derived.map(([event]) => event);
		const cursor = { source: "log", fileIdentity: "1:1", byteOffset: Number.NaN };
		assert.throws(() => store.ingest(events, cursor, undefined, new Map(derived)));
		assert.equal(store.first("SELECT count(*) FROM violations")?.[0], 0);
		ingestFacts(store, derived);
		assert.deepEqual(auditRollups(store, NOW), []);
		assert.equal(store.first("SELECT violations FROM function_totals")?.[0], 1);
		assert.equal(store.first("SELECT occurrences FROM patterns")?.[0], 1);
	});
});

describe("A script that is written again", () => {
	it("is one pattern with those that are like it, named by the first of them", async () => {
		const store = await newStore();
		ingestFacts(store, [
			use(2, { scripts: [scriptFact("a", 1, "inline")] }, "s2"),
			use(1, { scripts: [scriptFact("a", 0)] }),
			use(3, { scripts: [scriptFact("b", 0)] }),
		]);
		assert.deepEqual(
			store.all("SELECT pattern_hash, kind, occurrences, session_ids FROM patterns ORDER BY 1"),
			[
				{ pattern_hash: "a-0", kind: "heredoc", occurrences: 2, session_ids: '["s1","s2"]' },
				{ pattern_hash: "b-0", kind: "heredoc", occurrences: 1, session_ids: '["s1"]' },
			],
		);
	});

	it("breaks a rule from its fourth time on, whatever was read first", async () => {
		const all = [0, 1, 2, 3, 4].map((index) => use(index, { scripts: [scriptFact("a", index)] }));
		for (const order of [all, all.toReversed()]) {
			const store = await newStore();
			for (const each of order) ingestFacts(store, [each]);
			const broken = violationsOf(store).map((row) => (row as { tool_use_id: string }).tool_use_id);
			assert.deepEqual(broken.sort(), ["c3", "c4"]);
			store.close();
		}
	});

	it("breaks none where it is no heredoc", async () => {
		const store = await newStore();
		const inline = scriptFact("a", 0, "inline");
		ingestFacts(
			store,
			[0, 1, 2, 3, 4].map((index) => use(index, { scripts: [inline] })),
		);
		assert.deepEqual(violationsOf(store), []);
		ingestFacts(store, [use(5, { scripts: [scriptFact("a")] })]);
		assert.deepEqual(violationsOf(store), [{ tool_use_id: "c5", rule_id: "heredoc-reinvention" }]);
	});

	it("joins patterns that were two before it came", async () => {
		const store = await newStore();
		const chain = (from: number): string[] =>
			Array.from({ length: 100 }, (_, index) => `t${index + from}`);
		const { signatureOf } = await import("../../../../src/facts/scripts/minHash.ts");
		const script = (from: number) =>
			({ kind: "heredoc", bodyHash: `b${from}`, signature: signatureOf(chain(from)) }) as const;
		ingestFacts(store, [use(0, { scripts: [script(0)] }), use(2, { scripts: [script(12)] })]);
		assert.equal(store.first("SELECT count(*) FROM patterns")?.[0], 2);
		ingestFacts(store, [use(1, { scripts: [script(6)] })]);
		assert.deepEqual(store.all("SELECT pattern_hash, occurrences FROM patterns"), [
			{ pattern_hash: "b0", occurrences: 3 },
		]);
		assert.deepEqual(auditRollups(store, NOW), []);
	});
});

describe("Facts that come in any order, and again", () => {
	const script = fc
		.tuple(fc.constantFrom("a", "b"), fc.nat(3), fc.constantFrom("heredoc", "inline"))
		.map(([pattern, variant, kind]) => scriptFact(pattern, variant, kind as "heredoc" | "inline"));
	const test = fc
		.tuple(fc.constantFrom("t1", "t2", "*"), fc.boolean(), fc.constantFrom("f", "bash:pytest"))
		.map((parts) => testFact(...parts));
	const call = fc.record({
		violations: fc.constantFrom([], [FORCE_PUSH]),
		scripts: fc.array(script, { maxLength: 2 }),
		tests: fc.uniqueArray(test, { maxLength: 3, selector: ({ testId }) => testId }),
		functionId: fc.constantFrom("bash:git push", "bash:npm test"),
		session: fc.constantFrom("s1", "s2"),
	});
	const derivedOf = (calls: readonly (typeof call extends fc.Arbitrary<infer T> ? T : never)[]) =>
		calls.flatMap(({ session, tests, violations, scripts, functionId }, index) => [
			use(index, { argsHash: HASH, functionId, violations, scripts }, session),
			result(index, { argsHash: HASH, functionId, tests }, session),
		]);

	it("change nothing", async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(call, { maxLength: 12 }),
				fc.infiniteStream(fc.nat(1000)),
				fc.nat(24),
				async (calls, dice, cut) => {
					const derived = derivedOf(calls);
					const [plain, mixed] = [await newStore(), await newStore()];
					ingestFacts(plain, derived);
					const shuffled = derived
						.map((each) => [dice.next().value as number, each] as const)
						.sort(([a], [b]) => a - b)
						.map(([, each]) => each);
					for (const part of [shuffled.slice(0, cut), shuffled.slice(cut), derived, shuffled]) {
						ingestFacts(mixed, part);
					}
					assert.deepEqual(dump(mixed), dump(plain));
					assert.deepEqual(auditRollups(mixed, NOW), []);
					plain.close();
					mixed.close();
				},
			),
			{ numRuns: 150 },
		);
	});

	it("are counted in the session that the call is counted in", async () => {
		const known = { violations: [FORCE_PUSH], scripts: [scriptFact("a")] };
		const both = [use(0, known, "s1"), use(0, known, "s2")];
		const tests = { tests: [testFact("t", false)] };
		const results = [result(0, tests, "s1"), result(0, tests, "s2")];
		const [one, other] = [await newStore(), await newStore()];
		for (const each of [...both, ...results]) ingestFacts(one, [each]);
		for (const each of [...both, ...results].reverse()) ingestFacts(other, [each]);
		for (const table of ["test_runs", "violations", "patterns", "function_totals"]) {
			assert.deepEqual(dump(one)[table], dump(other)[table]);
		}
		assert.equal(one.first("SELECT session_id FROM violations")?.[0], "s2");
		assert.deepEqual(auditRollups(one, NOW), []);
	});
});

describe("Facts of pruned calls", () => {
	it("stay in the sums, and are not counted again", async () => {
		const store = await newStore();
		const known = { violations: [FORCE_PUSH], scripts: [scriptFact("a")] };
		const early = [0, 1, 2, 3, 4].map((index) => use(index, known));
		const [late] = eventsOf(new EventLog().add("tool_use", { id: "z", tool: "Read" }).events);
		assert.ok(late);
		const later = { ...late, ts: NOW + 10 * 86_400_000 };
		ingestFacts(store, [...early, [later, NO_FACTS]]);
		const sums = () => [
			store.first("SELECT sum(violations) FROM function_totals"),
			store.first("SELECT occurrences FROM patterns"),
		];
		const before = sums();
		prune(store, 2, NOW + 10 * 86_400_000);
		assert.equal(store.first("SELECT count(*) FROM violations")?.[0], 0);
		assert.deepEqual(sums(), before);
		const filter = new PrunedFilter(prunedBefore(store));
		const again = filter.keep(early.map(([event]) => event));
		store.ingest(again, null, undefined, new Map(early));
		assert.deepEqual(sums(), before);
		// The pattern is known for having been there three times.
		const next: Derived = [{ ...later, tool: "Bash", id: "y" } as Derived[0], facts(known)];
		ingestFacts(store, [next]);
		assert.ok(JSON.stringify(violationsOf(store)).includes("heredoc-reinvention"));
	});
});
