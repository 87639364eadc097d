import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { InsightFilter } from "../../../../src/insights/filter.ts";
import type { FunctionsQuery, InsightQuery } from "../../../../src/insights/insights.ts";
import { InsightsReader } from "../../../../src/telemetry/insights/insightsReader.ts";
import type { TelemetryStore } from "../../../../src/telemetry/storage/store.ts";
import { random as randomOf } from "../../../support/page/fakeCrowd.ts";
import { NOW, newStore } from "../../../support/telemetry/telemetry.ts";

const DAY = 86_400_000;
const FROM = NOW - 30 * DAY;

interface Message {
	readonly session: string;
	readonly agent: string | null;
	readonly model: string;
	readonly ts: number;
	readonly tokens: readonly [number, number, number, number];
	readonly cost: number | null;
}

interface Call {
	readonly session: string;
	readonly agent: string | null;
	readonly functionId: string;
	readonly ts: number;
	readonly success: 0 | 1 | null;
	readonly error: string | null;
	readonly ms: number | null;
}

const SESSIONS = Array.from({ length: 8 }, (_, at) => ({
	id: `s${at}`,
	cwd: `/nowhere/p${at % 3}`,
	client: at % 4 === 0 ? "codex" : "claude-code",
	model: at % 2 === 0 ? "opus" : "sonnet",
}));
/** Agent `a-<session>-1` launched by `a-<session>-0`, and a third by the session. */
const AGENTS = SESSIONS.flatMap(({ id }) => [
	{ id: `a-${id}-0`, session: id, parent: null, type: "Explore", model: "haiku" },
	{ id: `a-${id}-1`, session: id, parent: `a-${id}-0`, type: "runner", model: "opus" },
	{ id: `a-${id}-2`, session: id, parent: null, type: "runner", model: "opus" },
]);

function generate(seed: number): { messages: Message[]; calls: Call[] } {
	const random = randomOf(seed);
	const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
	const who = () => {
		const session = pick(SESSIONS).id;
		const agent = pick([null, ...AGENTS.filter((each) => each.session === session)]);
		return { session, agent: agent?.id ?? null };
	};
	const ts = (): number => Math.floor(FROM - 5 * DAY + random() * 36 * DAY);
	const messages = Array.from({ length: 300 }, () => ({
		...who(),
		model: pick(["opus", "sonnet", "haiku"]),
		ts: ts(),
		tokens: [1, 2, 3, 4].map((times) => Math.floor(random() * 100 * times)) as never,
		cost: random() < 0.2 ? null : Math.floor(random() * 1e6) / 1e6,
	}));
	const calls = Array.from({ length: 400 }, () => {
		const success = pick([0, 1, 1, 1, null] as const);
		return {
			...who(),
			functionId: pick(["tool:Read", "bash:git", "bash:cargo test", "mcp:github#x"]),
			ts: ts(),
			success,
			error: success === 0 ? pick(["exit_1", "timeout", "interrupted"]) : null,
			ms: success === null ? null : Math.floor(random() * 20_000),
		};
	});
	return { messages, calls };
}

async function storeWith({
	messages,
	calls,
}: ReturnType<typeof generate>): Promise<TelemetryStore> {
	const store = await newStore();
	store.transaction(() => {
		for (const { id, cwd, client, model } of SESSIONS) {
			store.database.run(
				"INSERT INTO sessions (session_id, cwd, client, model, started_at) VALUES (?, ?, ?, ?, ?)",
				[id, cwd, client, model, FROM + DAY],
			);
		}
		for (const { id, session, parent, type, model } of AGENTS) {
			store.database.run(
				`INSERT INTO agents (agent_id, session_id, parent_agent_id, agent_type, model)
					VALUES (?, ?, ?, ?, ?)`,
				[id, session, parent, type, model],
			);
		}
		for (const [at, { session, agent, model, ts, tokens, cost }] of messages.entries()) {
			store.database.run(
				`INSERT INTO messages (message_id, session_id, agent_id, model, ts, tokens_in, tokens_out,
				cache_read, cache_write_5m, cache_write_1h, cost_usd, is_sidechain)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0)`,
				[...[`m${at}`, session, agent, model, ts], ...[...tokens, cost]],
			);
		}
		for (const [at, { session, agent, functionId, ts, success, error, ms }] of calls.entries()) {
			store.database.run(
				`INSERT INTO calls (tool_use_id, ts, session_id, agent_id, function_id, tool_used, success,
					error_class, duration_ms, source) VALUES (?, ?, ?, ?, ?, 'Bash', ?, ?, ?, 'hook')`,
				[`c${at}`, ts, session, agent, functionId, success, error, ms],
			);
		}
	});
	return store;
}

