import type { CallFacts, Severity, TestFact } from "../../facts/callFacts.ts";
import { HEREDOC_REINVENTION } from "../../facts/rules/builtInRules.ts";
import type { FunctionSums } from "../rollups/functionSums.ts";
import { type FactCall, PatternTable } from "./patternTable.ts";
import type { Statements } from "./statements.ts";

/**
 * Tests, violations and patterns. A row is written once for a call however often its facts come;
 * the sums over them change in the same transaction.
 */
export class FactTables {
	readonly #statements: Statements;
	readonly #sums: FunctionSums;
	readonly #patterns: PatternTable;
	/** Whose scores have to be computed again. */
	readonly #sessions = new Set<string>();

	constructor(statements: Statements, sums: FunctionSums) {
		this.#statements = statements;
		this.#sums = sums;
		this.#patterns = new PatternTable(statements);
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

	/** Forgets the batch; returns the sessions whose scores changed. */
	flush(): string[] {
		const sessions = [...this.#sessions];
		this.discard();
		return sessions;
	}

	discard(): void {
		this.#sessions.clear();
	}

	#tested({ id, ts, session, agent }: FactCall, test: TestFact): void {
		const { functionId, testId, passed, durationMs, snippet } = test;
		const failed = passed ? 0 : 1;
		const head = [ts, session, agent, functionId, testId, 1 - failed];
		if (this.#statements.run(TEST, [...head, durationMs, snippet, id]) === 0) {
			this.#move("test_runs", "test_id", session, [id, testId]);
			return;
		}
		const lastFailed = passed ? {} : { last_test_failed_at: ts };
		this.#sums.add(functionId, { tests: 1, tests_failed: failed, ...lastFailed });
		this.#sessions.add(session);
	}

	#violated({ id, ts, session, agent, functionId }: FactCall, rule: string, level: Severity): void {
		if (this.#statements.run(VIOLATION, [ts, session, agent, id, rule, functionId, level]) === 0) {
			this.#move("violations", "rule_id", session, [id, rule]);
			return;
		}
		this.#sums.add(functionId, { violations: 1 });
		this.#sessions.add(session);
	}

	/**
	 * A session that goes on from another may hold its calls once more. They belong to one of the two,
	 * and to the one that the call itself is counted in.
	 */
	#move(table: string, column: string, session: string, key: string[]): void {
		const where = `WHERE tool_use_id = ? AND ${column} = ?`;
		const [before] = this.#statements.first(`SELECT session_id FROM ${table} ${where}`, key);
		if (typeof before !== "string" || before >= session) return;
		this.#statements.run(`UPDATE ${table} SET session_id = ? ${where}`, [session, ...key]);
		for (const each of [before, session]) this.#sessions.add(each);
	}
}

const TEST = `INSERT OR IGNORE INTO test_runs (ts, session_id, agent_id, function_id, test_id, passed,
	duration_ms, output_snippet, tool_use_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const VIOLATION = `INSERT OR IGNORE INTO violations
	(ts, session_id, agent_id, tool_use_id, rule_id, function_id, severity)
	VALUES (?, ?, ?, ?, ?, ?, ?)`;
