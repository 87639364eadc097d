import {
	beginsTurn,
	nothingTold,
	type SessionTold,
	sessionStateOf,
	tellSession,
} from "../../model/agents/sessionLife.ts";
import type { AgentEvent } from "../../model/events/events.ts";
import { answeredAt, modelIn } from "./messageRow.ts";
import { column, greatest, least, type RowOf, RowTable } from "./rowTable.ts";
import type { Statements } from "./statements.ts";

/** What is known of sessions but for their scores. */
export const SESSIONS = new RowTable("sessions", 1, {
	id: column<string>("session_id"),
	client: column<string>("client"),
	/** The folder nearest to the root is where the client was started; it may have moved down since. */
	cwd: column<string | null>("cwd", least),
	source: column<string | null>("source", least),
	answered: column<string | null>("answered"),
	/** ms since the epoch, as are all times */
	startedAt: column<number>("started_at", least),
	heardAt: column<number>("last_heard_at"),
	lastStartAt: column<number | null>("last_start_at"),
	lastAskedAt: column<number | null>("last_asked_at"),
	/** What follows from those, and from when it ended. */
	endedAt: column<number | null>("ended_at"),
	endedBy: column<"session_end" | "last_heard" | null>("ended_by"),
	model: column<string | null>("model"),
});
type SessionRow = RowOf<typeof SESSIONS>;

/** The row, but for what is told of its life. */
type PendingSession = { -readonly [Name in keyof SessionRow]: SessionRow[Name] } & {
	readonly told: SessionTold;
};

/** Sessions: when, where and with which model; their scores follow from the rollups. */
export class SessionTable {
	readonly #statements: Statements;
	readonly #pending = new Map<string, PendingSession>();
	readonly #changed = new Set<string>();
	readonly #ends: (readonly [id: string, ts: number])[] = [];
	readonly #turns: (readonly [id: string, ts: number])[] = [];
	readonly #waits: (readonly [id: string, agent: string, ts: number, tool: string])[] = [];

	constructor(statements: Statements) {
		this.#statements = statements;
	}

	/** Takes note of an event that has a time. One session may end several times. */
	note(id: string, event: AgentEvent): void {
		let pending = this.#pending.get(id);
		if (pending === undefined) {
			const { client, ts } = event;
			const row = SESSIONS.row({ id, client, startedAt: ts, heardAt: ts });
			pending = { ...row, told: nothingTold() };
			this.#pending.set(id, pending);
		}
		if (event.client > pending.client) pending.client = event.client;
		pending.startedAt = Math.min(pending.startedAt, event.ts);
		pending.heardAt = Math.max(pending.heardAt, event.ts);
		pending.cwd = least(pending.cwd, event.cwd || null);
		if (event.event === "session_start") {
			pending.source = least(pending.source, event.source || null);
		}
		const isOwn = event.event === "session_start" || (event.event === "usage" && !event.isAside);
		if (isOwn && event.agent === "") {
			pending.answered = greatest(pending.answered, answeredAt(event.ts, event.model));
		}
		if (event.event === "session_end") this.#ends.push([id, event.ts]);
		if (event.event === "permission_wait") {
			this.#waits.push([id, event.agent, event.ts, event.tool]);
		}
		if (beginsTurn(event)) this.#turns.push([id, event.ts]);
		tellSession(pending.told, event);
	}

	/** Something of it is written that has no time of its own. */
	changed(id: string): void {
		this.#changed.add(id);
	}

	/** Writes the ends that are pending; returns the sessions with one that was not known. */
	flushEnds(): string[] {
		const ended = new Set<string>();
		for (const [id, ts] of this.#ends) {
			if (this.#statements.run(SQL.end, [id, ts]) > 0) ended.add(id);
		}
		this.#ends.length = 0;
		return [...ended];
	}

	/** Writes what is pending; returns the sessions among them that have ever ended, and when last. */
	flush(): Map<string, number> {
		for (const turn of this.#turns) this.#statements.run(SQL.turn, [...turn]);
		for (const wait of this.#waits) this.#statements.run(SQL.wait, [...wait]);
		this.#turns.length = 0;
		this.#waits.length = 0;
		const ended = new Map<string, number>();
		for (const id of new Set([...this.#pending.keys(), ...this.#changed])) {
			const row = this.#merged(id);
			if (row === null) continue;
			const last = this.#statements.first(SQL.lastEnd, [id])[0];
			SESSIONS.put(this.#statements, { ...row, ...lifeOf(row, Number(last)) });
			if (typeof last === "number") ended.set(id, last);
		}
		this.#changed.clear();
		return ended;
	}

	/** The row in the table, with what is pending; null where there is neither. */
	#merged(id: string): SessionRow | null {
		const before = SESSIONS.find(this.#statements, id);
		const pending = this.#pending.get(id);
		if (pending === undefined) return before;
		const { started, asked } = pending.told;
		const row = { ...pending, lastStartAt: started || null, lastAskedAt: asked || null };
		return before === null ? row : SESSIONS.merge(before, row);
	}

	/** Brings the scores of these sessions and of what was flushed up to date, and forgets it. */
	score(changed: readonly string[]): void {
		const ids = new Set([...changed, ...this.#pending.keys()]);
		for (const id of ids) this.#statements.run(SQL.score, [id]);
		this.#pending.clear();
	}

	discard(): void {
		this.#changed.clear();
		this.#ends.length = 0;
		this.#turns.length = 0;
		this.#waits.length = 0;
		this.#pending.clear();
	}
}

/** What became of a session. @param ended when it ended last, ms since the epoch; 0 for never */
function lifeOf({ heardAt, lastStartAt, lastAskedAt, answered }: SessionRow, ended: number) {
	const told = { ...nothingTold(), started: lastStartAt ?? 0, asked: lastAskedAt ?? 0, ended };
	const model = modelIn(answered);
	if (sessionStateOf(told) === "done")
		return { endedAt: ended, endedBy: "session_end", model } as const;
	// An end that nobody told of is when it was last heard of.
	return { endedAt: heardAt, endedBy: "last_heard", model } as const;
}

/** docs/telemetry.md has the formulas: 100 × (1 − clamp(0.5 errors + 0.3 tests + 0.2 violations)). */
const SCORE = `UPDATE sessions SET
	mcp_ratio = (
		SELECT CAST(mcp_calls AS REAL) / calls FROM session_totals
		WHERE session_id = ?1 AND calls > 0
	),
	health_score = (
		SELECT CAST(round(100 * (1 - min(1, max(0,
			0.5 * errors / calls
			+ 0.3 * ifnull((SELECT avg(passed = 0) FROM test_runs WHERE session_id = ?1), 0)
			+ 0.2 * min(1, (SELECT count(*) FROM violations WHERE session_id = ?1) * 20.0 / calls)
		)))) AS INTEGER)
		FROM session_totals WHERE session_id = ?1 AND calls >= 5
	)
	WHERE session_id = ?1`;

const SQL = {
	end: "INSERT OR IGNORE INTO session_ends (session_id, ts) VALUES (?, ?)",
	turn: "INSERT OR IGNORE INTO session_turns (session_id, ts) VALUES (?, ?)",
	wait: "INSERT OR IGNORE INTO permission_waits (session_id, agent_id, ts, tool) VALUES (?, ?, ?, ?)",
	lastEnd: "SELECT max(ts) FROM session_ends WHERE session_id = ?",
	score: SCORE,
} as const;
