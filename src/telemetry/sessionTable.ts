import type { Database, Statement } from "sql.js";

interface SessionFacts {
	cwd: string | null;
	source: string | null;
	model: string | null;
	startedAt: number;
	endedAt: number | null;
}

/** Sessions: when, where and with which model; their scores follow from the rollups. */
export class SessionTable {
	readonly #pending = new Map<string, SessionFacts>();
	readonly #write: Statement;
	readonly #score: Statement;
	readonly #ended: Statement;

	constructor(database: Database) {
		this.#write = database.prepare(WRITE);
		this.#score = database.prepare(SCORE);
		this.#ended = database.prepare(
			"SELECT ended_at FROM sessions WHERE session_id = ? AND ended_at IS NOT NULL",
		);
	}

	/** @param ts ms since the epoch of an event of this session */
	note(id: string, ts: number, known: Partial<Omit<SessionFacts, "startedAt">> = {}): void {
		const facts = this.#pending.get(id);
		if (facts === undefined) {
			const empty = { cwd: null, source: null, model: null, endedAt: null };
			this.#pending.set(id, { ...empty, ...known, startedAt: ts });
			return;
		}
		facts.startedAt = Math.min(facts.startedAt, ts);
		// The folder nearest to the root is where the client was started; it may have moved down since.
		facts.cwd = least(facts.cwd, known.cwd ?? null);
		facts.source = least(facts.source, known.source ?? null);
		facts.model = least(facts.model, known.model ?? null);
		const endedAt = known.endedAt ?? null;
		if (endedAt !== null) facts.endedAt = Math.max(facts.endedAt ?? endedAt, endedAt);
	}

	/** Writes what is pending; returns the sessions among them that have ended, and when. */
	flush(): Map<string, number> {
		const ended = new Map<string, number>();
		for (const [id, facts] of this.#pending) {
			const { cwd, source, model, startedAt, endedAt } = facts;
			this.#write.run([id, cwd, source, model, startedAt, endedAt]);
			this.#ended.bind([id]);
			if (this.#ended.step()) ended.set(id, this.#ended.get()[0] as number);
			this.#ended.reset();
		}
		return ended;
	}

	/** Brings the scores of these sessions and of what was flushed up to date, and forgets it. */
	score(changed: readonly string[]): void {
		for (const id of new Set([...changed, ...this.#pending.keys()])) this.#score.run({ $id: id });
		this.#pending.clear();
	}

	discard(): void {
		this.#pending.clear();
	}

	dispose(): void {
		for (const statement of [this.#write, this.#score, this.#ended]) statement.free();
	}
}

function least(a: string | null, b: string | null): string | null {
	if (a === null || b === null) return a ?? b;
	return a <= b ? a : b;
}

const WRITE = `INSERT INTO sessions (session_id, cwd, source, model, started_at, ended_at)
	VALUES (?, ?, ?, ?, ?, ?)
	ON CONFLICT (session_id) DO UPDATE SET
		cwd = min(ifnull(cwd, excluded.cwd), ifnull(excluded.cwd, cwd)),
		source = min(ifnull(source, excluded.source), ifnull(excluded.source, source)),
		model = min(ifnull(model, excluded.model), ifnull(excluded.model, model)),
		started_at = min(started_at, excluded.started_at),
		ended_at = nullif(max(ifnull(ended_at, -1), ifnull(excluded.ended_at, -1)), -1)`;

/** docs/telemetry.md has the formulas: 100 × (1 − clamp(0.5 errors + 0.3 tests + 0.2 violations)). */
const SCORE = `UPDATE sessions SET
	mcp_ratio = (
		SELECT CAST(mcp_calls AS REAL) / calls FROM session_totals
		WHERE session_id = $id AND calls > 0
	),
	health_score = (
		SELECT CAST(round(100 * (1 - min(1, max(0,
			0.5 * errors / calls
			+ 0.3 * ifnull((SELECT avg(passed = 0) FROM test_runs WHERE session_id = $id), 0)
			+ 0.2 * min(1, (SELECT count(*) FROM violations WHERE session_id = $id) * 20.0 / calls)
		)))) AS INTEGER)
		FROM session_totals WHERE session_id = $id AND calls >= 5
	)
	WHERE session_id = $id`;
