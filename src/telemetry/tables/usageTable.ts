import { SumTable } from "../rollups/sumTable.ts";
import { betterReport, MESSAGES, type MessageRow } from "./messageRow.ts";
import type { Statements } from "./statements.ts";

const DAY_MS = 86_400_000;
const NANO = 1e9;

/** Messages, each counted once over all files and sessions, and the sums over their days. */
export class UsageTable {
	readonly #statements: Statements;
	readonly #pending = new Map<string, MessageRow>();
	readonly #days: SumTable;

	constructor(statements: Statements) {
		this.#statements = statements;
		this.#days = new SumTable(statements, "usage_days", KEY, SUMS);
	}

	note(row: MessageRow): void {
		const pending = this.#pending.get(row.id);
		this.#pending.set(row.id, pending === undefined ? row : betterReport(pending, row));
	}

	/**
	 * Writes what is pending, and adds it to the days and to the agents.
	 *
	 * @param writtenAgents agents whose rows have just been written without their sums
	 */
	flush(writtenAgents: readonly string[]): void {
		const agents = new Set(writtenAgents);
		const count = (row: MessageRow, sign: 1 | -1): void => {
			const day = Math.floor(row.ts / DAY_MS);
			this.#days.add([day, row.session, row.agent ?? "", row.model], sumsOf(row), sign);
			if (row.agent !== null) agents.add(row.agent);
		};
		for (const row of this.#pending.values()) {
			if (MESSAGES.add(this.#statements, row)) {
				count(row, 1);
				continue;
			}
			const before = MESSAGES.find(this.#statements, row.id);
			if (before === null || betterReport(before, row) === before) continue;
			MESSAGES.put(this.#statements, row);
			count(before, -1);
			count(row, 1);
		}
		this.#pending.clear();
		this.#days.flush();
		for (const agent of agents) this.#statements.run(SUM_UP, [agent]);
	}

	discard(): void {
		this.#pending.clear();
		this.#days.discard();
	}
}

/** In the order of {@link SUMS}. */
function sumsOf(row: MessageRow): number[] {
	return [
		1,
		row.tokensIn,
		row.tokensOut,
		row.cacheRead,
		row.cacheWrite5m,
		row.cacheWrite1h,
		row.costUsd === null ? 1 : 0,
		Math.round((row.costUsd ?? 0) * NANO),
	];
}

const KEY = ["day", "session_id", "agent_id", "model"];
const SUMS = [
	"messages",
	"tokens_in",
	"tokens_out",
	"cache_read",
	"cache_write_5m",
	"cache_write_1h",
	"messages_without_price",
	"cost_nano_usd",
];
/** Costs that are known are summed up; where none is, what the client said stands. */
const SUM_UP = `UPDATE agents SET (tokens_in, tokens_out, cache_read, cache_write, cost_usd) = (
		SELECT sum(tokens_in), sum(tokens_out), sum(cache_read), sum(cache_write_5m + cache_write_1h),
			ifnull(CASE WHEN sum(messages) > sum(messages_without_price)
				THEN sum(cost_nano_usd) / 1e9 END, reported_cost_usd)
		FROM usage_days WHERE usage_days.agent_id = ?1
	) WHERE agent_id = ?1`;
