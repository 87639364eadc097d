// A team's function_stats over 100,000,000 calls on ClickHouse itself: from the sums, and from the calls.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClickHouse } from "../test/support/clickhouse/engine.ts";

const CALLS = Number(process.env.BENCH_CALLS ?? 100_000_000);
/** Inserted in one go: all of them at once would have to be sorted in memory. */
const PART = 5_000_000;

const RAW = `SELECT function_id, count() AS calls, countIf(error != '') AS failed, max(ts) AS last_used_at,
	quantilesDD(0.01, 0.5, 0.95, 0.99)(duration_us / 1000.) AS quantiles
	FROM agent_calls FINAL GROUP BY function_id`;

/** Gives back a Markdown table. */
export async function run(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), "clickhouse-"));
	const team = new ClickHouse(folder);
	team.begin();
	const inserted = took(() => {
		for (let from = 0; from < CALLS; from += PART)
			team.run(insert(from, Math.min(PART, CALLS - from)));
	});
	const refreshed = took(() => team.refresh());
	const fromSums = took(() => team.rows("SELECT * FROM function_stats"));
	const fromCalls = took(() => team.rows(RAW));
	team.close();
	rmSync(folder, { recursive: true });
	const rows: readonly (readonly [string, number])[] = [
		["insert", inserted],
		["sums of all days made anew", refreshed],
		["function_stats", fromSums],
		["the same figures from the calls", fromCalls],
	];
	return [
		`| ${CALLS.toLocaleString("en-US")} calls | s |`,
		"| --- | ---: |",
		...rows.map(([name, ms]) => `| ${name} | ${(ms / 1000).toFixed(2)} |`),
	].join("\n");
}

function took(work: () => unknown): number {
	const startedAt = performance.now();
	work();
	return performance.now() - startedAt;
}

/** 3,000 functions, 200 users with 120 of them each, 50 repositories, 90 days. */
function insert(from: number, count: number): string {
	return `INSERT INTO agent_calls (session, span, ts, agent, client, user, repository, tool, function_id,
		error, timed, duration_us)
	SELECT
		concat('session-', toString(intDiv(number, 400))),
		lower(hex(number)),
		now64(6) - toIntervalSecond(intDiv(number * 7776000, ${CALLS})),
		'', 'claude-code',
		concat('user-', toString(intDiv(number, 400) % 200)),
		concat('repository-', toString(intDiv(number, 400) % 50)),
		'Bash',
		concat('bash:', toString((intDiv(number, 400) % 200 * 15 + cityHash64(number) % 120) % 3000)),
		if(number % 23 = 0, 'exit_1', ''),
		true,
		cityHash64(number, 1) % 3000000
	FROM numbers(${from}, ${count})`;
}
