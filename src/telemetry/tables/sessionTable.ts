import {
	nothingTold,
	type SessionTold,
	sessionStateOf,
	tellSession,
} from "../../model/agents/sessionLife.ts";
import type { AgentEvent } from "../../model/events/events.ts";
import { answeredAt, modelIn } from "./messageRow.ts";
import { greatest } from "./rowTable.ts";
import type { Statements } from "./statements.ts";

interface PendingSession {
	client: string;
	cwd: string | null;
	source: string | null;
	answered: string | null;
	startedAt: number;
	heardAt: number;
	told: SessionTold;
}

/** Sessions: when, where and with which model; their scores follow from the rollups. */
export class SessionTable {
	readonly #statements: Statements;
	readonly #pending = new Map<string, PendingSession>();
	readonly #changed = new Set<string>();
	readonly #ends: (readonly [id: string, ts: number])[] = [];

	constructor(statements: Statements) {
		this.#statements = statements;
	}

	/** Takes note of an event that has a time. One session may end several times. */
	note(id: string, event: AgentEvent): void {
		let pending = this.#pending.get(id);
		if (pending === undefined) {
			pending = {
				client: event.client,
				cwd: null,
				source: null,
				answered: null,
				startedAt: event.ts,
				heardAt: event.ts,
				told: nothingTold(),
			};
			this.#pending.set(id, pending);
		}
		if (event.client > pending.client) pending.client = event.client;
		pending.startedAt = Math.min(pending.startedAt, event.ts);
		pending.heardAt = Math.max(pending.heardAt, event.ts);
		// The folder nearest to the root is where the client was started; it may have moved down since.
		pending.cwd = least(pending.cwd, event.cwd || null);
		if (event.event === "session_start") {
			pending.source = least(pending.source, event.source || null);
		}
		const isOwn = event.event === "session_start" || (event.event === "usage" && !event.isAside);
		if (isOwn && event.agent === "") {
			pending.answered = greatest(pending.answered, answeredAt(event.ts, event.model));
		}
		if (event.event === "session_end") this.#ends.push([id, event.ts]);
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
		for (const [id, pending] of this.#pending) {
			const { client, cwd, source, answered, startedAt, heardAt } = pending;
			const { started, asked } = pending.told;
			const place = [client, cwd, source, answered, startedAt, heardAt];
			this.#statements.run(SQL.write, [id, ...place, started || null, asked || null]);
			this.#changed.add(id);
		}
		const ended = new Map<string, number>();
		for (const id of this.#changed) {
			const [started, asked, answered, last] = this.#statements.first(SQL.told, [id]);
			const state = sessionStateOf({
				...nothingTold(),
				started: Number(started ?? 0),
				asked: Number(asked ?? 0),
				ended: Number(last ?? 0),
			});
			const end = state === "done" ? Number(last) : null;
			const model = modelIn((answered ?? null) as string | null);
			this.#statements.run(SQL.follows, [end, model, id]);
			if (typeof last === "number") ended.set(id, last);
		}
		this.#changed.clear();
		return ended;
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
		this.#pending.clear();
	}
}

function least(a: string | null, b: string | null): string | null {
	if (a === null || b === null) return a ?? b;
	return a <= b ? a : b;
}

const WRITE = `INSERT INTO sessions
	(session_id, client, cwd, source, answered, started_at, last_heard_at, last_start_at, last_asked_at)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (session_id) DO UPDATE SET
		client = max(client, excluded.client),
		cwd = min(ifnull(cwd, excluded.cwd), ifnull(excluded.cwd, cwd)),
		source = min(ifnull(source, excluded.source), ifnull(excluded.source, source)),
		answered = max(ifnull(answered, excluded.answered), ifnull(excluded.answered, answered)),
		started_at = min(started_at, excluded.started_at),
		last_heard_at = max(last_heard_at, excluded.last_heard_at),
		last_start_at =
			nullif(max(ifnull(last_start_at, -1), ifnull(excluded.last_start_at, -1)), -1),
		last_asked_at =
			nullif(max(ifnull(last_asked_at, -1), ifnull(excluded.last_asked_at, -1)), -1)`;

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
	write: WRITE,
	end: "INSERT OR IGNORE INTO session_ends (session_id, ts) VALUES (?, ?)",
	told: `SELECT last_start_at, last_asked_at, answered,
			(SELECT max(ts) FROM session_ends AS e WHERE e.session_id = sessions.session_id)
		FROM sessions WHERE session_id = ?`,
	// An end that nobody told of is when it was last heard of.
	follows: `UPDATE sessions SET
		ended_at = ifnull(?1, last_heard_at),
		ended_by = iif(?1 IS NULL, 'last_heard', 'session_end'),
		model = ?2 WHERE session_id = ?3`,
	score: SCORE,
} as const;
