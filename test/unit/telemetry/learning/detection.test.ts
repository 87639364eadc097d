import assert from "node:assert/strict";
import type { Sequence } from "../../../../src/sequences/learned.ts";
import {
	DEFAULT_THRESHOLDS,
	type Thresholds,
} from "../../../../src/sequences/proposals/thresholds.ts";
import { detect } from "../../../../src/telemetry/learning/detection.ts";
import {
	decideProposal,
	keepDecisions,
	readProposals,
} from "../../../../src/telemetry/learning/proposalTable.ts";
import { sequenceDetails } from "../../../../src/telemetry/learning/sequenceDetail.ts";
import { readSequences } from "../../../../src/telemetry/learning/sequenceTable.ts";
import type { TelemetryStore } from "../../../../src/telemetry/storage/store.ts";
import { type Derived, facts, ingestFacts, testFact } from "../../../support/facts/factEvents.ts";
import { eventsOf, NOW, newStore } from "../../../support/telemetry/telemetry.ts";

const DAY = 86_400_000;
let nextId = 0;

interface Made {
	readonly session?: string;
	readonly agent?: string;
	/** ms before now */
	readonly ago?: number;
	readonly success?: boolean;
}

/** Results of calls of these programs, a second apart. */
function runs(programs: readonly string[], made: Made = {}): object[] {
	const { session = "s1", agent, ago = 3_600_000, success = true } = made;
	return programs.map((program, at) => ({
		v: 2,
		ts: new Date(NOW - ago + at * 1000).toISOString(),
		event: "tool_result",
		session_id: session,
		id: `toolu_${nextId++}`,
		tool: "Bash",
		program,
		success,
		duration_ms: 10,
		...(agent === undefined ? {} : { agent_id: agent }),
	}));
}

function skill(name: string, made: Made = {}): object {
	const [line] = runs(["x"], made);
	return { ...line, event: "skill_use", skill: name };
}

function ingest(store: TelemetryStore, ...lines: readonly (object | readonly object[])[]): void {
	store.ingest(eventsOf(lines.flat()), null);
}

function search(store: TelemetryStore, proposes = true, now = NOW, thresholds?: Thresholds) {
	return detect({
		store,
		thresholds,
		proposes,
		now,
		onProgress: () => {},
		signal: new AbortController().signal,
		checkWriter: () => {},
	});
}

function names(sequences: readonly Sequence[]): string[] {
	return sequences.map(({ functionIds }) => functionIds.join(" "));
}

function threeTimes(store: TelemetryStore): void {
	const programs = ["git", "npm", "jq"];
	ingest(store, runs(programs), runs(programs, { session: "s2", ago: 1_800_000 }));
	ingest(store, runs(programs, { session: "s2", agent: "a1", ago: 2000 }));
}

