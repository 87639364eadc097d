// Figures of a page: reading the columns, then what each question costs, beside the same asked of
// the tables in SQL. 1,000,000 calls, 200,000 messages, 3,000 functions, 90 days.
import type { FunctionsQuery, InsightQuery } from "../src/insights/insights.ts";
import { lastDays } from "../src/insights/period.ts";
import { InsightsReader } from "../src/telemetry/insights/insightsReader.ts";
import { TelemetryStore } from "../src/telemetry/storage/store.ts";
import { sqlJs } from "../test/support/telemetry.ts";

const CALLS = 1_000_000;
const MESSAGES = 200_000;
const FUNCTIONS = 3000;
const DAYS = 90;
const DAY_MS = 86_400_000;
const SESSIONS = 4000;
const NOW = Date.parse("2026-11-27T12:00:00Z");
const ROUNDS = 7;

/** Gives back a Markdown table. */
export async function run(): Promise<string> {
	const store = await database();
	const reader = new InsightsReader(
		() => store,
		() => NOW,
	);
	const all: InsightQuery = { ...lastDays(DAYS, NOW), grain: "day", filter: {} };
	const week: InsightQuery = { ...lastDays(7, NOW), grain: "hour", filter: {} };
	const filtered: InsightQuery = { ...all, filter: { project: "/repo/3" } };
	const table = (query: InsightQuery): FunctionsQuery => ({
		...query,
		sortedBy: "calls",
		isDescending: true,
		text: "",
		kind: "",
		withUnused: false,
		offset: 0,
		limit: 50,
	});
	const before = process.memoryUsage();
	const usageMs = await timeOf(() => reader.insights(all));
	const callsMs = await timeOf(() => reader.functions(table(all)));
	const after = process.memoryUsage();
	const mib =
		(after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed) / 2 ** 20;
	const ids = (await reader.functions(table(all))).rows.slice(0, 40).map((row) => row.functionId);
	const rows: [string, number, number | null][] = [
		["messages read, and the first figures of usage", usageMs, null],
		["calls read, and the first table", callsMs, null],
		["usage of 90 days by day", await median(() => reader.insights(all)), sqlUsage(store, all)],
		["usage of 7 days by hour", await median(() => reader.insights(week)), sqlUsage(store, week)],
		["usage of one project", await median(() => reader.insights(filtered)), null],
		[
			"functions of 90 days",
			await median(async (round) => reader.functions(table({ ...all, from: all.from + round }))),
			sqlFunctions(store, all),
		],
		[
			"functions of 7 days",
			await median(async (round) => reader.functions(table({ ...week, from: week.from + round }))),
			sqlFunctions(store, week),
		],
		["lines of 40 functions", await median(() => reader.series(lastDaysOf(30), ids)), null],
		["one function", await median(() => reader.function(all, ids[0] ?? "")), null],
	];
	return [
		`Any change of period or filter under 150 ms; memory of the columns ${mib.toFixed(0)} MiB`,
		"",
		"| what | CPU, ms | SQL over the tables, ms |",
		"| --- | ---: | ---: |",
		...rows.map(
			([what, ms, sql]) =>
				`| ${what} | **${ms.toFixed(0)}** | ${sql === null ? "" : sql.toFixed(0)} |`,
		),
	].join("\n");
}

function lastDaysOf(days: number): InsightQuery {
	return { ...lastDays(days, NOW), grain: "day", filter: {} };
}

