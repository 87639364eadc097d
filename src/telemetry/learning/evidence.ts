import type { Evidence, EvidenceCall } from "../../sequences/learned.ts";
import { MAX_EVIDENCE, type ProposalDraft, windowStart } from "../../sequences/proposals/drafts.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { FAILED } from "../tables/callRow.ts";

type CallRow = Omit<EvidenceCall, "success"> & { readonly success: number | null };

/** Of a table with a key of its own beside the columns of {@link EvidenceCall}. */
const CALL = `c.tool_use_id AS toolUseId, c.session_id AS sessionId, c.agent_id AS agentId,
	c.function_id AS functionId, c.ts, c.success`;

/** The calls and tests that stand behind proposals; read at once for all of them. */
export class EvidenceRows {
	readonly #store: TelemetryStore;
	readonly #window: string;
	#failedCalls: Map<string, EvidenceCall[]> | null = null;

	/** @param now ms since the epoch */
	constructor(store: TelemetryStore, now: number) {
		this.#store = store;
		this.#window = `s.ts BETWEEN ${windowStart(now)} AND ${now}`;
	}

	/** Of every kind but new_pipeline, whose calls the search for sequences knows. */
	of({ kind, target, figures }: ProposalDraft): Evidence {
		if (kind === "extract_function") {
			return { figures, functionIds: [], calls: this.#scriptCalls(target), failedTests: [] };
		}
		if (kind === "fix_function") {
			this.#failedCalls ??= this.#readFailedCalls();
			const calls = this.#failedCalls.get(target) ?? [];
			return { figures, functionIds: [target], calls, failedTests: this.#failedTests(target) };
		}
		const which = kind === "re_extract_skill" ? `s.success = 0 AND ${this.#window}` : "true";
		const calls = this.#skillCalls(target, which);
		return { figures, functionIds: [`skill:${target}`], calls, failedTests: [] };
	}

	/** Calls by their rows, in that order. */
	callsOf(rows: readonly number[]): EvidenceCall[] {
		const calls = this.#store.all<CallRow & { readonly row: number }>(
			`SELECT c.rowid AS row, ${CALL} FROM calls AS c
				WHERE c.rowid IN (SELECT value FROM json_each(?))`,
			[JSON.stringify(rows)],
		);
		const byRow = new Map(calls.map(({ row, ...call }) => [row, withOutcome(call)]));
		return rows.flatMap((row) => byRow.get(row) ?? []);
	}

	#scriptCalls(patternHash: string): EvidenceCall[] {
		const half = (isEarly: 0 | 1): string => `
			SELECT u.* FROM script_clusters AS k JOIN script_uses AS u USING (cluster_id)
				WHERE k.pattern_hash = ?1 AND u.is_early = ${isEarly}`;
		return this.#calls(
			`SELECT DISTINCT c.tool_use_id AS toolUseId, c.session_id AS sessionId,
				c.agent_id AS agentId, c.function_id AS functionId, c.ts, k.success
				FROM (${half(1)} UNION ALL ${half(0)}) AS c LEFT JOIN calls AS k USING (tool_use_id)
				ORDER BY c.ts DESC, c.tool_use_id LIMIT ${MAX_EVIDENCE}`,
			patternHash,
		);
	}

	#skillCalls(skill: string, which: string): EvidenceCall[] {
		return this.#calls(
			`SELECT s.tool_use_id AS toolUseId, s.session_id AS sessionId, s.agent_id AS agentId,
				'skill:' || s.skill AS functionId, s.ts, s.success FROM skill_invocations AS s
				WHERE s.skill = ? AND ${which} ORDER BY s.ts DESC, s.tool_use_id LIMIT ${MAX_EVIDENCE}`,
			skill,
		);
	}

	/** The latest of every function that often fails: one look at the calls instead of many. */
	#readFailedCalls(): Map<string, EvidenceCall[]> {
		const rows = this.#store.all<CallRow>(
			`SELECT * FROM (
				SELECT ${CALL}, row_number() OVER (
					PARTITION BY c.function_id ORDER BY c.ts DESC, c.tool_use_id
				) AS place FROM calls AS c WHERE ${FAILED}
			) WHERE place <= ${MAX_EVIDENCE} ORDER BY functionId, place`,
		);
		const found = new Map<string, EvidenceCall[]>();
		for (const row of rows) {
			const calls = found.get(row.functionId) ?? [];
			found.set(row.functionId, calls);
			calls.push(withOutcome(row));
		}
		return found;
	}

	#failedTests(functionId: string): Evidence["failedTests"] {
		return this.#store.all(
			`SELECT test_id AS testId, session_id AS sessionId, tool_use_id AS toolUseId, ts
				FROM test_runs WHERE function_id = ? AND passed = 0
				ORDER BY ts DESC, tool_use_id, test_id LIMIT ${MAX_EVIDENCE}`,
			[functionId],
		);
	}

	#calls(sql: string, value: string): EvidenceCall[] {
		return this.#store.all<CallRow>(sql, [value]).map(withOutcome);
	}
}

/** A row with nothing but what evidence has. */
function withOutcome(row: CallRow): EvidenceCall {
	const { toolUseId, sessionId, agentId, functionId, ts, success } = row;
	const outcome = success === null ? null : Boolean(success);
	return { toolUseId, sessionId, agentId, functionId, ts, success: outcome };
}