describe("Detection of sequences", () => {
	it("writes what the calls of the database give", async () => {
		const store = await newStore();
		threeTimes(store);
		assert.deepEqual(await search(store, false), {
			calls: 9,
			sequences: 1,
			changedRows: 2,
			newProposals: 0,
		});
		const [found] = readSequences(store, 10);
		assert.ok(found);
		const { hash, ...row } = found;
		assert.match(hash, /^[0-9a-f]{64}$/);
		assert.deepEqual(row, {
			functionIds: ["bash:git", "bash:npm", "bash:jq"],
			isLoop: false,
			merged: 0,
			occurrences: 3,
			sessions: 2,
			successRate: 1,
			meanDurationMs: 30,
			lift: 4,
			// A call starts as long before its result as it took.
			firstTs: NOW - 3_600_010,
			lastTs: NOW - 10,
		});
	});

	it("changes no row when it runs again, proposals included", async () => {
		const store = await newStore();
		threeTimes(store);
		ingest(store, runs(Array(30).fill("make"), { success: false, session: "s9" }));
		assert.equal((await search(store)).newProposals, 2);
		const before = [readSequences(store, 99), readProposals(store, NOW)];
		const again = await search(store, true, NOW + 5000);
		assert.deepEqual([again.changedRows, again.newProposals], [0, 0]);
		assert.deepEqual([readSequences(store, 99), readProposals(store, NOW)], before);
	});

	it("leaves in the table what the last run found, and nothing else", async () => {
		const store = await newStore();
		threeTimes(store);
		await search(store, false);
		ingest(store, runs(["git", "npm", "jq", "make"], { session: "s3" }));
		store.database.run("DELETE FROM calls WHERE session_id = 's1'");
		await search(store, false);
		assert.deepEqual(names(readSequences(store, 9)), ["bash:git bash:npm bash:jq"]);
		store.database.run("DELETE FROM calls WHERE session_id = 's3'");
		await search(store, false);
		assert.deepEqual(readSequences(store, 9), []);
	});

	it("stops when it is cancelled, and writes nothing", async () => {
		const store = await newStore();
		threeTimes(store);
		const task = { store, proposes: true, now: NOW, onProgress: () => {}, checkWriter: () => {} };
		await assert.rejects(
			detect({ ...task, signal: AbortSignal.abort() }),
			(error: { reason?: string }) => error.reason === "cancelled",
		);
		assert.deepEqual(readSequences(store, 9), []);
	});

	it("names the calls behind a sequence, and who made them", async () => {
		const store = await newStore();
		threeTimes(store);
		await search(store, false);
		const hash = readSequences(store, 1)[0]?.hash ?? "";
		const { signal } = new AbortController();
		const [detail, ...others] = await sequenceDetails(store, [hash, "none"], signal);
		assert.deepEqual(others, []);
		assert.deepEqual(
			detail?.occurrences.map((calls) => calls.map(({ functionId }) => functionId).join(" ")),
			Array(3).fill("bash:git bash:npm bash:jq"),
		);
		assert.deepEqual(detail?.agents, [
			{ sessionId: "s2", agentId: "a1" },
			{ sessionId: "s2", agentId: null },
			{ sessionId: "s1", agentId: null },
		]);
	});
});

