import type { Database } from "sql.js";
import type { CallFacts, Severity, TestFact } from "../../facts/callFacts.ts";
import { HEREDOC_REINVENTION } from "../../facts/rules/builtInRules.ts";
import { FactRollups } from "../rollups/factRollups.ts";
import { type FactCall, PatternTable } from "./patternTable.ts";
import { freeAll, prepareAll, type Statements } from "./statements.ts";

/**
 * Tests, violations and patterns. A row is written once for a call however often its facts come;
 * the sums over them change in the same transaction.
 */
export class FactTables {
	readonly #database: Database;
	readonly #rollups: FactRollups;
	readonly #patterns: PatternTable;
	readonly #statements: Statements<keyof typeof SQL>;

	constructor(database: Database) {
		this.#database = database;
		this.#rollups = new FactRollups(database);
		this.#patterns = new PatternTable(database);
		this.#statements = prepareAll(database, SQL);
	}

	/** Writes what was derived from one record of a call; the caller holds the transaction. */
	write(source: FactCall, { tests, violations, scripts }: CallFacts): void {
		for (const test of tests) this.#tested(source, test);
		for (const { ruleId, severity } of violations) this.#violated(source, ruleId, severity);
		for (const [ordinal, script] of scripts.entries()) {
			for (const again of this.#patterns.use(source, ordinal, script)) {
				this.#violated(again, HEREDOC_REINVENTION, "warning");
			}
		}
	}

	/**
	 * Writes the sums over what was written.
	 *
	 * @returns the functions whose figures, and the sessions whose scores changed
	 */
	flush(): { functions: string[]; sessions: string[] } {
		return this.#rollups.flush();
	}

	discard(): void {
		this.#rollups.discard();
	}

	dispose(): void {
		this.#rollups.dispose();
		this.#patterns.dispose();
		freeAll(this.#statements);
	}

	#tested({ id, ts, session, agent }: FactCall, test: TestFact): void {
		const { functionId, testId, passed, durationMs, snippet } = test;
		this.#statements.test.run([
			ts,
			session,
			agent,
			functionId,
			testId,
			passed ? 1 : 0,
			durationMs,
			snippet,
			id,
		]);
		if (this.#database.getRowsModified() > 0) {
			this.#rollups.tested(functionId, session, passed, ts);
		} else this.#move("test", session, [id, testId]);
	}

	#violated({ id, ts, session, agent, functionId }: FactCall, rule: string, level: Severity): void {
		this.#statements.violation.run([ts, session, agent, id, rule, functionId, level]);
		if (this.#database.getRowsModified() > 0) this.#rollups.violated(functionId, session);
		else this.#move("violation", session, [id, rule]);
	}

	/**
	 * A session that goes on from another may hold its calls once more. They belong to one of the two,
	 * and to the one that the call itself is counted in.
	 */
	#move(of: "test" | "violation", session: string, key: string[]): void {
		const find = this.#statements[of === "test" ? "testSession" : "violationSession"];
		find.bind(key);
		const before = find.step() ? String(find.get()[0]) : session;
		find.reset();
		if (before >= session) return;
		this.#statements[of === "test" ? "moveTest" : "moveViolation"].run([session, ...key]);
		for (const each of [before, session]) this.#rollups.sessionChanged(each);
	}
}

const SQL = {
	test: `INSERT OR IGNORE INTO test_runs (ts, session_id, agent_id, function_id, test_id, passed,
		duration_ms, output_snippet, tool_use_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
	testSession: "SELECT session_id FROM test_runs WHERE tool_use_id = ? AND test_id = ?",
	moveTest: "UPDATE test_runs SET session_id = ? WHERE tool_use_id = ? AND test_id = ?",
	violation: `INSERT OR IGNORE INTO violations
		(ts, session_id, agent_id, tool_use_id, rule_id, function_id, severity)
		VALUES (?, ?, ?, ?, ?, ?, ?)`,
	violationSession: "SELECT session_id FROM violations WHERE tool_use_id = ? AND rule_id = ?",
	moveViolation: "UPDATE violations SET session_id = ? WHERE tool_use_id = ? AND rule_id = ?",
} as const;
