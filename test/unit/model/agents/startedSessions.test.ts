import assert from "node:assert/strict";
import fc from "fast-check";
import {
	type StartedSession,
	type StartingCall,
	startersOf,
} from "../../../../src/model/agents/startedSessions.ts";

interface Call extends StartingCall {
	readonly id: string;
}

const call = (id: string, more: Partial<Call> = {}): Call => ({
	id,
	session: "claude-1",
	cwd: "/p",
	client: "codex",
	startedAt: 1000,
	endedAt: 9000,
	...more,
});
const session = (id: string, more: Partial<StartedSession> = {}): StartedSession => ({
	id,
	cwd: "/p",
	client: "codex",
	startedAt: 2000,
	heardAt: 8000,
	...more,
});
const found = (calls: readonly Call[], sessions: readonly StartedSession[]) =>
	[...startersOf(calls, sessions)].map(([id, { id: by }]) => `${id} by ${by}`);

describe("Sessions that a call of another one started", () => {
	it("lie within the call that ran their client in their folder", () => {
		assert.deepEqual(found([call("c")], [session("s")]), ["s by c"]);
		assert.deepEqual(found([call("c", { endedAt: null })], [session("s")]), ["s by c"]);
	});

	const alone: readonly (readonly [string, Partial<StartedSession>, Partial<Call>?])[] = [
		["began before it", { startedAt: 900 }],
		["went on after it", { heardAt: 9001 }],
		["lie in another folder", { cwd: "/q" }],
		["lie in no folder that is known", { cwd: "" }, { cwd: "" }],
		["are of another client", { client: "gemini-cli" }],
		["are the one that made the call", { id: "claude-1" }],
		["began long after one that has no result", { startedAt: 62_000 }, { endedAt: null }],
	];
	for (const [why, ofSession, ofCall] of alone) {
		it(`stand alone where they ${why}`, () => {
			assert.deepEqual(found([call("c", ofCall)], [session("s", ofSession)]), []);
		});
	}

	it("stand alone where another call, or another session, could have been it", () => {
		assert.deepEqual(found([call("c"), call("d", { session: "x" })], [session("s")]), []);
		assert.deepEqual(found([call("c")], [session("s"), session("t")]), []);
	});

	const NAMES = ["a", "b", "c", "d"];
	const time = fc.integer({ min: 0, max: 40 });
	const cwd = fc.constantFrom("/p", "/q", "");
	const client = fc.constantFrom("codex", "claude-code");
	const sessions = fc
		.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1 })
		.chain((ids) =>
			fc.tuple(
				...ids.map((id) =>
					fc
						.record({ cwd, client, startedAt: time, lasts: time })
						.map(({ lasts, ...rest }) => ({ id, ...rest, heardAt: rest.startedAt + lasts })),
				),
			),
		);
	const calls = fc
		.array(
			fc.record({
				session: fc.constantFrom(...NAMES),
				cwd,
				client,
				startedAt: time,
				lasts: fc.option(time),
			}),
			{ maxLength: 6 },
		)
		.map((all) =>
			all.map(({ lasts, ...rest }, at) => ({
				id: `call-${at}`,
				...rest,
				endedAt: lasts === null ? null : rest.startedAt + lasts,
			})),
		);

	it("are the same in any order, and no call has two", () => {
		fc.assert(
			fc.property(calls, sessions, fc.infiniteStream(fc.nat()), (all, started, random) => {
				const shuffled = <T>(list: readonly T[]): T[] =>
					list
						.map((each) => [random.next().value ?? 0, each] as const)
						.sort(([a], [b]) => a - b)
						.map(([, each]) => each);
				const pairs = found(all, started);
				assert.deepEqual(found(shuffled(all), shuffled(started)).sort(), [...pairs].sort());
				const by = pairs.map((pair) => pair.split(" by ")[1]);
				assert.equal(new Set(by).size, by.length);
			}),
		);
	});

	it("stay found, or come to stand alone, when more is known", () => {
		fc.assert(
			fc.property(calls, sessions, (all, started) => {
				const more = found(all, started);
				for (const pair of more) {
					const [id = "", by = ""] = pair.split(" by ");
					const [fewer, less] = [
						all.filter((c) => c.id === by),
						started.filter((s) => s.id === id),
					];
					assert.deepEqual(found(fewer, less), [pair]);
				}
			}),
		);
	});

	it("hang in no circle where each call was made within its session", () => {
		fc.assert(
			fc.property(calls, sessions, (all, started) => {
				const spans = new Map(started.map((each) => [each.id, each]));
				const within = all.filter(
					(c) => c.startedAt >= (spans.get(c.session)?.startedAt ?? Number.POSITIVE_INFINITY),
				);
				const starters = startersOf(within, started);
				for (const { id } of started) {
					const seen = new Set<string>();
					for (let at: string | undefined = id; at !== undefined; at = starters.get(at)?.session) {
						assert.ok(!seen.has(at));
						seen.add(at);
					}
				}
			}),
		);
	});
});