async function timeOf(act: () => Promise<unknown>): Promise<number> {
	const before = process.cpuUsage();
	await act();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

async function median(act: (round: number) => Promise<unknown>): Promise<number> {
	const times: number[] = [];
	for (let round = 0; round < ROUNDS; round++) times.push(await timeOf(() => act(round)));
	return times.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0;
}

/** What the page shows of usage, each grouping a query. */
function sqlUsage(store: TelemetryStore, { from, until }: InsightQuery): number {
	const startedAt = performance.now();
	const groups = [
		"strftime('%Y-%m-%d', ts / 1000, 'unixepoch', 'localtime')",
		"model",
		"session_id",
		"strftime('%w %H', ts / 1000, 'unixepoch', 'localtime')",
		"(SELECT cwd FROM sessions AS s WHERE s.session_id = messages.session_id)",
		"(SELECT agent_type FROM agents AS a WHERE a.agent_id = messages.agent_id)",
	];
	for (const group of groups) {
		store.all(
			`SELECT ${group} AS name, count(*), sum(tokens_in), sum(tokens_out), sum(cache_read),
				sum(cost_usd) FROM messages WHERE ts >= ? AND ts < ? GROUP BY 1`,
			[from, until],
		);
	}
	return performance.now() - startedAt;
}

function sqlFunctions(store: TelemetryStore, { from, until }: InsightQuery): number {
	const startedAt = performance.now();
	store.all(
		`SELECT function_id, count(*), sum(success = 0), avg(duration_ms), max(ts),
			max(duration_ms) FILTER (WHERE place <= 0.95)
			FROM (SELECT *, percent_rank() OVER (PARTITION BY function_id ORDER BY duration_ms) AS place
				FROM calls WHERE ts >= ? AND ts < ?)
			GROUP BY 1 ORDER BY 2 DESC LIMIT 50`,
		[from, until],
	);
	return performance.now() - startedAt;
}

async function database(): Promise<TelemetryStore> {
	const store = new TelemetryStore(await sqlJs(), null);
	const random = numbers();
	const from = NOW - DAYS * DAY_MS;
	const session = (at: number): string => `5b0c27f2-3a6e-4d51-9f0e-${String(at).padStart(12, "0")}`;
	const agentOf = (at: number): string | null =>
		at % 3 === 0 ? null : `a${String(at).padStart(16, "0")}`;
	store.transaction(() => {
		const put = (sql: string, rows: number, values: (at: number) => (string | number | null)[]) => {
			const statement = store.database.prepare(sql);
			for (let at = 0; at < rows; at++) statement.run(values(at));
			statement.free();
		};
		put(
			"INSERT INTO sessions (session_id, cwd, model, started_at, health_score) VALUES (?, ?, ?, ?, ?)",
			SESSIONS,
			(at) => [session(at), `/repo/${at % 40}`, "opus", from + (at / SESSIONS) * DAYS * DAY_MS, 80],
		);
		put(
			"INSERT INTO agents (agent_id, session_id, agent_type, model) VALUES (?, ?, ?, ?)",
			SESSIONS * 3,
			(at) => [
				agentOf(at) ?? `none${at}`,
				session(Math.floor(at / 3)),
				`type-${at % 12}`,
				"sonnet",
			],
		);
		put(
			`INSERT INTO calls (tool_use_id, ts, session_id, agent_id, function_id, tool_used, duration_ms,
				success, error_class, source) VALUES (?, ?, ?, ?, ?, 'Bash', ?, ?, ?, 'hook')`,
			CALLS,
			(at) => {
				const actor = Math.floor((at / CALLS) * SESSIONS * 3);
				const failed = random() > 0.93;
				return [
					`toolu_01${String(at).padStart(22, "0")}`,
					Math.floor(from + (at / CALLS) * DAYS * DAY_MS),
					session(Math.floor(actor / 3)),
					agentOf(actor),
					`bash:program-${Math.floor(FUNCTIONS * random() ** 3)}`,
					Math.floor(random() ** 4 * 600_000) / 10,
					failed ? 0 : 1,
					failed ? "exit_1" : null,
				];
			},
		);
		put(`INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`, MESSAGES, (at) => {
			const actor = Math.floor((at / MESSAGES) * SESSIONS * 3);
			return [
				`msg_${String(Math.floor(random() * 1e9))}-${at}`,
				session(Math.floor(actor / 3)),
				agentOf(actor),
				["opus", "sonnet", "haiku"][at % 3] ?? "",
				Math.floor(from + (at / MESSAGES) * DAYS * DAY_MS),
				...[12, 400, 60_000, 2000, 0],
				0.08,
			];
		});
	});
	return store;
}

/** The same numbers from 0 to 1 in every run. */
function numbers(): () => number {
	let state = 1;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

if (process.argv[1] === import.meta.filename) console.log(await run());
