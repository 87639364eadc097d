import { SOURCES } from "../sources/passCursors.ts";
import type { TelemetryStore } from "../storage/store.ts";

/** A session and what tells whether anything of it changed. Times are ms since the epoch. */
export interface ExportSession {
	readonly id: string;
	readonly client: string;
	readonly cwd: string | null;
	readonly model: string | null;
	readonly startedAt: number;
	readonly endedAt: number;
	/** Somebody told of its end; otherwise it was heard of last then. */
	readonly isEnded: 0 | 1;
	/** How many rows of calls and messages it has, about. */
	readonly rows: number;
	/** Another one whenever rows of the session are. */
	readonly version: string;
}

export interface ExportAgent {
	readonly session: string;
	readonly id: string;
	readonly parent: string | null;
	readonly type: string | null;
	readonly model: string | null;
	readonly startedAt: number;
	readonly endedAt: number | null;
	readonly outcome: string | null;
	readonly stubs: number | null;
}

export interface ExportCall {
	readonly session: string;
	readonly id: string;
	readonly agent: string | null;
	readonly tool: string;
	readonly functionId: string;
	readonly ts: number;
	readonly durationMs: number | null;
	readonly success: 0 | 1;
	readonly errorClass: string | null;
	/** Above what its duration is taken for a wait for a person, ms; null where it holds none. */
	readonly waitOverMs: number | null;
	/** Which it is of those of its session that began in the same ms, as they were told of; from 0 on. */
	readonly order: number;
}

/** What a call did to a function, or found out of it. */
export interface ExportFinding {
	readonly session: string;
	readonly call: string;
	readonly kind: "write" | "test" | "violation";
	readonly ts: number;
	readonly functionId: string | null;
	/** Of a violation its rule; null for others. */
	readonly rule: string | null;
	/** Of a test; null for others. */
	readonly passed: 0 | 1 | null;
}

export interface ExportMessage {
	readonly session: string;
	readonly id: string;
	readonly agent: string | null;
	readonly model: string;
	readonly ts: number;
	readonly tokensIn: number;
	readonly tokensOut: number;
	readonly cacheRead: number;
	readonly cacheWrite: number;
	readonly costUsd: number | null;
}

/** Somebody was asked for permission. */
export interface ExportWait {
	readonly session: string;
	/** Empty for the orchestrator. */
	readonly agent: string;
	readonly ts: number;
	readonly tool: string;
}

interface ExportTurn {
	readonly session: string;
	readonly ts: number;
}

/** Of one session, each in the order of time. */
export interface ExportRows {
	readonly turns: readonly ExportTurn[];
	/** Those that run, too: others may have been launched by them. */
	readonly agents: readonly ExportAgent[];
	/** Those with a result. */
	readonly calls: readonly ExportCall[];
	readonly messages: readonly ExportMessage[];
	readonly waits: readonly ExportWait[];
	readonly findings: readonly ExportFinding[];
}

/**
 * Sessions that were heard of since then, those that began first before others. What is said of a
 * session's rows comes from sums that are kept of them.
 *
 * @param since ms since the epoch
 */
export function exportSessions(store: TelemetryStore, since: number): ExportSession[] {
	return store.all<ExportSession>(SESSIONS, [since]);
}

/** Whether all that follows from what was read was derived: names of functions, tests, violations. */
export function isDerived(store: TelemetryStore): boolean {
	return store.first(PENDING) === null;
}

/** When the first session began, ms since the epoch; 0 where there is none. */
export function firstHeardAt(store: TelemetryStore): number {
	return Number(store.first("SELECT min(started_at) FROM sessions")?.[0] ?? 0);
}

/**
 * The rows of some sessions. No index leads to a session's calls, as reading would pay for it with each
 * of them: all are looked through once, however many sessions are asked for.
 */
export function exportRows(
	store: TelemetryStore,
	sessions: readonly string[],
): Map<string, ExportRows> {
	const ids = JSON.stringify(sessions);
	const read = <Row extends { readonly session: string }>(sql: string) =>
		bySession(store.all<Row>(sql, [ids]));
	const parts = {
		turns: read<ExportTurn>(TURNS),
		agents: read<ExportAgent>(AGENTS),
		calls: read<ExportCall>(CALLS),
		messages: read<ExportMessage>(MESSAGES),
		waits: read<ExportWait>(WAITS),
		findings: read<ExportFinding>(FINDINGS),
	};
	return new Map(
		sessions.map((id) => [
			id,
			{
				turns: parts.turns.get(id) ?? [],
				agents: parts.agents.get(id) ?? [],
				calls: parts.calls.get(id) ?? [],
				messages: parts.messages.get(id) ?? [],
				waits: parts.waits.get(id) ?? [],
				findings: parts.findings.get(id) ?? [],
			},
		]),
	);
}

