import type { Database } from "sql.js";
import { freeAll, prepareAll, type Statements } from "./statements.ts";

interface SessionFacts {
	cwd: string | null;
	source: string | null;
	model: string | null;
	startedAt: number;
	/** When it was last started or resumed, which takes an earlier end back. */
	lastStartAt: number | null;
}

/** Sessions: when, where and with which model; their scores follow from the rollups. */
export class SessionTable {
	readonly #database: Database;
	readonly #pending = new Map<string, SessionFacts>();
	readonly #touched = new Set<string>();
	readonly #ends: (readonly [id: string, ts: number])[] = [];
	readonly #statements: Statements<keyof typeof SQL>;

	constructor(database: Database) {
		this.#database = database;
		this.#statements = prepareAll(database, SQL);
	}

	/** @param ts ms since the epoch of an event of this session */
	note(id: string, ts: number, known: Partial<Omit<SessionFacts, "startedAt">> = {}): void {
		const facts = this.#pending.get(id);
		if (facts === undefined) {
			const empty = { cwd: null, source: null, model: null, lastStartAt: null };
			this.#pending.set(id, { ...empty, ...known, startedAt: ts });
			return;
		}
		facts.startedAt = Math.min(facts.startedAt, ts);
		// The folder nearest to the root is where the client was started; it may have moved down since.
		facts.cwd = least(facts.cwd, known.cwd ?? null);
		facts.source = least(facts.source, known.source ?? null);
		facts.model = least(facts.model, known.model ?? null);
		const lastStartAt = known.lastStartAt ?? null;
		if (lastStartAt !== null) {
			facts.lastStartAt = Math.max(facts.lastStartAt ?? lastStartAt, lastStartAt);
		}
	}

	/** @param ts ms since the epoch at which the session ended; one that is resumed ends again */
	end(id: string, ts: number): void {
		this.note(id, ts);
		this.#ends.push([id, ts]);
	}

	/** Something of it is written that has no time of its own. */
	touch(id: string): void {
		this.#touched.add(id);
	}

	/** Writes the ends that are pending; returns the sessions with one that was not known. */
	flushEnds(): string[] {
		const ended = new Set<string>();
		for (const [id, ts] of this.#ends) {
			this.#statements.end.run([id, ts]);
			if (this.#database.getRowsModified() > 0) ended.add(id);
		}
		this.#ends.length = 0;
		return [...ended];
	}

	/** Writes what is pending; returns the sessions among them that have ever ended, and when last. */
	flush(): Map<string, number> {
		const { write, endedAt, lastEnd } = this.#statements;
		for (const [id, facts] of this.#pending) {
			const { cwd, source, model, startedAt, lastStartAt } = facts;
			write.run([id, cwd, source, model, startedAt, lastStartAt]);
			endedAt.run([id]);
			this.#touched.add(id);
		}
		const ended = new Map<string, number>();
		for (const id of this.#touched) {
			lastEnd.bind([id]);
			lastEnd.step();
			const [ts] = lastEnd.get();
			if (typeof ts === "number") ended.set(id, ts);
			lastEnd.reset();
		}
		this.#touched.clear();
		return ended;
	}

	/** Brings the scores of these sessions and of what was flushed up to date, and forgets it. */
	score(changed: readonly string[]): void {
		const ids = new Set([...changed, ...this.#pending.keys()]);
		for (const id of ids) this.#statements.score.run({ $id: id });
		this.#pending.clear();
	}

	discard(): void {
		this.#touched.clear();
		this.#ends.length = 0;
		this.#pending.clear();
	}

	dispose(): void {
		freeAll(this.#statements);
	}
}

function least(a: string | null, b: string | null): string | null {
	if (a === null || b === null) return a ?? b;
	return a <= b ? a : b;
}

const WRITE = `INSERT INTO sessions (session_id, cwd, source, model, started_at, last_start_at)
	VALUES (?, ?, ?, ?, ?, ?)
	ON CONFLICT (session_id) DO UPDATE SET
		cwd = min(ifnull(cwd, excluded.cwd), ifnull(excluded.cwd, cwd)),
		source = min(ifnull(source, excluded.source), ifnull(excluded.source, source)),
		model = min(ifnull(model, excluded.model), ifnull(excluded.model, model)),
		started_at = min(started_at, excluded.started_at),
		last_start_at =
			nullif(max(ifnull(last_start_at, -1), ifnull(excluded.last_start_at, -1)), -1)`;

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

const SQL = {
	write: WRITE,
	end: "INSERT OR IGNORE INTO session_ends (session_id, ts) VALUES (?, ?)",
	/** One that was resumed since has not ended. */
	endedAt: `UPDATE sessions SET ended_at = (
			SELECT max(ts) FROM session_ends AS e
			WHERE e.session_id = sessions.session_id AND ts >= ifnull(last_start_at, 0)
		) WHERE session_id = ?`,
	lastEnd: "SELECT max(ts) FROM session_ends WHERE session_id = ?",
	score: SCORE,
} as const;