describe("Proposals", () => {
	async function proposed(...lines: readonly (object | readonly object[])[]) {
		const store = await newStore();
		ingest(store, ...lines);
		await search(store);
		return readProposals(store, NOW);
	}
	const kinds = async (...lines: readonly (object | readonly object[])[]) =>
		(await proposed(...lines)).map(({ kind, target }) => `${kind} ${target}`);

	it("say of a sequence that it could be one step, with its calls", async () => {
		const store = await newStore();
		threeTimes(store);
		await search(store);
		const [proposal] = readProposals(store, NOW);
		assert.equal(proposal?.kind, "new_pipeline");
		assert.equal(proposal.target, "bash:git → bash:npm → bash:jq");
		assert.deepEqual(proposal.evidence.functionIds, ["bash:git", "bash:npm", "bash:jq"]);
		assert.deepEqual(
			proposal.evidence.calls.map(({ sessionId, agentId }) => `${sessionId} ${agentId}`),
			["s2 a1", "s2 a1", "s2 a1", "s2 null", "s2 null", "s2 null", "s1 null", "s1 null", "s1 null"],
		);
	});

	it("ask for a fix where more than a fifth of twenty calls fail", async () => {
		const calls = (failed: number, all: number, since = 0) => [
			...runs(Array(all - failed - since).fill("jq"), { ago: 3 * DAY }),
			...runs(Array(failed).fill("jq"), { success: false, ago: 2 * DAY }),
			...runs(Array(since).fill("jq")),
		];
		assert.deepEqual(await kinds(calls(5, 20)), ["fix_function bash:jq"]);
		assert.deepEqual(await kinds(calls(4, 20)), []);
		assert.deepEqual(await kinds(calls(19, 19)), []);
		assert.deepEqual(await kinds(calls(5, 20, 4)), ["fix_function bash:jq"]);
		assert.deepEqual(await kinds(calls(15, 20, 5)), []);
		const [proposal] = await proposed(calls(30, 60));
		assert.equal(proposal?.evidence.calls.length, 20);
		assert.ok(proposal.evidence.calls.every(({ success }) => success === false));
	});

	/** Runs of tests of `jq`, the oldest first, each a call with a letter for each test: f failed. */
	function tested(store: TelemetryStore, ...outcomes: readonly string[]): void {
		for (const [at, tests] of outcomes.entries()) {
			for (const [test, letter] of [...tests].entries()) {
				store.database.run(
					`INSERT INTO test_runs (ts, session_id, function_id, test_id, passed, tool_use_id)
						VALUES (?, 's1', 'bash:jq', ?, ?, ?)`,
					[at, `test_${test}`, Number(letter !== "f"), `toolu_run_${at}`],
				);
			}
		}
	}

	it("ask for a fix where more than a fifth of ten test runs fail, one of the last five too", async () => {
		const asked = async (...outcomes: readonly string[]) => {
			const store = await newStore();
			ingest(store, runs(["jq"]));
			tested(store, ...outcomes);
			await search(store);
			return readProposals(store, NOW);
		};
		const of = (letters: string) => letters.split("");
		assert.deepEqual(await asked(...of("fff..")), []);
		assert.deepEqual(await asked(...of("ffffffff.")), []);
		assert.deepEqual(await asked(...of("........ff")), []);
		assert.deepEqual(await asked(...of("fffff.....")), []);
		const [proposal] = await asked(...of(".......fff"));
		assert.equal(proposal?.target, "bash:jq");
		assert.equal(proposal.evidence.figures.runFailRate, 0.3);
		assert.equal(proposal.evidence.failedTests.length, 3);
		assert.equal((await asked(...of("..ff...f...."))).length, 1);
	});

	it("count whole runs that passed where only tests that failed are named, in the same folder", async () => {
		/** Letters as above, a run each: `.` has no names of tests. */
		const asked = async (letters: string, cwd = "/w") => {
			const store = await newStore();
			const derived = runs([...letters].fill("pytest")).map((line, at): Derived => {
				const failed = letters[at] === "f";
				const session = failed ? "s1" : "s2";
				const own = { ...line, session_id: session, cwd: failed ? "/w" : cwd };
				const [event] = eventsOf([own]);
				const test = failed ? testFact("a.py::test_add", false, "add") : testFact("*", true);
				return [event ?? assert.fail(), facts({ tests: [test] })];
			});
			ingestFacts(store, derived);
			await search(store);
			return readProposals(store, NOW);
		};
		assert.deepEqual(await asked(`${"f".repeat(12)}.....`), []);
		assert.equal((await asked(`${"f".repeat(12)}....`)).length, 1);
		const [proposal] = await asked("f.f.f.f.f.f.");
		assert.deepEqual([proposal?.target, proposal?.evidence.figures.runs], ["add", 11 + 1]);
		assert.deepEqual(await asked("f.f.f.f.f.f.", "/elsewhere"), []);
	});

	it("count tests of one call as one run", async () => {
		const store = await newStore();
		ingest(store, runs(["jq"]));
		for (let test = 0; test < 12; test++) {
			store.database.run(
				`INSERT INTO test_runs (ts, session_id, function_id, test_id, passed, tool_use_id)
					VALUES (5, 's1', 'bash:jq', ?, 0, 'toolu_x')`,
				[`test_${test}`],
			);
		}
		await search(store);
		assert.deepEqual(readProposals(store, NOW), []);
	});

	it("take a fix back by themselves once it goes well", async () => {
		const store = await newStore();
		ingest(store, runs(["jq"]));
		tested(store, ..."ffffffffff");
		await search(store);
		assert.equal(readProposals(store, NOW).length, 1);
		store.database.run("UPDATE test_runs SET passed = 1 WHERE ts >= 5");
		await search(store);
		assert.deepEqual(readProposals(store, NOW), []);
	});

	it("make a pipeline of nothing that only a model can join", async () => {
		const told = (names: readonly string[], made: Made) =>
			runs(names, made).map((line, at) => {
				const name = names[at] ?? "";
				return /^(?!mcp__)[a-z]/.test(name) ? line : { ...line, tool: name, program: undefined };
			});
		const pipelines = async (...names: readonly string[]) =>
			kinds(
				...["s1", "s2", "s3"].map((session, at) => told(names, { session, ago: (3 + at) * 1e6 })),
			);
		assert.deepEqual(await pipelines("Read", "Edit"), []);
		assert.deepEqual(await pipelines("Grep", "Read", "TodoWrite", "Edit"), []);
		assert.deepEqual(await pipelines("Edit", "pytest"), []);
		assert.deepEqual(await pipelines("ExitPlanMode", "AskUserQuestion"), []);
		assert.deepEqual(await pipelines("git", "Read", "npm", "Read", "jq"), []);
		assert.deepEqual(await pipelines("Read", "git", "npm", "jq", "Edit"), [
			"new_pipeline bash:git → bash:npm → bash:jq",
		]);
		assert.deepEqual(await pipelines("git", "mcp__db__query", "jq"), [
			"new_pipeline bash:git → mcp:db/query → bash:jq",
		]);
	});

	it("make a pipeline of two steps only where it succeeds and saves minutes a week", async () => {
		const pair = async (made: { durationMs: number; failed: number }) => {
			const times = Array.from({ length: 20 }, (_, at) =>
				runs(["git", "npm"], {
					session: `s${at}`,
					success: at >= made.failed,
					ago: at * 1e6 + 1e4,
				}),
			).flat();
			return kinds(times.map((line) => ({ ...line, duration_ms: made.durationMs })));
		};
		assert.deepEqual(await pair({ durationMs: 8000, failed: 0 }), [
			"new_pipeline bash:git → bash:npm",
		]);
		assert.deepEqual(await pair({ durationMs: 7000, failed: 0 }), []);
		assert.deepEqual(
			(await pair({ durationMs: 20_000, failed: 3 })).filter((one) => one.startsWith("new")),
			[],
		);
	});

	it("are not made again of what is related to a pipeline that was decided on", async () => {
		const again = async (...programs: readonly string[]) => {
			const store = await newStore();
			threeTimes(store);
			await search(store);
			decideProposal(store, readProposals(store, NOW)[0]?.hash ?? "", "dismissed", NOW);
			store.database.run("DELETE FROM calls");
			for (const session of ["s1", "s2", "s3"]) {
				ingest(store, runs(programs, { session: `${session}x` }));
			}
			await search(store);
			return readProposals(store, NOW).filter(({ status }) => status === "open").length;
		};
		assert.equal(await again("git", "npm", "jq", "make"), 0);
		assert.equal(await again("npm", "jq", "git"), 0);
		assert.equal(await again("make", "npm", "curl"), 1);
	});

	it("say about how much time each would save in a week", async () => {
		const store = await newStore();
		ingest(store, runs(Array(20).fill("jq"), { ago: 14 * DAY }));
		ingest(store, runs(Array(8).fill("jq"), { success: false, ago: 9 * 1000 }));
		await search(store);
		const [fix] = readProposals(store, NOW);
		assert.equal(fix?.kind, "fix_function");
		// 8 calls of 10 ms, in two weeks.
		assert.ok(Math.abs(fix.savesPerWeekMs - 40) < 0.01, String(fix.savesPerWeekMs));
		assert.equal(fix.evidence.figures.errors, 8);
	});

	it("do not take the end of a session for a failure of what ran then", async () => {
		const store = await newStore();
		ingest(store, runs(Array(30).fill("jq"), { success: false }));
		store.database.run("UPDATE calls SET error_class = 'interrupted'");
		await search(store);
		assert.deepEqual(readProposals(store, NOW), []);
	});

	it("follow thresholds of one's own", async () => {
		const store = await newStore();
		ingest(store, runs(Array(9).fill("jq")), runs(["jq"], { success: false, ago: 1000 }));
		ingest(store, skill("old", { ago: 10 * DAY }));
		const kindsBy = async (given: Partial<Thresholds>) => {
			const thresholds = { ...DEFAULT_THRESHOLDS, ...given };
			await search(store, true, NOW, thresholds);
			return readProposals(store, NOW).map(({ kind }) => kind);
		};
		assert.deepEqual(await kindsBy({}), []);
		assert.deepEqual(await kindsBy({ fixAbove: 0.05, fixMinCalls: 10 }), ["fix_function"]);
		assert.deepEqual(await kindsBy({ archiveAfterDays: 9 }), ["archive_skill"]);
		assert.deepEqual(await kindsBy({ validatedMinUses: 0, validatedAbove: 0.5 }), [
			"validated_skill",
		]);
	});

	it("that were accepted tell what came of it, for as long before as after", async () => {
		const store = await newStore();
		const failing = (count: number, ago: number, success = false) =>
			runs(Array(count).fill("jq"), { ago, success });
		ingest(store, failing(10, 20 * DAY, true), failing(15, 2.9 * DAY), failing(5, 2 * DAY));
		await search(store, true, NOW - DAY);
		const [{ hash } = { hash: "" }] = readProposals(store, NOW);
		assert.equal(readProposals(store, NOW)[0]?.followUp, null);
		decideProposal(store, hash, "accepted", NOW - 1.5 * DAY);
		ingest(store, failing(4, DAY, true), failing(1, DAY / 2));
		const [accepted] = readProposals(store, NOW);
		assert.deepEqual(accepted?.followUp, {
			spanMs: 1.5 * DAY,
			before: { calls: 20, errors: 20, meanDurationMs: 10 },
			after: { calls: 5, errors: 1, meanDurationMs: 10 },
		});
	});

	it("ask for a function where a script was written three times", async () => {
		const store = await newStore();
		store.database.run(
			`INSERT INTO patterns VALUES ('p3', 'python', 1, 9, 3, '["s1","s2"]'),
				('p2', 'python', 1, 9, 2, '["s1"]');
			INSERT INTO script_clusters VALUES (1, 'p3');
			INSERT INTO script_uses VALUES ('t1', 0, 1, 'python', 1, 's1', NULL, 'bash:python3', 1),
				('t1', 1, 1, 'python', 1, 's1', NULL, 'bash:python3', 1),
				('t2', 0, 1, 'python', 9, 's2', 'a1', 'bash:python3', 0)`,
		);
		await search(store);
		const [proposal, ...others] = readProposals(store, NOW);
		assert.deepEqual(others, []);
		assert.equal(proposal?.target, "p3");
		assert.deepEqual(
			proposal.evidence.calls.map(({ toolUseId }) => toolUseId),
			["t2", "t1"],
		);
	});

	it("judge skills by their use, their recent failures and their long success", async () => {
		const used = (name: string, good: number, bad: number, ago: number) => [
			...Array.from({ length: good }, () => skill(name, { ago })),
			...Array.from({ length: bad }, () => skill(name, { ago, success: false })),
		];
		assert.deepEqual(await kinds(used("old", 2, 0, 40 * DAY)), ["archive_skill old"]);
		assert.deepEqual(await kinds(used("new", 2, 0, 10 * DAY)), []);
		assert.deepEqual(await kinds(used("bad", 5, 4, DAY)), ["re_extract_skill bad"]);
		assert.deepEqual(await kinds(used("fair", 6, 4, DAY)), []);
		assert.deepEqual(await kinds(used("good", 20, 1, DAY)), ["validated_skill good"]);
		assert.deepEqual(await kinds(used("few", 20, 0, DAY)), []);
		assert.deepEqual(await kinds(used("mixed", 18, 3, DAY)), []);
	});

	it("are one of a skill: written anew it is fixed, and put away it needs no praise", async () => {
		const used = (name: string, count: number, made: Made) =>
			Array.from({ length: count }, () => [
				skill(name, made),
				...runs(["", "", ""], made).map((line) => ({ ...line, tool: "Skill", skill: name })),
			]).flat();
		const bad = [...used("bad", 5, {}), ...used("bad", 20, { success: false })];
		assert.deepEqual(await kinds(bad), ["re_extract_skill bad"]);
		const fair = [...used("fair", 14, { ago: DAY }), ...used("fair", 6, { success: false })];
		assert.deepEqual(await kinds(fair), ["fix_function skill:fair"]);
		assert.deepEqual(await kinds(used("old", 30, { ago: 40 * DAY })), ["archive_skill old"]);
	});

	it("judge a skill by its calls where hooks alone tell of them, failures too", async () => {
		const calls = (good: boolean, count: number) =>
			runs(Array(count).fill(""), { success: good }).map((line) => ({
				...line,
				tool: "Skill",
				skill: "deploy",
			}));
		assert.deepEqual(await kinds([...calls(false, 15), ...calls(true, 25)]), []);
	});

	it("say nothing of a skill without a name", async () => {
		const old = Array.from({ length: 30 }, (_, at) => ({
			ts: new Date(NOW - 60 * DAY).toISOString(),
			event: "skill_use",
			id: `old_${at}`,
			agent_id: "main",
			success: at % 2 === 0,
		}));
		assert.deepEqual(await kinds(old), []);
	});

	it("know of a skill whose uses have been pruned when it was used last", async () => {
		const store = await newStore();
		ingest(store, skill("gone", { ago: 95 * DAY }));
		store.database.run("DELETE FROM skill_invocations");
		await search(store);
		assert.deepEqual(
			readProposals(store, NOW).map(({ kind, target }) => `${kind} ${target}`),
			["archive_skill gone"],
		);
	});

	it("stay dismissed or accepted, as they were, whatever is found later", async () => {
		const store = await newStore();
		threeTimes(store);
		await search(store);
		const hash = readProposals(store, NOW)[0]?.hash ?? "";
		for (const status of ["dismissed", "accepted"] as const) {
			assert.ok(decideProposal(store, hash, status, NOW + 1));
			assert.ok(!decideProposal(store, hash, status, NOW + 2));
			const decided = readProposals(store, NOW);
			ingest(store, runs(["git", "npm", "jq"], { session: status }));
			assert.equal((await search(store)).newProposals, 0);
			assert.deepEqual(readProposals(store, NOW), decided);
		}
		store.database.run("DELETE FROM calls");
		await search(store);
		assert.deepEqual(
			readProposals(store, NOW).map(({ status, decidedAt }) => [status, decidedAt]),
			[["accepted", NOW + 1]],
		);
	});

	it("follow the calls while they are open, and can be opened again", async () => {
		const store = await newStore();
		threeTimes(store);
		await search(store);
		ingest(store, runs(["git", "npm", "jq"], { session: "s7" }));
		assert.equal((await search(store)).newProposals, 0);
		const [proposal] = readProposals(store, NOW);
		assert.equal(proposal?.evidence.figures.occurrences, 4);
		decideProposal(store, proposal.hash, "dismissed", NOW);
		decideProposal(store, proposal.hash, "open", NOW);
		assert.deepEqual(readProposals(store, NOW), [proposal]);
		store.database.run("DELETE FROM calls");
		await search(store);
		assert.deepEqual(readProposals(store, NOW), []);
	});

	it("hold no argument and no text of the calls", async () => {
		const store = await newStore();
		threeTimes(store);
		await search(store);
		const [call] = readProposals(store, NOW)[0]?.evidence.calls ?? [];
		assert.deepEqual(Object.keys(call ?? {}).sort(), [
			"agentId",
			"functionId",
			"sessionId",
			"success",
			"toolUseId",
			"ts",
		]);
	});

	it("that were decided on outlive a rebuild", async () => {
		const [store, fresh] = [await newStore(), await newStore()];
		threeTimes(store);
		await search(store);
		decideProposal(store, readProposals(store, NOW)[0]?.hash ?? "", "dismissed", NOW);
		keepDecisions(store, fresh);
		assert.deepEqual(readProposals(fresh, NOW), readProposals(store, NOW));
		threeTimes(fresh);
		assert.equal((await search(fresh)).newProposals, 0);
	});
});
