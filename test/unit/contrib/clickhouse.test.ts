import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { inProject } from "../../../scripts/paths.ts";
import { exportOnce } from "../../../src/export/exporter.ts";
import { exportedFunction } from "../../../src/export/records/exportedNames.ts";
import { type CallFacts, NO_FACTS } from "../../../src/facts/callFacts.ts";
import type { AgentEvent } from "../../../src/model/events/events.ts";
import type { FunctionStats } from "../../../src/telemetry/figures.ts";
import { functionStats } from "../../../src/telemetry/queries/queries.ts";
import { TelemetryStore } from "../../../src/telemetry/storage/store.ts";
import { ClickHouse, statementsOf } from "../../support/clickhouse/engine.ts";
import { Collector } from "../../support/export/collector.ts";
import { Random } from "../../support/histories/simulation/random.ts";
import { bruteSequences, type LoggedCall } from "../../support/sequences/bruteSequences.ts";
import { eventsOf, sqlJs } from "../../support/telemetry/telemetry.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const CONTRIB = inProject("contrib", "clickhouse");
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PROGRAMS = ["git", "npm", "cargo", "pytest", "rg"];
const MODELS = ["claude-sonnet-4-5", "claude-opus-4-1", "somebody-else"];

interface Work {
	readonly events: readonly AgentEvent[];
	readonly facts: ReadonlyMap<AgentEvent, CallFacts>;
}

/** What a user's agents did in the last hundred days. */
function workOf(user: string, random: Random, now: number): Work {
	const events: AgentEvent[] = [];
	const facts = new Map<AgentEvent, CallFacts>();
	const below = (limit: number): number => random.whole(0, limit - 1);
	for (let session = 0; session < 12; session++) {
		let ts = now - HOUR_MS - below(100 * DAY_MS);
		const head = { v: 2, session_id: `${user}-${session}`, cwd: "/nowhere" };
		const add = (line: object): AgentEvent => {
			const [event] = eventsOf([{ ...head, ts: new Date(ts).toISOString(), ...line }]);
			assert.ok(event !== undefined);
			events.push(event);
			return event;
		};
		add({ event: "prompt" });
		for (let call = 0; call < 40; call++) {
			// Some in the same millisecond, some behind a gap.
			ts += below(4) === 0 ? 0 : below(40) === 0 ? 700_000 : below(9000);
			const isRight = below(6) !== 0;
			const program = PROGRAMS[below(PROGRAMS.length)];
			const event = add({
				event: "tool_result",
				id: `${user}-${session}-${call}`,
				tool: "Bash",
				program,
				success: isRight,
				error_class: isRight ? undefined : "exit_1",
				duration_ms: below(8) === 0 ? undefined : below(90_000),
				...(below(3) === 0 ? { agent_id: `${user}-${session}-a`, agent_type: "Explore" } : {}),
			});
			if (below(5) === 0) facts.set(event, factsOf(random));
			if (below(4) === 0) {
				const model = MODELS[below(MODELS.length)];
				const tokens = { tokens_in: below(900), tokens_out: below(900) };
				add({ event: "usage", id: `m-${user}-${session}-${call}`, model, ...tokens });
			}
		}
		add({ event: "session_end", reason: "exit" });
	}
	return { events, facts };
}

function factsOf(random: Random): CallFacts {
	const below = (limit: number): number => random.whole(0, limit - 1);
	const functionId = `src/a${below(3)}.ts#run`;
	const write = { functionId, linesAdded: 1, linesRemoved: 0, hash: "h", blob: "", filePath: "" };
	return {
		...NO_FACTS,
		functionId: below(2) === 0 ? "bash:make" : null,
		violations: below(2) === 0 ? [{ ruleId: "no-force", severity: "error" }] : [],
		tests: [{ testId: "t", passed: below(2) === 0, durationMs: 1, snippet: null, functionId }],
		writes: [{ ...write, lines: [1, 2] }],
	};
}

async function storeWith(all: readonly Work[]): Promise<TelemetryStore> {
	const store = new TelemetryStore(await sqlJs(), null, Date.now);
	for (const { events, facts } of all) store.ingest(events, null, undefined, facts);
	return store;
}