const agentOf = (id: string | null) => AGENTS.find((agent) => agent.id === id);
const sessionOf = (id: string) => SESSIONS.find((session) => session.id === id);

/** Whether a filter lets something through, told one by one. */
function isWanted(
	filter: InsightFilter,
	{ session, agent, model }: { session: string; agent: string | null; model: string },
): boolean {
	const type = agent === null ? "main" : agentOf(agent)?.type;
	return (
		(filter.session ?? session) === session &&
		(filter.project ?? sessionOf(session)?.cwd) === sessionOf(session)?.cwd &&
		(filter.client ?? sessionOf(session)?.client) === sessionOf(session)?.client &&
		(filter.agentType ?? type) === type &&
		(filter.model ?? model) === model
	);
}

function sumsOf(messages: readonly Message[]) {
	const column = (at: number): number =>
		messages.reduce((sum, { tokens }) => sum + (tokens[at] ?? 0), 0);
	const priced = messages.filter(({ cost }) => cost !== null);
	return {
		messages: messages.length,
		tokensIn: column(0),
		tokensOut: column(1),
		cacheRead: column(2),
		cacheWrite: column(3),
		costUsd:
			priced.length === 0
				? null
				: priced.reduce((sum, { cost }) => sum + Math.round((cost ?? 0) * 1e9), 0) / 1e9,
		messagesWithoutPrice: messages.length - priced.length,
	};
}

function byName(messages: readonly Message[], nameOf: (message: Message) => readonly string[]) {
	const names = new Set(messages.flatMap(nameOf));
	return Object.fromEntries(
		[...names].map((name) => [
			name,
			sumsOf(messages.filter((each) => nameOf(each).includes(name))),
		]),
	);
}

const asObject = (rows: readonly { readonly name: string }[]) =>
	Object.fromEntries(rows.map(({ name, ...sums }) => [name, sums]));

const FILTERS: readonly InsightFilter[] = [
	{},
	{ project: "/nowhere/p1" },
	{ model: "opus" },
	{ client: "codex", agentType: "runner" },
	{ session: "s3" },
	{ agentType: "main" },
	{ project: "/none" },
];

describe("The figures of usage", () => {
	for (const [seed, filter] of FILTERS.entries()) {
		it(`equal the messages added one by one, ${JSON.stringify(filter)}`, async () => {
			const made = generate(seed + 1);
			const store = await storeWith(made);
			const reader = new InsightsReader(
				() => store,
				() => NOW,
			);
			const query: InsightQuery = { from: FROM, until: NOW, grain: "day", filter };
			const { usage } = await reader.insights(query);
			const wanted = made.messages.filter(
				(each) => each.ts >= FROM && each.ts < NOW && isWanted(filter, each),
			);
			assert.deepEqual(usage.total, sumsOf(wanted));
			assert.deepEqual(
				asObject(usage.models),
				byName(wanted, ({ model }) => [model]),
			);
			assert.deepEqual(
				asObject(usage.projects),
				byName(wanted, ({ session }) => [sessionOf(session)?.cwd ?? ""]),
			);
			assert.deepEqual(
				asObject(usage.agentTypes),
				byName(wanted, ({ agent }) => [agentOf(agent)?.type ?? "main"]),
			);
			assert.deepEqual(
				asObject(usage.agentFamilies),
				byName(wanted, ({ agent }) => {
					const own = agentOf(agent);
					const above = agentOf(own?.parent ?? null);
					return [...new Set([own?.type, above?.type].filter((type) => type !== undefined))];
				}),
			);
			const sessions = Object.fromEntries(
				usage.sessions.map(({ name, project: _, startedAt: __, ...sums }) => [name, sums]),
			);
			assert.deepEqual(
				sessions,
				byName(wanted, ({ session }) => [session]),
			);
			const days = usage.over.filter(({ messages }) => messages > 0);
			const local = ({ ts }: Message): string[] => [new Date(ts).toLocaleDateString("sv-SE")];
			assert.deepEqual(asObject(days), byName(wanted, local));
			assert.equal(
				usage.weekHours.reduce((sum, { messages }) => sum + messages, 0),
				wanted.length,
			);
			store.close();
		});
	}
});

