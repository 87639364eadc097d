import type { SqlValue } from "sql.js";
import type { AgentEvent } from "../../model/events/events.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { AGENTS, LAUNCHES } from "../tables/agentRow.ts";
import { CALLS } from "../tables/callRow.ts";
import { MESSAGES } from "../tables/messageRow.ts";
import { SESSIONS } from "../tables/sessionTable.ts";
import { agentEvents, launchEvents } from "./agentEvents.ts";
import { callEvents } from "./callEvents.ts";
import { spentEvent } from "./spentEvent.ts";

/**
 * A session as events, made of its rows alone: a graph that they are applied to shows what the database
 * knows of the session, when its log and its transcripts are long gone. Waits, and what calls were about
 * beyond program, file and skill, are in no row.
 *
 * @returns in the order in which they happened; empty for a session that has no row
 */
export function sessionEvents(store: TelemetryStore, id: string): AgentEvent[] {
	const rows = <Row>(sql: string, read: (values: readonly SqlValue[]) => Row): Row[] =>
		store.statements.rows(sql, [id]).map(read);
	const [session] = rows(SQL.session, (values) => SESSIONS.read(values));
	if (session === undefined) return [];
	const launches = rows(SQL.launches, (values) => LAUNCHES.read(values));
	const agents = rows(SQL.agents, (values) => AGENTS.read(values));
	const calls = rows(SQL.calls, (values) => CALLS.read(values));
	const files = new Map(rows(SQL.files, ([call, file]) => [String(call), String(file ?? "")]));
	const messages = rows(SQL.messages, (values) => MESSAGES.read(values));
	const answered = new Map(agents.map((agent) => [agent.id, agent.answered]));
	// A message that an agent goes on with is named by its report alone, and is a call like others.
	const launched = new Set(launches.filter(({ v }) => v > 0).map((launch) => launch.id));
	const ids = new Set([...launches, ...calls].map((row) => row.id));
	const ends = rows(SQL.ends, ([ts]) => Number(ts));
	return [
		...lifeOf(session, ends),
		...launches.flatMap(launchEvents),
		...agents.flatMap((agent) => agentEvents(agent, session.client, ids)),
		...calls.flatMap((call) => callEvents(call, launched, files.get(call.id))),
		...messages.map((message) =>
			spentEvent(
				message,
				session.client,
				message.agent === null ? session.answered : (answered.get(message.agent) ?? null),
			),
		),
	].sort((a, b) => a.ts - b.ts);
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
	launches: `SELECT ${LAUNCHES.list} FROM agent_spawns ${OF_SESSION}`,
	agents: `SELECT ${AGENTS.list} FROM agents ${OF_SESSION}`,
	calls: `SELECT ${CALLS.list} FROM calls ${OF_SESSION}`,
	files: `SELECT tool_use_id, max(file_path) FROM code_writes ${OF_SESSION} GROUP BY tool_use_id`,
	messages: `SELECT ${MESSAGES.list} FROM messages ${OF_SESSION}`,
	ends: `SELECT ts FROM session_ends ${OF_SESSION}`,
} as const;
