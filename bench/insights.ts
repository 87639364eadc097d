// Figures of a page: reading the columns, then what each question costs, beside the same asked of
// the tables in SQL. 1,000,000 calls, 200,000 messages, 3,000 functions, 90 days.
import type { FunctionsQuery, InsightQuery } from "../src/insights/insights.ts";
import { lastDays } from "../src/insights/period.ts";
import { InsightsReader } from "../src/telemetry/insights/insightsReader.ts";
import type { TelemetryStore } from "../src/telemetry/storage/store.ts";
import { insightsDatabase } from "../test/support/insights/insightsDatabase.ts";

const DAYS = 90;
const NOW = Date.parse("2026-11-27T12:00:00Z");
const ROUNDS = 7;

/** Gives back a Markdown table. */
export async function run(): Promise<string> {
	const store = await insightsDatabase({
		now: NOW,
		days: DAYS,
		calls: 1_000_000,
		messages: 200_000,
		functions: 3000,
		sessions: 4000,
	});
	const reader = new InsightsReader(
		() => store,
		() => NOW,
	);
	const all: InsightQuery = { ...lastDays(DAYS, NOW), grain: "day", filter: {} };
	const month: InsightQuery = { ...lastDays(30, NOW), grain: "day", filter: {} };
	const week: InsightQuery = { ...lastDays(7, NOW), grain: "hour", filter: {} };
	const filtered: InsightQuery = { ...all, filter: { project: "/repo/3" } };
	const table = (query: InsightQuery): FunctionsQuery => ({
		...query,
		sortedBy: "calls",
		isDescending: true,
		text: "",
		prefix: "",
		withUnused: false,
		offset: 0,
		limit: 50,
	});
	const before = process.memoryUsage();
	const usageMs = await timeOf(() => reader.insights(month));
	const recentMs = await timeOf(() => reader.functions(table(month)));
	const callsMs = await timeOf(() => reader.functions(table(all)));
	const after = process.memoryUsage();
	const mib =
		(after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed) / 2 ** 20;
	const ids = (await reader.functions(table(all))).rows.slice(0, 40).map((row) => row.functionId);
	const rows: [string, number, number | null][] = [
		["messages read, and the first figures of usage", usageMs, null],
		["calls of 30 days read, and the first table", recentMs, null],
		["all calls read, and the table of 90 days", callsMs, null],
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
		[
			"one function, for the first time",
			await timeOf(() => reader.function(all, ids[0] ?? "")),
			null,
		],
		["one function", await median(() => reader.function(all, ids[1] ?? "")), null],
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

if (process.argv[1] === import.meta.filename) console.log(await run());