function bySession<Row extends { readonly session: string }>(rows: readonly Row[]) {
	const groups = new Map<string, Row[]>();
	for (const row of rows) {
		const group = groups.get(row.session);
		if (group === undefined) groups.set(row.session, [row]);
		else group.push(row);
	}
	return groups;
}

const SESSIONS = `WITH
	u AS (
		SELECT session_id, sum(messages) AS messages, sum(tokens_in + tokens_out) AS tokens
		FROM usage_days GROUP BY 1
	),
	a AS (
		SELECT session_id, count(*) || ' ' || count(ended_at) || ' ' || total(ended_at) AS version
		FROM agents GROUP BY 1
	)
	SELECT s.session_id AS id, client, cwd, model, started_at AS startedAt, ended_at AS endedAt,
		ended_by = 'session_end' AS isEnded,
		ifnull(t.calls, 0) + ifnull(u.messages, 0) AS rows,
		concat_ws('/', ended_at, ended_by, last_heard_at, t.calls, t.finished, t.errors, u.messages,
			u.tokens, a.version) AS version
	FROM sessions AS s
		LEFT JOIN session_totals AS t ON t.session_id = s.session_id
		LEFT JOIN u ON u.session_id = s.session_id
		LEFT JOIN a ON a.session_id = s.session_id
	WHERE last_heard_at >= ? ORDER BY started_at, id`;

/** Transcripts that were read further than derived from. */
const PENDING = `SELECT 1 FROM ingest_cursors AS read
	LEFT JOIN ingest_cursors AS derived
		ON derived.source = '${SOURCES.facts}' || substr(read.source, ${SOURCES.events.length + 1})
	WHERE read.source LIKE '${SOURCES.events}%' AND ifnull(derived.byte_offset, 0) < read.byte_offset
	LIMIT 1`;

const ASKED = "session_id IN (SELECT value FROM json_each(?))";
const TURNS = `SELECT session_id AS session, ts FROM session_turns WHERE ${ASKED} ORDER BY ts`;
const WAITS = `SELECT session_id AS session, agent_id AS agent, ts, tool FROM permission_waits
	WHERE ${ASKED} ORDER BY ts, agent, tool`;
const AGENTS = `SELECT session_id AS session, agent_id AS id, parent_agent_id AS parent,
	agent_type AS type, model, ifnull(started_at, heard_at) AS startedAt, ended_at AS endedAt, outcome,
	stubs
	FROM agents
	WHERE ${ASKED} AND ifnull(started_at, heard_at) IS NOT NULL ORDER BY startedAt, id`;
const CALLS = `SELECT session_id AS session, tool_use_id AS id, agent_id AS agent, tool_used AS tool,
	c.function_id AS functionId, ts, duration_ms AS durationMs, success, error_class AS errorClass,
	iif(c.duration_from = 'transcript' AND c.duration_ms > t.wait_over_ms, t.wait_over_ms, NULL)
		AS waitOverMs,
	row_number() OVER (PARTITION BY session_id, ts ORDER BY c.rowid) - 1 AS "order"
	FROM calls AS c LEFT JOIN function_totals AS t ON t.function_id = c.function_id
	WHERE ${ASKED} AND success IS NOT NULL ORDER BY ts, id`;
const FINDINGS = `SELECT session_id AS session, tool_use_id AS call, 'write' AS kind, ts,
		function_id AS functionId, NULL AS rule, NULL AS passed
		FROM code_writes WHERE session_id IN (SELECT value FROM json_each(?1)) AND function_id IS NOT NULL
	UNION ALL SELECT session_id, tool_use_id, 'test', ts, function_id, NULL, passed
		FROM test_runs WHERE session_id IN (SELECT value FROM json_each(?1)) AND function_id IS NOT NULL
	UNION ALL SELECT session_id, tool_use_id, 'violation', ts, function_id, rule_id, NULL
		FROM violations WHERE session_id IN (SELECT value FROM json_each(?1))
	ORDER BY 1, 2, 3, 4, 5, 6, 7`;
const MESSAGES = `SELECT session_id AS session, message_id AS id, agent_id AS agent, model, ts,
	tokens_in AS tokensIn, tokens_out AS tokensOut, cache_read AS cacheRead,
	cache_write_5m + cache_write_1h AS cacheWrite, cost_usd AS costUsd
	FROM messages WHERE ${ASKED} ORDER BY ts, id`;
