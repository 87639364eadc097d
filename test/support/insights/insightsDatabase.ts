import { TelemetryStore } from "../../../src/telemetry/storage/store.ts";
import { random as randomOf } from "../page/fakeCrowd.ts";
import { sqlJs } from "../telemetry/telemetry.ts";

/** How large a database of made-up work is. */
interface DatabaseSize {
	/** ms since the epoch, at which its last day ends */
	readonly now: number;
	readonly days: number;
	readonly calls: number;
	readonly messages: number;
	readonly functions: number;
	readonly sessions: number;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MODELS = ["claude-opus-4-8", "claude-sonnet-5", "claude-haiku-4-5"];
const TYPES = ["Explore", "general-purpose", "architect", "test-writer", "runner"];
const PROGRAMS = ["cargo test", "git commit", "npm install", "pytest", "git push", "rg", "make"];

/** A database as weeks of work would leave it: by day, on workdays, in a few projects. */
export async function insightsDatabase(size: DatabaseSize): Promise<TelemetryStore> {
	const { now, days, sessions } = size;
	const store = new TelemetryStore(await sqlJs(), null, () => now);
	const random = randomOf(1);
	const from = now - days * DAY_MS;
	const actors = sessions * 3;
	const session = (at: number): string => `5b0c27f2-3a6e-4d51-9f0e-${String(at).padStart(12, "0")}`;
	const agentOf = (actor: number): string | null =>
		actor % 3 === 0 ? null : `a${String(actor).padStart(16, "0")}`;
	/** A time within the day of an actor, in the hours in which people work. */
	const timeOf = (actor: number): number => {
		const day = Math.floor((actor / actors) * days);
		return Math.min(now - 1, Math.floor(from + day * DAY_MS + (random() + random()) * 5 * HOUR_MS));
	};
	const put = (
		sql: string,
		rows: number,
		values: (at: number) => readonly (string | number | null)[],
	): void => {
		const statement = store.database.prepare(sql);
		for (let at = 0; at < rows; at++) statement.run([...values(at)]);
		statement.free();
	};
	store.transaction(() => {
		put(
			`INSERT INTO sessions (session_id, cwd, model, started_at, health_score) VALUES (?, ?, ?, ?, ?)`,
			sessions,
			(at) => [
				session(at),
				`/repo/${["billing", "web", "infra", "parser"][at % 4] ?? ""}`,
				MODELS[0] ?? "",
				timeOf(at * 3),
				60 + Math.floor(random() * 40),
			],
		);
		put(
			"INSERT INTO agents (agent_id, session_id, agent_type, model) VALUES (?, ?, ?, ?)",
			actors,
			(actor) => [
				agentOf(actor) ?? `none${actor}`,
				session(Math.floor(actor / 3)),
				TYPES[actor % TYPES.length] ?? "",
				MODELS[actor % 3] ?? "",
			],
		);
		put(
			`INSERT INTO calls (tool_use_id, ts, session_id, agent_id, function_id, tool_used, duration_ms,
				success, error_class, source) VALUES (?, ?, ?, ?, ?, 'Bash', ?, ?, ?, 'hook')`,
			size.calls,
			(at) => {
				const actor = Math.floor((at / size.calls) * actors);
				const place = Math.floor(size.functions * random() ** 3);
				const failed = random() > 0.93;
				return [
					`toolu_01${String(at).padStart(22, "0")}`,
					timeOf(actor),
					session(Math.floor(actor / 3)),
					agentOf(actor),
					functionOf(place),
					Math.floor(random() ** 4 * 600_000) / 10,
					failed ? 0 : 1,
					failed ? (["exit_1", "timeout", "interrupted", "not_found"][at % 4] ?? null) : null,
				];
			},
		);
		put(
			`INSERT INTO messages (message_id, session_id, agent_id, model, ts, tokens_in, tokens_out,
				cache_read, cache_write_5m, cache_write_1h, cost_usd, is_sidechain)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
			size.messages,
			(at) => {
				const actor = Math.floor((at / size.messages) * actors);
				const model = Math.floor(random() ** 2 * 3);
				const read = Math.floor(random() * 90_000);
				return [
					`msg_${Math.floor(random() * 1e9)}-${at}`,
					session(Math.floor(actor / 3)),
					agentOf(actor),
					MODELS[model] ?? "",
					timeOf(actor),
					...[12, Math.floor(random() * 900), read, Math.floor(read / 20), 0],
					(read * (3 - model)) / 1e6,
				];
			},
		);
		putFindings(store, size, timeOf);
	});
	return store;
}

/** A broken rule, a script that comes back, a flaky test and a function that nobody calls. */
function putFindings(
	{ database }: TelemetryStore,
	{ calls, now }: DatabaseSize,
	timeOf: (actor: number) => number,
): void {
	const callOf = (at: number): string => `toolu_01${String(calls - 1 - at).padStart(22, "0")}`;
	const session = "5b0c27f2-3a6e-4d51-9f0e-000000000000";
	for (let at = 0; at < 5; at++) {
		const seen = [callOf(at), now - at * HOUR_MS, session];
		database.run(
			`INSERT INTO violations (tool_use_id, ts, session_id, rule_id, severity)
				VALUES (?, ?, ?, 'git-force-push', 'error')`,
			seen,
		);
		database.run(
			`INSERT INTO script_uses (tool_use_id, ts, session_id, ordinal, cluster_id, kind, function_id, is_early)
				VALUES (?, ?, ?, 0, 1, 'heredoc', 'bash:python3', 0)`,
			seen,
		);
		database.run(
			`INSERT INTO test_runs (tool_use_id, ts, session_id, function_id, test_id, passed)
				VALUES (?, ?, ?, 'src/part1.rs#work_1', 'lexer::keeps_spaces', ?)`,
			[...seen, at % 2],
		);
	}
	database.run("INSERT INTO script_clusters VALUES (1, 'c0ffee00')");
	database.run(
		`INSERT INTO patterns (pattern_hash, kind, first_ts, last_ts, occurrences, session_ids)
			VALUES ('c0ffee00', 'heredoc', ?, ?, 5, ?)`,
		[timeOf(0), now - 1, JSON.stringify([session])],
	);
	database.run(
		`INSERT INTO function_versions (function_id, version_hash, ts, source, file_path, lines)
			VALUES ('src/lonely.rs#nobody', 'a1', ?, 'index', 'src/lonely.rs', '1-9')`,
		[now - DAY_MS],
	);
}

function functionOf(place: number): string {
	const name = PROGRAMS[place];
	if (name !== undefined) return `bash:${name}`;
	return place % 3 === 0 ? `tool:Tool${place}` : `src/part${place % 40}.rs#work_${place}`;
}
