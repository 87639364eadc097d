import type { Database, Statement } from "sql.js";

interface Change {
	tests: number;
	failed: number;
	lastFailedAt: number | null;
	violations: number;
}

/** The sums over tests and violations, gathered for a batch and added to what stands there. */
export class FactRollups {
	readonly #functions = new Map<string, Change>();
	readonly #sessions = new Set<string>();
	readonly #add: Statement;

	constructor(database: Database) {
		this.#add = database.prepare(ADD);
	}

	/** @param ts ms since the epoch */
	tested(functionId: string, session: string, passed: boolean, ts: number): void {
		const change = this.#change(functionId);
		change.tests++;
		if (!passed) {
			change.failed++;
			change.lastFailedAt = Math.max(change.lastFailedAt ?? ts, ts);
		}
		this.sessionChanged(session);
	}

	violated(functionId: string, session: string): void {
		this.#change(functionId).violations++;
		this.sessionChanged(session);
	}

	/** Its score has to be computed again. */
	sessionChanged(session: string): void {
		this.#sessions.add(session);
	}

	/** Writes the sums, in the transaction of their rows; returns what changed. */
	flush(): { functions: string[]; sessions: string[] } {
		for (const [id, { tests, failed, lastFailedAt, violations }] of this.#functions) {
			this.#add.run([id, tests, failed, lastFailedAt, violations]);
		}
		const changed = { functions: [...this.#functions.keys()], sessions: [...this.#sessions] };
		this.discard();
		return changed;
	}

	discard(): void {
		this.#functions.clear();
		this.#sessions.clear();
	}

	dispose(): void {
		this.#add.free();
	}

	#change(functionId: string): Change {
		let change = this.#functions.get(functionId);
		if (change === undefined) {
			change = { tests: 0, failed: 0, lastFailedAt: null, violations: 0 };
			this.#functions.set(functionId, change);
		}
		return change;
	}
}

const ADD = `INSERT INTO function_totals
		(function_id, tests, tests_failed, last_test_failed_at, violations) VALUES (?, ?, ?, ?, ?)
	ON CONFLICT (function_id) DO UPDATE SET tests = tests + excluded.tests,
		tests_failed = tests_failed + excluded.tests_failed,
		last_test_failed_at = nullif(max(ifnull(last_test_failed_at, -1),
			ifnull(excluded.last_test_failed_at, -1)), -1),
		violations = violations + excluded.violations`;
