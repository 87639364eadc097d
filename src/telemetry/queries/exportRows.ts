import type { TelemetryStore } from "../storage/store.ts";

/** A session and what tells whether anything of it changed. Times are ms since the epoch. */
export interface ExportSession {
	readonly id: string;
	readonly client: string;
	readonly model: string | null;
	readonly startedAt: number;
	readonly endedAt: number;
	/** Somebody told of its end; otherwise it was heard of last then. */
	readonly isEnded: 0 | 1;
	/** Another one whenever rows of the session are. */
	readonly version: string;
}

export interface ExportAgent {
	readonly id: string;
	readonly parent: string | null;
	readonly type: string | null;
	readonly model: string | null;
	readonly startedAt: number;
	readonly endedAt: number;
	readonly outcome: string | null;
	readonly stubs: number | null;
}

export interface ExportCall {
	readonly id: string;
	readonly agent: string | null;
	readonly tool: string;
	readonly functionId: string;
	readonly ts: number;
	readonly durationMs: number | null;
	readonly success: 0 | 1;
	readonly errorClass: string | null;
}

export interface ExportMessage {
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

export interface ExportRows {
	readonly agents: readonly ExportAgent[];
	readonly calls: readonly ExportCall[];
	readonly messages: readonly ExportMessage[];
}

/**
 * Sessions that were heard of since then, those that began first before others.
 *
 * @param store a copy of its own, which gets indexes that are never saved
 * @param since ms since the epoch
 */
export function exportSessions(store: TelemetryStore, since: number): ExportSession[] {
	for (const table of ["calls", "messages"]) {
		store.statements.run(`CREATE INDEX IF NOT EXISTS export_${table} ON ${table} (session_id)`, []);
	}
	return store.all<ExportSession>(SESSIONS, [since]);
}

/** All that is over: agents that ended, calls with a result, messages. */
export function exportRows(store: TelemetryStore, session: string): ExportRows {
	return {
		agents: store.all<ExportAgent>(AGENTS, [session]),
		calls: store.all<ExportCall>(CALLS, [session]),
		messages: store.all<ExportMessage>(MESSAGES, [session]),
	};
}

const SESSIONS = `WITH
	c AS (
		SELECT session_id, count(*) || ' ' || count(success) || ' ' || total(success) || ' '
			|| total(duration_ms) AS version
		FROM calls GROUP BY 1
	),
	m AS (
		SELECT session_id, count(*) || ' ' || sum(tokens_in + tokens_out) AS version
		FROM messages GROUP BY 1
	),
	a AS (
		SELECT session_id, count(*) || ' ' || count(ended_at) || ' ' || total(ended_at) AS version
		FROM agents GROUP BY 1
	)
	SELECT s.session_id AS id, client, model, started_at AS startedAt, ended_at AS endedAt,
		ended_by = 'session_end' AS isEnded,
		concat_ws('/', ended_at, ended_by, c.version, m.version, a.version) AS version
	FROM sessions AS s
		LEFT JOIN c ON c.session_id = s.session_id
		LEFT JOIN m ON m.session_id = s.session_id
		LEFT JOIN a ON a.session_id = s.session_id
	WHERE last_heard_at >= ? ORDER BY started_at, id`;

const AGENTS = `SELECT agent_id AS id, parent_agent_id AS parent, agent_type AS type, model,
	ifnull(started_at, heard_at) AS startedAt, ended_at AS endedAt, outcome, stubs
	FROM agents
	WHERE session_id = ? AND ended_at IS NOT NULL AND ifnull(started_at, heard_at) IS NOT NULL
	ORDER BY startedAt, id`;
const CALLS = `SELECT tool_use_id AS id, agent_id AS agent, tool_used AS tool, function_id AS functionId,
	ts, duration_ms AS durationMs, success, error_class AS errorClass
	FROM calls WHERE session_id = ? AND success IS NOT NULL ORDER BY ts, id`;
const MESSAGES = `SELECT message_id AS id, agent_id AS agent, model, ts, tokens_in AS tokensIn,
	tokens_out AS tokensOut, cache_read AS cacheRead, cache_write_5m + cache_write_1h AS cacheWrite,
	cost_usd AS costUsd
	FROM messages WHERE session_id = ? ORDER BY ts, id`;