describe("contrib/clickhouse", () => {
	const folder = useTempFolder();
	let team: ClickHouse;
	let engines = "";
	before(() => {
		engines = mkdtempSync(join(tmpdir(), "agent-live-graph-clickhouse-"));
		team = new ClickHouse(engines);
	});
	beforeEach(() => team.begin());
	after(() => {
		team.close();
		rmSync(engines, { recursive: true });
	});

	it("has for a team what the databases of its users have together, however often it is sent", async () => {
		const now = Date.now();
		const random = new Random(7);
		const users = ["ann", "bo", "cy"].map((user) => workOf(user, random, now));
		const bodies: Uint8Array[] = [];
		for (const [index, work] of users.entries()) {
			const collector = new Collector();
			const endpoint = await collector.start();
			await exportOnce(await storeWith([work]), {
				databaseFile: folder.file(`${index}.db`),
				settings: { endpoint, version: "1", tellsUser: false, tellsRepositories: false },
				env: { OTEL_METRICS_EXPORTER: "none", OTEL_RESOURCE_ATTRIBUTES: `user.name=u${index}` },
				courier: {
					wait: () => Promise.resolve(),
					random: () => 0,
					signal: new AbortController().signal,
					attempts: 1,
					onTrouble: () => {},
				},
				since: 0,
				now: now + 2 * HOUR_MS,
			});
			await collector.stop();
			bodies.push(...collector.bodies);
		}
		team.insert(bodies);
		team.refresh();
		team.insert([...bodies].reverse());
		team.refresh();
		const union = await storeWith(users);
		compareStats(team, union);
		compareSequences(team, union);
		compareCosts(team, union);
	});

	it("says who waits for a person", () => {
		team.run(`INSERT INTO otel_traces (Timestamp, SpanId, SpanAttributes, ResourceAttributes, Duration,
			"Events.Timestamp", "Events.Name", "Events.Attributes") VALUES
			('2026-11-01 10:00:00', 's1', {'gen_ai.operation.name': 'execute_tool',
			'agent_live_graph.function': 'bash:git', 'gen_ai.conversation.id': 'c'},
			{'user.name': 'ann'}, 60000000000, ['2026-11-01 10:00:10'], ['agent_live_graph.wait'],
			[{'agent_live_graph.wait.told_by': 'hook'}])`);
		assert.deepEqual(
			team.rows("SELECT user, function_id, waits, waited_ms, longest_ms FROM who_waits"),
			[{ user: "ann", function_id: "bash:git", waits: 1, waited_ms: 50_000, longest_ms: 50_000 }],
		);
	});

	it("has a collector's configuration and a dashboard whose queries the views answer", () => {
		const config = parse(readFileSync(`${CONTRIB}/collector.yaml`, "utf8"));
		assert.deepEqual(config.service.pipelines.traces.exporters, ["clickhouse"]);
		const dashboard = JSON.parse(readFileSync(`${CONTRIB}/dashboard.json`, "utf8"));
		const queries = dashboard.panels.flatMap((panel: { targets?: { rawSql: string }[] }) =>
			(panel.targets ?? []).map(({ rawSql }) => rawSql),
		);
		assert.ok(queries.length >= 6);
		const readme = readFileSync(`${CONTRIB}/README.md`, "utf8");
		const examples = [...readme.matchAll(/```sql\n([\s\S]*?)```/g)].flatMap(([, sql = ""]) =>
			statementsOf(sql),
		);
		assert.ok(examples.length >= 3);
		for (const query of [...queries, ...examples]) {
			team.rows(query.replaceAll("$__timeFilter(day)", "day > '2026-01-01'"));
		}
	});
});

/** How far percentiles of either may be from the true ones, in parts. */
const SKETCH_ERROR = 0.05;

function compareStats(team: ClickHouse, union: TelemetryStore): void {
	const theirs = new Map(
		team
			.rows<FunctionStats>("SELECT * FROM function_stats")
			.map((row) => [row.function_id, row] as const),
	);
	const ours = functionStats(union);
	assert.equal(theirs.size, ours.length);
	assert.ok(ours.length > 6);
	for (const own of ours) {
		const row = theirs.get(exportedFunction(own.function_id));
		assert.ok(row !== undefined, own.function_id);
		assert.deepEqual(Object.keys(row), Object.keys(own));
		for (const [column, value] of Object.entries(own)) {
			const other = row[column as keyof FunctionStats];
			if (column === "function_id" || column === "versions_count") continue;
			const isSketch = /^p\d\d_/.test(column);
			const error = isSketch ? SKETCH_ERROR : 1e-9;
			const isSame =
				value === other ||
				(typeof value === "number" &&
					typeof other === "number" &&
					Math.abs(value - other) <= error * Math.abs(value));
			assert.ok(isSame, `${own.function_id} ${column}: ${other}, not ${value}`);
		}
	}
}

function compareSequences(team: ClickHouse, union: TelemetryStore): void {
	const log = union.all<LoggedCall & { errorClass: string | null }>(
		`SELECT session_id AS session, agent_id AS agent, function_id AS functionId, ts, success,
		duration_ms AS durationMs FROM calls ORDER BY rowid`,
	);
	const expected = bruteSequences(log);
	const theirs = team.rows<Record<string, unknown>>("SELECT * FROM sequences");
	assert.ok(expected.length > 30);
	assert.equal(theirs.length, expected.length);
	const byName = new Map(theirs.map((row) => [JSON.stringify(row.function_ids), row]));
	for (const own of expected) {
		const row = byName.get(JSON.stringify(own.functions.map(exportedFunction)));
		assert.ok(row !== undefined, own.functions.join());
		const numbers = [row.occurrences, row.sessions, row.first_ts, row.last_ts];
		assert.deepEqual(numbers, [own.occurrences, own.sessions, own.firstTs, own.lastTs]);
		for (const [one, other] of [
			[row.success_rate, own.successRate],
			[row.mean_duration_ms, own.meanDurationMs],
			[row.lift, own.lift],
		]) {
			const isSame =
				one === other ||
				Math.abs(Number(one) - Number(other)) <= 1e-6 * Math.max(1, Math.abs(Number(other)));
			assert.ok(isSame, `${own.functions.join()}: ${one}, not ${other}`);
		}
	}
}

function compareCosts(team: ClickHouse, union: TelemetryStore): void {
	const theirs = team.rows<Record<string, unknown>>(
		`SELECT toString(day) AS day, model, sum(messages) AS messages, sum(tokens_in) AS tokens_in,
		sum(tokens_out) AS tokens_out, round(sum(cost_usd), 9) AS cost FROM cost_by_day
		GROUP BY day, model ORDER BY day, model`,
	);
	const ours = union.all<Record<string, unknown>>(
		`SELECT date(ts / 1000, 'unixepoch') AS day, model, count(*) AS messages,
		sum(tokens_in + cache_read + cache_write_5m + cache_write_1h) AS tokens_in,
		sum(tokens_out) AS tokens_out, round(sum(cost_usd), 9) AS cost FROM messages
		GROUP BY 1, 2 ORDER BY 1, 2`,
	);
	assert.ok(ours.length > 10);
	assert.deepEqual(theirs, ours);
}
