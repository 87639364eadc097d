import type { SqlValue } from "sql.js";
import type { AgentEvent } from "../../model/events/events.ts";
import type { SessionCursor, SessionPage } from "../figures.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { AGENTS, LAUNCHES } from "../tables/agents/agentRow.ts";
import { CALLS } from "../tables/callRow.ts";
import { MESSAGES } from "../tables/messageRow.ts";
import { SESSIONS } from "../tables/sessionTable.ts";
import { agentEvents, launchEvents } from "./agentEvents.ts";
import { callEvents } from "./callEvents.ts";
import { spentEvent } from "./spentEvent.ts";

/** Rows that are read in one go: whoever asked has other things to do in between. */
const ROWS = 4000;

/**
 * A session as events, made of its rows alone: a graph that they are applied to shows what the database
 * knows of the session, when its log and its transcripts are long gone. Waits, and what calls were about
 * beyond program, file and skill, are in no row. First comes what there was, sessions and agents, then
 * what they did and what that cost.
 *
 * @param cursor as the page before names it; null for the first one
 * @param limit of rows
 */
export function sessionPage(
	store: TelemetryStore,
	id: string,
	cursor: SessionCursor | null,
	limit = ROWS,
): SessionPage {
	const rows: Rows = (sql, values = [id]) => store.statements.rows(sql, values);
	if (cursor === null) return outline(rows);
	const values = [id, cursor.after, limit];
	return cursor.table === "calls" ? calls(rows, values) : messages(rows, values);
}

type Rows = (sql: string, values?: SqlValue[]) => SqlValue[][];

function outline(rows: Rows): SessionPage {
	const [found] = rows(SQL.session);
	if (found === undefined) return { events: [], next: null };
	const session = SESSIONS.read(found);
	const ends = rows(SQL.ends).map(([ts]) => Number(ts));
	const launches = rows(SQL.launches).map((values) => LAUNCHES.read(values));
	const agents = rows(SQL.agents).map((values) => AGENTS.read(values));
	const reported = agents.flatMap(({ told }) => told.map(({ call }) => call));
	const known = rows(SQL.knownCalls, [JSON.stringify(reported)]).map(([call]) => String(call));
	const ids = new Set([...launches.map((launch) => launch.id), ...known]);
	const events = [
		...lifeOf(session, ends),
		...launches.flatMap(launchEvents),
		...agents.flatMap((agent) => agentEvents(agent, session.client, ids)),
	];
	return { events: events.sort((a, b) => a.ts - b.ts), next: { table: "calls", after: 0 } };
}

function calls(rows: Rows, values: SqlValue[]): SessionPage {
	// A message that an agent goes on with is named by its report alone, and is a call like others.
	const launched = new Set(rows(SQL.launchIds, values.slice(0, 1)).map(([call]) => String(call)));
	const found = rows(SQL.calls, values);
	const events = found.flatMap(([, file, ...call]) =>
		callEvents(CALLS.read(call), launched, typeof file === "string" ? file : undefined),
	);
	const last = Number(found.at(-1)?.[0]);
	const isWhole = found.length < Number(values[2]);
	return {
		events,
		next: isWhole ? { table: "messages", after: "" } : { table: "calls", after: last },
	};
}

function messages(rows: Rows, values: SqlValue[]): SessionPage {
	const [client, own] = rows(SQL.answered, values.slice(0, 1))[0] ?? [];
	const answered = new Map(rows(SQL.agentsAnswered, values.slice(0, 1)) as [string, string][]);
	const found = rows(SQL.messages, values).map((message) => MESSAGES.read(message));
	const events = found.map((message) =>
		spentEvent(
			message,
			String(client),
			(message.agent === null ? String(own ?? "") : answered.get(message.agent)) ?? "",
		),
	);
	const last = found.at(-1)?.id ?? "";
	const isWhole = found.length < Number(values[2]);
	return { events, next: isWhole ? null : { table: "messages", after: last } };
}

type SessionRow = ReturnType<typeof SESSIONS.read>;

/** Its start, what was asked last, and its ends. */
function lifeOf(row: SessionRow, ends: readonly number[]): AgentEvent[] {
	const { id: session, client, cwd, source, model, startedAt, heardAt } = row;
	const head = {
		origin: "hook",
		client,
		v: 2,
		session,
		agent: "",
		cwd: cwd ?? "",
		note: null,
	} as const;
	const started = (ts: number, how: string): AgentEvent => {
		return { event: "session_start", ...head, ts, source: how, model: model ?? "" };
	};
	const events = [started(startedAt, source ?? "")];
	// The source is that of any of its starts, and a compaction is none.
	if (row.lastStartAt !== null) events.push(started(row.lastStartAt, ""));
	if (row.lastAskedAt !== null) events.push({ event: "prompt", ...head, ts: row.lastAskedAt });
	for (const ts of ends) events.push({ event: "session_end", ...head, ts, reason: "" });
	// Turns are in no row: the last one was over when nothing was heard any more.
	if (row.endedBy === "last_heard") events.push({ event: "turn_end", ...head, ts: heardAt });
	return events;
}

const OF_SESSION = "WHERE session_id = ?";
const SQL = {
	session: `SELECT ${SESSIONS.list} FROM sessions ${OF_SESSION}`,
	ends: `SELECT ts FROM session_ends ${OF_SESSION}`,
	launches: `SELECT ${LAUNCHES.list} FROM agent_spawns ${OF_SESSION}`,
	agents: `SELECT ${AGENTS.list} FROM agents ${OF_SESSION}`,
	knownCalls: "SELECT tool_use_id FROM calls WHERE tool_use_id IN (SELECT value FROM json_each(?))",
	launchIds: `SELECT tool_use_id FROM agent_spawns ${OF_SESSION} AND v > 0`,
	calls: `SELECT rowid, (SELECT max(w.file_path) FROM code_writes AS w
			WHERE w.tool_use_id = calls.tool_use_id), ${CALLS.list}
		FROM calls ${OF_SESSION} AND rowid > ? ORDER BY rowid LIMIT ?`,
	answered: `SELECT client, answered FROM sessions ${OF_SESSION}`,
	agentsAnswered: `SELECT agent_id, answered FROM agents ${OF_SESSION} AND answered IS NOT NULL`,
	messages: `SELECT ${MESSAGES.list} FROM messages ${OF_SESSION} AND message_id > ?
		ORDER BY message_id LIMIT ?`,
} as const;
