import { CLIENTS_BY_PROGRAM } from "../../ingest/clients/clientIdentities.ts";
import { type StartedSession, startersOf } from "../../model/agents/startedSessions.ts";
import type { TelemetryStore } from "../storage/store.ts";

/** A call that runs a client. */
interface StartingRow {
	readonly session: string;
	readonly cwd: string | null;
	readonly functionId: string;
	readonly startedAt: number;
	readonly durationMs: number | null;
	readonly success: 0 | 1 | null;
}

/**
 * Sessions that were started by a call of another one, as far as there is no doubt, with that other one.
 * Nothing is asked but a list of names where no agent ever ran a client, which is usual.
 */
export function startedSessions(store: TelemetryStore): ReadonlyMap<string, string> {
	const clients = clientsByFunction(store);
	if (clients.size === 0) return new Map();
	const marks = [...clients].map(() => "?").join(", ");
	const rows = store.all<StartingRow>(`${CALLS} (${marks})`, [...clients.keys()]);
	const calls = rows.map(({ session, cwd, functionId, startedAt, durationMs, success }) => ({
		session,
		cwd: cwd ?? "",
		client: clients.get(functionId) ?? "",
		startedAt,
		endedAt: success === null || durationMs === null ? null : startedAt + durationMs,
	}));
	const starters = startersOf(calls, store.all<StartedSession>(SESSIONS));
	return new Map([...starters].map(([id, { session }]) => [id, session] as const));
}

/** Which client a function runs, by the function's id: `bash:codex`, `bash:codex exec`. */
function clientsByFunction(store: TelemetryStore): Map<string, string> {
	const found = new Map<string, string>();
	for (const { id } of store.all<{ readonly id: string }>(FUNCTIONS)) {
		const client = CLIENTS_BY_PROGRAM.get(id.slice(SHELL.length).split(" ")[0] ?? "");
		if (client !== undefined) found.set(id, client);
	}
	return found;
}

const SHELL = "bash:";
const FUNCTIONS = `SELECT function_id AS id FROM function_totals WHERE function_id GLOB '${SHELL}*'`;
const CALLS = `SELECT c.session_id AS session, s.cwd, c.function_id AS functionId, c.ts AS startedAt,
	c.duration_ms AS durationMs, c.success
	FROM calls AS c JOIN sessions AS s USING (session_id) WHERE c.function_id IN`;
const SESSIONS = `SELECT session_id AS id, ifnull(cwd, '') AS cwd, client, started_at AS startedAt,
	last_heard_at AS heardAt FROM sessions WHERE started_at IS NOT NULL`;