describe("Functions that nobody calls", () => {
	it("are those of the index, and skills of the person and of a project, until one is used", async () => {
		const root = mkdtempSync(join(tmpdir(), "skills-"));
		const skill = (folder: string, name: string): void => {
			const own = join(root, folder, "skills", name);
			mkdirSync(own, { recursive: true });
			writeFileSync(join(own, "SKILL.md"), "");
		};
		skill("home", "review");
		skill("home", "ship");
		skill(join("shop", ".claude"), "price");
		mkdirSync(join(root, "home", "skills", "no-skill"));
		const store = await newStore();
		store.transaction(() => {
			store.database.run("INSERT INTO sessions (session_id, cwd) VALUES ('s', ?)", [
				join(root, "shop"),
			]);
			store.database.run(
				"INSERT INTO function_totals (function_id, calls) VALUES ('skill:ship', 1)",
			);
			store.database.run(
				`INSERT INTO function_versions (function_id, version_hash, ts, source)
					VALUES ('a.ts#f', 'h', 1, 'index')`,
			);
		});
		const reader = new InsightsReader(
			() => store,
			() => NOW,
			[join(root, "home")],
		);
		const { orphans } = await reader.insights({ from: FROM, until: NOW, grain: "day", filter: {} });
		assert.deepEqual(orphans, ["skill:price", "skill:review", "a.ts#f"]);
		store.close();
		rmSync(root, { recursive: true });
	});
});

describe("The figures of functions", () => {
	it("equal the calls counted one by one; what was cut off is no error", async () => {
		const made = generate(42);
		const store = await storeWith(made);
		const reader = new InsightsReader(
			() => store,
			() => NOW,
		);
		const query = tableOf({ agentType: "runner" });
		const { rows, all, total } = await reader.functions(query);
		const modelOf = ({ session, agent }: Call): string =>
			agentOf(agent)?.model ?? sessionOf(session)?.model ?? "";
		const wanted = made.calls.filter(
			(each) =>
				each.ts >= FROM &&
				each.ts < NOW &&
				isWanted(query.filter, { ...each, model: modelOf(each) }),
		);
		assert.equal(all.calls, wanted.length);
		assert.equal(total, rows.length);
		for (const row of rows) {
			const own = wanted.filter(({ functionId }) => functionId === row.functionId);
			const failed = own.filter(({ success }) => success === 0);
			const cut = failed.filter(({ error }) => error === "interrupted");
			const ended = own.filter(({ success }) => success !== null).length - cut.length;
			assert.equal(row.calls, own.length);
			assert.equal(row.errors, failed.length - cut.length);
			assert.equal(row.interrupted, cut.length);
			assert.equal(row.errorRate, ended === 0 ? null : row.errors / ended);
			const times = own.flatMap(({ ms }) => ms ?? []).sort((a, b) => a - b);
			const mean = times.reduce((sum, ms) => sum + ms, 0) / times.length;
			assert.ok(Math.abs((row.meanMs ?? 0) - mean) < 1e-6);
			const exact = times[Math.floor(0.95 * (times.length - 1))] ?? 0;
			assert.ok(Math.abs((row.p95Ms ?? 0) - exact) <= exact * 0.02 + 1e-9);
		}
		store.close();
	});

	it("are sorted, narrowed and cut as asked, what is not known last", async () => {
		const store = await storeWith(generate(7));
		const reader = new InsightsReader(
			() => store,
			() => NOW,
		);
		const names = async (query: Partial<FunctionsQuery>) =>
			(await reader.functions({ ...tableOf({}), ...query })).rows.map((row) => row.functionId);
		const byName = await names({ sortedBy: "functionId", isDescending: false });
		assert.deepEqual(byName, [...byName].sort());
		assert.deepEqual(await names({ text: "CARGO" }), ["bash:cargo test"]);
		assert.deepEqual(await names({ prefix: "tool" }), ["tool:Read"]);
		assert.equal((await names({ limit: 2 })).length, 2);
		const second = await names({
			sortedBy: "functionId",
			isDescending: false,
			offset: 1,
			limit: 1,
		});
		assert.deepEqual(second, byName.slice(1, 2));
		store.close();
	});

	it("stand by length before launches, which take as long as an agent lives", async () => {
		const { messages, calls } = generate(7);
		const launches = calls
			.slice(0, 20)
			.map((call) => ({ ...call, functionId: "agent:Explore", ms: 1e6 }));
		const store = await storeWith({ messages, calls: [...calls, ...launches] });
		const reader = new InsightsReader(
			() => store,
			() => NOW,
		);
		const first = async (sortedBy: "p95Ms" | "sumMs") =>
			(await reader.functions({ ...tableOf({}), sortedBy })).rows.map((row) => row.functionId);
		assert.equal((await first("p95Ms")).at(-1), "agent:Explore");
		assert.equal((await first("sumMs"))[0], "agent:Explore");
		store.close();
	});

	it("of one tell its days, errors, neighbours and latest calls", async () => {
		const made = generate(9);
		const store = await storeWith(made);
		const reader = new InsightsReader(
			() => store,
			() => NOW,
		);
		const query = tableOf({});
		const opened = await reader.function(query, "bash:git");
		const own = made.calls
			.filter(({ functionId, ts }) => functionId === "bash:git" && ts >= FROM && ts < NOW)
			.sort((a, b) => b.ts - a.ts);
		assert.equal(opened.all?.calls, own.length);
		assert.deepEqual(
			opened.latest.map(({ ts }) => ts),
			own.slice(0, 20).map(({ ts }) => ts),
		);
		assert.equal(
			opened.over.reduce((sum, { figures }) => sum + (figures?.calls ?? 0), 0),
			own.length,
		);
		assert.equal(
			opened.durations.reduce((sum, { calls }) => sum + calls, 0),
			own.filter(({ ms }) => ms !== null).length,
		);
		for (const { bar, calls } of opened.durations) {
			const behind = await reader.callsOf({ ...query, functionId: "bash:git", bar });
			assert.equal(behind.length, Math.min(20, calls));
		}
		const shown = new Set<string>();
		for (const { bar } of opened.durations) {
			for (const call of await reader.callsOf({ ...query, functionId: "bash:git", bar })) {
				assert.ok(!shown.has(call.toolUseId), "in two bars");
				shown.add(call.toolUseId);
			}
		}
		for (const { name, calls } of opened.errors) {
			const failed = await reader.callsOf({ ...query, functionId: "bash:git", error: name });
			assert.equal(failed.length, Math.min(20, calls));
			assert.ok(failed.every(({ errorClass }) => errorClass === name));
		}
		const [series] = await reader.series(query, ["bash:git"]);
		assert.equal(
			series?.calls.reduce((sum, calls) => sum + calls, 0),
			own.length,
		);
		store.close();
	});

	it("of the last days are told first, and of all as soon as those are asked for", async () => {
		const made = generate(5);
		const store = await storeWith(made);
		const reader = new InsightsReader(
			() => store,
			() => NOW,
		);
		const count = (from: number): number =>
			made.calls.filter(({ ts }) => ts >= from && ts < NOW).length;
		for (const days of [7, 1, 40, 7]) {
			const query = { ...tableOf({}), from: NOW - days * DAY };
			assert.equal((await reader.functions(query)).all.calls, count(query.from), String(days));
		}
		store.close();
	});

	it("count an agent that no row tells of, under the session of its calls", async () => {
		const store = await storeWith({ messages: [], calls: [] });
		store.database.run(
			`INSERT INTO calls (tool_use_id, ts, session_id, agent_id, function_id, tool_used, success, source)
				VALUES ('lone', ?, 's1', 'gone', 'tool:Read', 'Read', 1, 'hook')`,
			[NOW - DAY],
		);
		const reader = new InsightsReader(
			() => store,
			() => NOW,
		);
		const calls = async (filter: InsightFilter) =>
			(await reader.functions(tableOf(filter))).all.calls;
		assert.deepEqual([await calls({ session: "s1" }), await calls({ session: "s2" })], [1, 0]);
		store.close();
	});

	it("are those that were read ahead, of the last days and of all", async () => {
		for (const days of [7, 90]) {
			const made = generate(3);
			const store = await storeWith(made);
			const reader = new InsightsReader(
				() => store,
				() => NOW,
			);
			const query = { ...tableOf({}), from: NOW - days * DAY };
			await reader.readAhead(query.from);
			store.database.run("DELETE FROM calls; DELETE FROM messages");
			const isWithin = ({ ts }: { ts: number }) => ts >= query.from && ts < NOW;
			assert.deepEqual(
				[
					(await reader.insights(query)).usage.total.messages,
					(await reader.functions(query)).all.calls,
				],
				[made.messages.filter(isWithin).length, made.calls.filter(isWithin).length],
			);
			store.close();
		}
	});

	it("are told at once though more was recorded, which is read meanwhile", async () => {
		const store = await storeWith(generate(3));
		let now = NOW;
		const reader = new InsightsReader(
			() => store,
			() => now,
		);
		const calls = async () => (await reader.functions(tableOf({}))).all.calls;
		const isBehind = async () => (await reader.insights(tableOf({}))).isBehind;
		const before = await calls();
		assert.equal(await isBehind(), false);
		store.transaction(() =>
			store.database.run(
				`INSERT INTO calls (tool_use_id, ts, session_id, function_id, tool_used, success, source)
					VALUES ('new', ?, 's1', 'tool:Read', 'Read', 1, 'hook')`,
				[FROM + 5],
			),
		);
		assert.deepEqual([await calls(), await isBehind()], [before, false]);
		now += 11_000;
		assert.deepEqual([await calls(), await isBehind()], [before, true]);
		while (await isBehind()) await nextTurn();
		assert.equal(await calls(), before + 1);
		store.close();
	});
});

function tableOf(filter: InsightFilter): FunctionsQuery {
	return {
		from: FROM,
		until: NOW,
		grain: "day",
		filter,
		sortedBy: "calls",
		isDescending: true,
		text: "",
		prefix: "",
		withUnused: false,
		offset: 0,
		limit: 100,
	};
}
